import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { writeAction } from '#domain/action.ts';
import type { Block, Button } from '#domain/reply.ts';
import { limits } from '../limits.ts';
import { plainText } from './plain-text.ts';

export type ButtonRow = APIActionRowComponent<APIButtonComponentWithCustomId>;

/**
 * All buttons of a reply, which Discord shows below its embeds: a row or more for each block of them, and where that
 * makes too many rows, side by side. Undefined when there is no room even so. Labels that stand more than once say to
 * which of the reply's headings they belong.
 */
export function drawButtons(blocks: readonly Block[]): readonly ButtonRow[] | undefined {
  const groups = distinct(groupsOf(blocks));
  return [groups.flatMap(cutIntoRows), cutIntoRows(groups.flat())]
    .find((rows) => rows.length <= limits.rows)
    ?.map((components) => ({ type: ComponentType.ActionRow, components: components.map(drawButton) }));
}

function groupsOf(blocks: readonly Block[]): readonly (readonly Button[])[] {
  const labels = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const isRepeated = (label: string) => labels.filter((button) => button.label === label).length > 1;
  let headings = 0;
  let number = '';
  return blocks.map((block) => {
    if (block.kind === 'heading') number = /^\d+(?=\.)/.exec(block.text)?.[0] ?? String(++headings);
    if (block.kind !== 'buttons') return [];
    return block.buttons.map((button) =>
      isRepeated(button.label) ? { ...button, label: withNumber(button.label, number) } : button,
    );
  });
}

/** Cut first, so that the number is still seen. */
const withNumber = (label: string, number: string): string =>
  number === '' ? label : `${plainText(label, limits.buttonLabel - number.length - 1)} ${number}`;

/** A name may stand once in a message, and the same action twice is no choice. */
function distinct(groups: readonly (readonly Button[])[]): readonly (readonly Button[])[] {
  const seen = new Set<string>();
  return groups.map((buttons) =>
    buttons.filter(({ action }) => {
      const name = writeAction(action);
      return !seen.has(name) && seen.add(name);
    }),
  );
}

const cutIntoRows = (buttons: readonly Button[]): readonly (readonly Button[])[] =>
  Array.from({ length: Math.ceil(buttons.length / limits.rowButtons) }, (_, row) =>
    buttons.slice(row * limits.rowButtons, (row + 1) * limits.rowButtons),
  );

const styles = {
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
  plain: ButtonStyle.Secondary,
} as const;

const drawButton = ({ action, label, style }: Button): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  custom_id: writeAction(action),
  label: plainText(label, limits.buttonLabel),
  style: styles[style],
});

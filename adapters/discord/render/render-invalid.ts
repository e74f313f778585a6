import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIEmbed,
  type APIMessage,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { type Action, readAction, writeAction } from '#domain/action.ts';
import type { FormValues, Line, Reply } from '#domain/reply.ts';
import { clipText } from '#domain/shortening/clip-text.ts';
import { limits } from '../limits.ts';
import { readEntered, writeEntered } from './entered-values.ts';
import { embedSize } from './pack-embeds.ts';
import { type RenderedReply, renderReply } from './render-reply.ts';

const again = 'again:';

/**
 * What is wrong with a submitted form, with a button to correct it; for one person alone. It carries what was entered, so
 * that nothing is typed twice, even after a restart; what is too long for a message is named.
 */
export function renderInvalid(
  action: Action,
  errors: Readonly<Record<string, string>>,
  entered: FormValues,
): RenderedReply {
  const { embeds, left } = writeEntered(entered);
  const [long, short] = [150, 15].map((max) => renderReply(problemsReply(errors, left, max)));
  const fitting = [long, short].map((told) => [...(told?.embeds ?? []), ...embeds]).find(fits);
  return {
    content: long?.content ?? '',
    embeds: fitting ?? [...embeds],
    components: [correctButton(action)],
    allowed_mentions: { parse: [] },
  };
}

/** The action and the values of a message that `renderInvalid` drew, from the press on its button; undefined for another button. */
export function readCorrection(
  customId: string,
  { embeds }: Pick<APIMessage, 'embeds'>,
): { readonly action: Action; readonly entered: FormValues } | undefined {
  if (!customId.startsWith(again)) return undefined;
  const action = readAction(customId.slice(again.length));
  return action && { action, entered: readEntered(embeds) };
}

const fits = (embeds: readonly APIEmbed[]): boolean => embedSize(embeds) <= limits.embedTotal;

/** Kept small enough to stand beside the fullest embed of what was entered. */
function problemsReply(
  errors: Readonly<Record<string, string>>,
  left: readonly string[],
  max: number,
): Reply {
  const items = Object.entries(errors).map(
    ([name, problem]): Line => [{ kind: 'bold', text: clipText(name, 40) }, `: ${clipText(problem, max)}`],
  );
  const lost = `Too long to be kept here, so it has to be given again: ${left.join(', ')}.`;
  return {
    summary: 'Not taken yet.',
    tone: 'bad',
    blocks: [
      { kind: 'heading', text: 'Not taken yet' },
      { kind: 'list', items: items.length > mostProblems ? [...items.slice(0, mostProblems), ['…']] : items },
      ...(left.length === 0 ? [] : [{ kind: 'note', line: [clipText(lost, 2 * max)] } as const]),
    ],
  };
}

const mostProblems = 5;

const correctButton = (action: Action): APIActionRowComponent<APIButtonComponent> => ({
  type: ComponentType.ActionRow,
  components: [
    {
      type: ComponentType.Button,
      style: ButtonStyle.Primary,
      custom_id: `${again}${writeAction(action)}`,
      label: 'Correct',
    },
  ],
});

import type { Button, KnownBlock } from '@slack/types';

/** What a person reads and presses in Slack's blocks. */

/** Every text of a block, in order. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    name === 'text' && typeof part === 'string' ? [part] : textsIn(part),
  );
}

export function buttonsIn(blocks: readonly KnownBlock[]): readonly Button[] {
  return blocks.flatMap((block) => (block.type === 'actions' ? (block.elements as Button[]) : []));
}

/** The preformatted texts, whole. */
export function commandsIn(blocks: readonly KnownBlock[]): readonly string[] {
  return blocks.flatMap((block) =>
    block.type === 'rich_text' && block.elements[0]?.type === 'rich_text_preformatted'
      ? [textsIn(block).join('')]
      : [],
  );
}

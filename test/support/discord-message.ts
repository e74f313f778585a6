import type { APIButtonComponentWithCustomId } from 'discord.js';
import type { RenderedReply } from '#adapters/discord/render/render-reply.ts';
import { readAction } from '#domain/action.ts';
import { readMarkdown } from './discord-markdown.ts';

/** What a person reads and presses in a message of Discord. */

type Shown = Pick<RenderedReply, 'content' | 'embeds' | 'components'>;

/** Every Markdown text of the embeds of a message: titles and descriptions, in order. */
export function markdownIn({ embeds }: Pick<Shown, 'embeds'>): readonly string[] {
  return embeds
    .flatMap(({ title, description }) => [title, description])
    .filter((text) => text !== undefined);
}

/** All of it: the content stands above. */
export const allMarkdownIn = (message: Pick<Shown, 'content' | 'embeds'>): readonly string[] => [
  message.content,
  ...markdownIn(message),
];

/** What the embeds say, without its looks. */
export function wordsIn(message: Pick<Shown, 'embeds'>): string {
  const badges = message.embeds.flatMap(({ author }) => author?.name ?? []);
  return [...badges, ...markdownIn(message).map((text) => readMarkdown(text).shown)].join('\n');
}

export function buttonsIn({
  components,
}: Pick<Shown, 'components'>): readonly APIButtonComponentWithCustomId[] {
  return components.flatMap((row) => row.components as readonly APIButtonComponentWithCustomId[]);
}

export const verbsIn = (message: Pick<Shown, 'components'>) =>
  buttonsIn(message).map(({ custom_id }) => readAction(custom_id)?.verb);

/** The texts of code blocks, whole, as a reader sees them. */
export function fencesIn(message: Pick<Shown, 'embeds'>): readonly string[] {
  return markdownIn(message).flatMap((text) => readMarkdown(text).fences);
}

import type { APIEmbed } from 'discord.js';
import { limits } from '../limits.ts';
import type { Piece } from './draw-block.ts';

/**
 * Pieces as embeds: each title and each divider begins one. Where that would be more than a message takes, titles and
 * dividers are lines of text. Undefined when there is no room even so; the size of all together is the caller's to judge.
 */
export function packEmbeds(pieces: readonly Piece[]): readonly APIEmbed[] | undefined {
  return [pieces, pieces.map(asText)].map(pack).find(fits);
}

/** Characters that Discord counts in all embeds of a message together. */
export function embedSize(embeds: readonly APIEmbed[]): number {
  const texts = embeds.flatMap(({ title, description, author, footer, fields = [] }) => [
    title,
    description,
    author?.name,
    footer?.text,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ]);
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

const fits = (embeds: readonly APIEmbed[]): boolean =>
  embeds.length <= limits.embeds &&
  embeds.every(({ description = '' }) => description.length <= limits.embedDescription);

function asText(piece: Piece): Piece {
  if (piece.kind === 'text') return piece;
  return { kind: 'text', text: piece.kind === 'title' ? `### ${piece.text}` : '───' };
}

function pack(pieces: readonly Piece[]): readonly APIEmbed[] {
  const embeds: APIEmbed[] = [{}];
  for (const piece of pieces) {
    if (piece.kind === 'divider') embeds.push({});
    else if (piece.kind === 'title') addTitle(embeds, piece.text);
    else addText(embeds, piece.text);
  }
  return embeds.filter(({ title, description }) => (title ?? description) !== undefined);
}

/** A title that Discord has no room for is the first line of its embed. */
function addTitle(embeds: APIEmbed[], text: string): void {
  if (text.length <= limits.embedTitle) embeds.push({ title: text });
  else embeds.push({ description: `**${text}**` });
}

function addText(embeds: APIEmbed[], text: string): void {
  const last = embeds.at(-1);
  const whole = last?.description === undefined ? text : `${last.description}\n${text}`;
  if (last !== undefined && whole.length <= limits.embedDescription) last.description = whole;
  else embeds.push({ description: text });
}

import type { APIEmbed } from 'discord.js';
import type { FormValues } from '#domain/reply.ts';
import { showHiddenCharacters } from '#domain/text/hidden-characters.ts';
import { limits } from '../limits.ts';

const title = 'What you entered';
const fence = '```';

/**
 * What a person entered into a form, as an embed that they can read and `readEntered` can, to the last character.
 * `left` names the values for which there is no room in it, the longest first.
 */
export function writeEntered(entered: FormValues): {
  readonly embeds: readonly APIEmbed[];
  readonly left: readonly string[];
} {
  let room = limits.embedDescription - 2 * (fence.length + 1);
  const lines = Object.entries(entered).map(([name, value]) => ({ name, line: writeValue(name, value) }));
  const left = new Set<string>();
  for (const { name, line } of lines.toSorted((one, other) => one.line.length - other.line.length)) {
    if (line.length >= room) left.add(name);
    else room -= line.length + 1;
  }
  const kept = lines.filter(({ name }) => !left.has(name)).map(({ line }) => line);
  const description = [fence, ...kept, fence].join('\n');
  return { embeds: kept.length === 0 ? [] : [{ title, description }], left: [...left].reverse() };
}

/** The values in embeds that `writeEntered` made; others hold none. */
export function readEntered(embeds: readonly Pick<APIEmbed, 'title' | 'description'>[]): FormValues {
  const entries = embeds
    .filter((embed) => embed.title === title)
    .flatMap(({ description = '' }) => description.split('\n').slice(1, -1).map(readValue))
    .filter((entry) => entry !== undefined);
  return Object.fromEntries(entries);
}

/** As JSON, in which line breaks, backticks and characters that would not show are written out. */
const writeValue = (name: string, value: string): string =>
  [...JSON.stringify([name, value])]
    .map((character) => (character === '`' || isHidden(character) ? writeUnits(character) : character))
    .join('');

const isHidden = (character: string): boolean =>
  showHiddenCharacters(character, 'command').some(({ hidden }) => hidden);

const writeUnits = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

function readValue(line: string): readonly [string, string] | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isPair(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isPair = (value: unknown): value is readonly [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');

import { anchor } from '../anchors/anchor.ts';
import { allMatches } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { isPlausibleSecret } from './is-plausible-secret.ts';
import { strengthOfName } from './key-words.ts';

/** What a variable becomes that is not set, up to the brace. */
const fallback = anchor(/\$\{(?<name>\w{2,64}):?[-=]["']?(?<value>[^\s{}"'`$]{4,128})["']?\}/g);

/** `${POSTGRES_PASSWORD:-…}`: the variable tells nothing, what stands in for it does. */
export function findDefaultValues(text: string, scan: Scan): readonly Span[] {
  return allMatches(text, scan, fallback).flatMap(({ index, groups, 0: found }) => {
    const { name: key = '', value: word = '' } = groups ?? {};
    const strength = strengthOfName(key);
    if (strength === null) return [];
    const start = index + found.lastIndexOf(word);
    const value = { start, end: start + word.length, text: word, isQuoted: false };
    return isPlausibleSecret({ key, strength, separator: '=', value, text }) ? [value] : [];
  });
}

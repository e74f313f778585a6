import { lowerAscii } from '../anchors/lower-ascii.ts';

/** Whether a piece of a text, whatever the case of its letters, is a word of a list. */
export type WordList = (text: string, start: number, end: number) => boolean;

const places = 4096;

/**
 * A list of words that is looked up where a text stands: of a hundred thousand candidates few are in it, and for those that are not no
 * piece of the text is copied.
 */
export function createWordList(words: string): WordList {
  const all = new Set(words.split(/\s+/));
  const longest = Math.max(...Array.from(all, ({ length }) => length));
  const mayBe = new Uint8Array(places);
  for (const word of all) mayBe[placeOf(word, 0, word.length)] = 1;
  return (text, start, end) =>
    end > start &&
    end - start <= longest &&
    mayBe[placeOf(text, start, end)] === 1 &&
    all.has(text.slice(start, end).toLowerCase());
}

/** Words with a letter that is no ASCII have one place together, because only a copy can tell their case. */
function placeOf(text: string, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at += 1) {
    const code = lowerAscii[text.charCodeAt(at)] ?? 0;
    if (code === 0) return 0;
    hash = (Math.imul(hash, 31) + code) | 0;
  }
  return hash & (places - 1);
}

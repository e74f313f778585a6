import { leadingWords } from './leading-words.ts';
import { patternTree } from './pattern-tree.ts';

/** A pattern that is tried only where one of the words stands with which its matches begin. */
export interface Anchor {
  /** Its place in the list of all. */
  readonly id: number;
  /** Sticky, so that a try reads no more than the place. */
  readonly pattern: RegExp;
  /** The same to search with, for texts in which it may begin nearly everywhere. */
  readonly everywhere: RegExp;
  readonly words: readonly string[];
  /** Whether no match begins behind a letter, digit or underscore. */
  readonly isOwnWord: boolean;
}

const all: Anchor[] = [];

/** Every anchor that a rule has asked for. */
export const anchors: readonly Anchor[] = all;

/** Makes a pattern, which must begin with something that can be listed, one that is tried only there. Rules do so when they load. */
export function anchor(pattern: RegExp): Anchor {
  const { source } = pattern;
  const flags = pattern.flags.replace('g', '');
  const words = leadingWords(pattern);
  const made: Anchor = {
    id: all.length,
    pattern: new RegExp(source, `${flags}y`),
    everywhere: new RegExp(source, `${flags}g`),
    words,
    isOwnWord: beginsWord(source, words),
  };
  all.push(made);
  return made;
}

/** Whether a pattern says that no word leads into its matches; one of several branches says so for the first of them only. */
function beginsWord(source: string, words: readonly string[]): boolean {
  const isSaid =
    /^\(\?<!(?:\[\\w|\\w\))/.test(source) ||
    (source.startsWith('\\b') && words.every((word) => /^\w/.test(word)));
  return isSaid && patternTree(source).length === 1;
}

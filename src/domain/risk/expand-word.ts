import type { Variables } from './collect-variables.ts';
import type { Word, WordPart } from './command-tree.ts';

/**
 * The words that one written word becomes: variables that the text sets to fixed text are filled in, and an
 * unquoted one is split at blanks as the shell does. Everything else stays as it is.
 */
export function expandWord(word: Word, variables: Variables): readonly Word[] {
  const words: WordPart[][] = [[]];
  let isWritten = word.parts.length === 0;
  for (const part of word.parts) {
    const value = part.kind === 'variable' ? variables.get(part.name) : undefined;
    if (part.kind !== 'variable' || value === undefined || value === null) {
      isWritten = true;
      words.at(-1)?.push(part);
    } else if (part.quoted) {
      isWritten = true;
      words.at(-1)?.push({ kind: 'literal', text: value, quoted: true });
    } else addSplit(words, value);
  }
  return words
    .filter((parts, index) => parts.length > 0 || (isWritten && index === 0))
    .map((parts) => ({ source: word.source, parts }));
}

function addSplit(words: WordPart[][], value: string): void {
  const pieces = value.split(/[ \t\n]+/);
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) words.push([]);
    if (piece !== '') words.at(-1)?.push(...piecesOf(piece));
  }
}

/** Wildcards in a value are wildcards again once it is expanded without quotes. */
function piecesOf(text: string): readonly WordPart[] {
  return text
    .split(/([*?[\]]+)/)
    .filter((piece) => piece !== '')
    .map(
      (piece): WordPart =>
        /^[*?[\]]/.test(piece)
          ? { kind: 'pattern', text: piece }
          : { kind: 'literal', text: piece, quoted: false },
    );
}

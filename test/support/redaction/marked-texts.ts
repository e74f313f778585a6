import { readFileSync } from 'node:fs';
import { createRandom } from '../random.ts';
import { makeSecret } from './make-secret.ts';

/** A text with the secrets in it. */
export interface MarkedText {
  /** As it lies in the file, for messages. */
  readonly source: string;
  readonly text: string;
  readonly secrets: readonly string[];
  /** The text with every secret masked, neighbours joined. */
  readonly masked: string;
}

const rounds = [
  ...[
    'second',
    'third',
    'fourth',
    'fifth',
    'sixth',
    'seventh',
    'eighth',
    'ninth',
    'tenth',
    'eleventh',
    'twelfth',
    'thirteenth',
    'fourteenth',
    'fifteenth',
    'sixteenth',
  ],
];

/** Texts with secrets in them, and those that only look so, by the names of their files. */
export const secretSets: readonly string[] = [
  'secrets-commands',
  'secrets-texts',
  'secrets-tokens',
  ...rounds.map((round) => `secrets-${round}`),
];
export const harmlessSets: readonly string[] = [
  'look-alikes',
  ...rounds.map((round) => `look-alikes-${round}`),
];

/**
 * Reads a file of texts: a line is a text, lines that begin with `|` are one text together, `#` begins a comment.
 * `«kind»` becomes a secret of that kind, the same at every reading.
 */
export function readMarkedTexts(name: string): readonly MarkedText[] {
  const file = readFileSync(new URL(`../../fixtures/redaction/${name}.txt`, import.meta.url), 'utf8');
  return textsIn(file).map((source, index) => expand(source, index));
}

function textsIn(file: string): readonly string[] {
  const blocks = file.split(/\n(?!\|)|(?<=^|\n)(?=\|)(?<!\n\|[^\n]*\n)/);
  return blocks
    .filter((block) => block.trim() !== '' && !block.startsWith('#'))
    .map((block) => block.replace(/^\|/gm, ''));
}

function expand(source: string, seed: number): MarkedText {
  const random = createRandom(seed + 1);
  const secrets: string[] = [];
  const text = source.replace(/«([^»]*)»/g, (_mark, kind: string) => {
    secrets.push(makeSecret(kind, random));
    return secrets.at(-1) ?? '';
  });
  return { source, text, secrets, masked: source.replace(/«[^»]*»/g, '[redacted]') };
}

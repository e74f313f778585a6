import { type PatternBranch, type PatternPart, patternTree } from './pattern-tree.ts';

/** Beginnings longer than this are no rarer. */
const longest = 10;

/** A pattern with more beginnings is known by shorter ones. */
const most = 120;

/** Beginnings of matches: `open` are those behind which the match goes on with the next part, `ended` are cut short. */
interface Beginnings {
  readonly open: ReadonlySet<string>;
  readonly ended: ReadonlySet<string>;
}

/**
 * With which words of ASCII, in small letters, a match of a pattern begins: each match begins with one of them, whatever the case
 * of its letters. Throws where nothing can be said about the first character, because such a pattern has to be tried everywhere.
 */
export function leadingWords({ source }: RegExp): readonly string[] {
  const { open, ended } = alongAny(patternTree(source), new Set(['']));
  const words = new Set([...open, ...ended]);
  if (words.has('')) throw new Error(`The pattern begins with no character that can be listed: ${source}`);
  return [...words].filter((word) => !hasShorter(words, word));
}

function hasShorter(words: ReadonlySet<string>, word: string): boolean {
  for (let length = 1; length < word.length; length += 1) if (words.has(word.slice(0, length))) return true;
  return false;
}

function alongAny(branches: readonly PatternBranch[], before: ReadonlySet<string>): Beginnings {
  const open = new Set<string>();
  const ended = new Set<string>();
  for (const parts of branches) {
    const way = along(parts, before);
    for (const word of way.open) open.add(word);
    for (const word of way.ended) ended.add(word);
  }
  return { open, ended };
}

function along(parts: PatternBranch, before: ReadonlySet<string>): Beginnings {
  let open = before;
  const ended = new Set<string>();
  for (const part of parts) {
    const next = behind(part, open);
    for (const word of next.ended) ended.add(word);
    open = next.open;
    if (open.size === 0) break;
  }
  return { open, ended };
}

function behind(part: PatternPart, before: ReadonlySet<string>): Beginnings {
  if (part.kind === 'one') return withOne(part.characters, before);
  if (part.kind === 'choice') return alongAny(part.branches, before);
  return often(part.part, Math.max(part.least, 1), part.least === 0, part.most, before);
}

/** The first times that a part comes; where it may come more often the beginning is cut short. */
function often(
  part: PatternPart,
  times: number,
  isOptional: boolean,
  mostTimes: number,
  before: ReadonlySet<string>,
): Beginnings {
  let open = before;
  const ended = new Set<string>();
  for (let time = 0; time < times && open.size > 0; time += 1) {
    const next = behind(part, open);
    for (const word of next.ended) ended.add(word);
    open = next.open;
  }
  const kept = isOptional ? before : new Set<string>();
  if (mostTimes <= times) return { open: new Set([...kept, ...open]), ended };
  return { open: kept, ended: new Set([...ended, ...open]) };
}

function withOne(characters: string | null, before: ReadonlySet<string>): Beginnings {
  const ascii = characters?.toLowerCase() ?? '';
  const isListed = characters !== null && /^[\0-\x7f]+$/.test(ascii) && before.size * ascii.length <= most;
  if (!isListed) return { open: new Set(), ended: before };
  const open = new Set<string>();
  const ended = new Set<string>();
  for (const word of before) {
    if (word.length >= longest) ended.add(word);
    else for (const character of ascii) open.add(word + character);
  }
  return { open, ended };
}

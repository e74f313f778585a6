import type { Anchor } from './anchor.ts';

/**
 * The words of all anchors as one tree. Its nodes are numbers, of which 0 is none and 1 the root; each array is read by node. The
 * tree is small enough to stay near the processor while a text is read.
 */
export interface WordTree {
  /** The node to which two characters lead, by `first * 128 + second`. */
  readonly begin: Uint16Array;
  /** The character that leads to a node. */
  readonly code: Uint8Array;
  /** The first of the nodes behind a node, and the next one behind the same node. */
  readonly child: Uint16Array;
  readonly sibling: Uint16Array;
  /** The anchors whose words end at the nodes, node by node: first those that may stand inside of another word, then the others. */
  readonly ends: Uint16Array;
  /** Where in `ends` those of a node begin, and behind the last node where they end. */
  readonly firstEnd: Uint16Array;
  /** Where in `ends` those of a node begin that stand for themselves. */
  readonly firstOwn: Uint16Array;
}

interface Entry {
  readonly word: string;
  readonly id: number;
  readonly isOwnWord: boolean;
}

interface Growing {
  readonly code: number[];
  readonly child: number[];
  readonly sibling: number[];
  readonly entries: Entry[][];
}

export function buildWordTree(anchors: readonly Anchor[]): WordTree {
  const entries = anchors.flatMap(({ id, words, isOwnWord }) =>
    words.map((word): Entry => ({ word, id, isOwnWord })),
  );
  entries.sort((a, b) => (a.word < b.word ? -1 : Number(a.word > b.word)));
  const tree: Growing = { code: [0, 0], child: [0, 0], sibling: [0, 0], entries: [[], []] };
  let path = [1];
  let before = '';
  for (const entry of entries) {
    path = withWord(tree, path, commonLength(before, entry.word), entry.word);
    tree.entries[path.at(-1) ?? 0]?.push(entry);
    before = entry.word;
  }
  const begin = beginnings(tree);
  return {
    begin,
    code: Uint8Array.from(tree.code),
    child: Uint16Array.from(tree.child),
    sibling: Uint16Array.from(tree.sibling),
    ...endsOf(tree.entries),
  };
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** Adds the nodes of a word behind what it has in common with the last one in order; gives its way from the root. */
function withWord(
  { code, child, sibling, entries }: Growing,
  last: readonly number[],
  common: number,
  word: string,
): number[] {
  const path = last.slice(0, common + 1);
  for (let at = common; at < word.length; at += 1) {
    const node = code.length;
    const older = at === common ? last[common + 1] : undefined;
    if (older === undefined) child[path[at] ?? 0] = node;
    else sibling[older] = node;
    code.push(word.charCodeAt(at));
    child.push(0);
    sibling.push(0);
    entries.push([]);
    path.push(node);
  }
  return path;
}

/** Of a word of one character the second may be any; longer words take over what ends there. */
function beginnings(tree: Growing): Uint16Array {
  const { code, entries } = tree;
  const begin = new Uint16Array(128 * 128);
  for (const first of behind(tree, 1)) {
    const row = (code[first] ?? 0) * 128;
    const short = entries[first] ?? [];
    if (short.length > 0) begin.fill(first, row, row + 128);
    for (const second of behind(tree, first)) {
      begin[row + (code[second] ?? 0)] = second;
      entries[second]?.push(...short);
    }
  }
  return begin;
}

function* behind({ child, sibling }: Growing, node: number): Generator<number, void> {
  for (let next = child[node] ?? 0; next !== 0; next = sibling[next] ?? 0) yield next;
}

function endsOf(entries: readonly (readonly Entry[])[]): Pick<WordTree, 'ends' | 'firstEnd' | 'firstOwn'> {
  const ends: number[] = [];
  const firstEnd = new Uint16Array(entries.length + 1);
  const firstOwn = new Uint16Array(entries.length + 1);
  const add = ({ id }: Entry): void => void ends.push(id);
  for (const [node, here] of entries.entries()) {
    firstEnd[node] = ends.length;
    here.filter(({ isOwnWord }) => !isOwnWord).forEach(add);
    firstOwn[node] = ends.length;
    here.filter(({ isOwnWord }) => isOwnWord).forEach(add);
  }
  firstEnd[entries.length] = ends.length;
  return { ends: Uint16Array.from(ends), firstEnd, firstOwn };
}

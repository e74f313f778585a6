import { anchors } from './anchor.ts';
import { lowerAscii } from './lower-ascii.ts';
import { buildWordTree, type WordTree } from './word-tree.ts';

/** What one look over a text tells all rules. */
export interface Scan {
  /**
   * Where a match of an anchor may begin, in order; null where that is so often that searching is cheaper than trying each
   * place.
   */
  readonly placesOf: (anchor: number) => readonly number[] | null;
}

/** A search costs as much as a try at every so many characters; looked at whenever an anchor has so many more places. */
const dense = 14;
const enough = 256;

let built: { readonly tree: WordTree; readonly size: number } | undefined;

/** The tree of all anchors, which is built when the first text comes. */
function wordTree(): WordTree {
  if (built?.size !== anchors.length) built = { tree: buildWordTree(anchors), size: anchors.length };
  return built.tree;
}

/** The places of all anchors, and which of them have too many. */
interface Places {
  readonly lists: readonly number[][];
  readonly isDense: Uint8Array;
}

export function scanText(text: string): Scan {
  const isDense = new Uint8Array(anchors.length);
  const lists = Array.from(anchors, (): number[] => []);
  gather(text, wordTree(), { lists, isDense });
  return { placesOf: (id) => (isDense[id] === 1 ? null : (lists[id] ?? [])) };
}

function gather(text: string, tree: WordTree, places: Places): void {
  const { begin } = tree;
  const { length } = text;
  let before = 0;
  let first = 0;
  // One step past the end, for a word of one character there.
  for (let at = 0; at <= length; at += 1) {
    const code = at < length ? (lowerAscii[text.charCodeAt(at)] ?? 0) : 0;
    const node = begin[first * 128 + code] ?? 0;
    if (node !== 0) follow(text, at - 1, node, isWord[before] === 1, tree, places);
    before = first;
    first = code;
  }
}

/** Goes along the words that begin at an index, from the node of their first two characters. */
function follow(
  text: string,
  start: number,
  from: number,
  isInside: boolean,
  tree: WordTree,
  places: Places,
): void {
  const { firstEnd, firstOwn, ends } = tree;
  let at = start + 2;
  for (let node = from; node !== 0; at += 1) {
    const stop = isInside ? firstOwn[node] : firstEnd[node + 1];
    noteAll(places, ends, firstEnd[node] ?? 0, stop ?? 0, start);
    node = at < text.length ? nodeBehind(tree, node, lowerAscii[text.charCodeAt(at)] ?? 0) : 0;
  }
}

function nodeBehind({ code, child, sibling }: WordTree, node: number, character: number): number {
  let next = child[node] ?? 0;
  while (next !== 0 && code[next] !== character) next = sibling[next] ?? 0;
  return next;
}

function noteAll(
  { lists, isDense }: Places,
  ends: Uint16Array,
  from: number,
  stop: number,
  at: number,
): void {
  for (let i = from; i < stop; i += 1) {
    const id = ends[i] ?? 0;
    const list = lists[id];
    if (isDense[id] === 1 || list === undefined) continue;
    list.push(at);
    if (list.length % enough === 0 && at < list.length * dense) isDense[id] = 1;
  }
}

const isWord = Uint8Array.from({ length: 128 }, (_, code) => Number(/\w/.test(String.fromCharCode(code))));

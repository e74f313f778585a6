import { type Anchor, anchors } from './anchor.ts';
import { lowerAscii } from './lower-ascii.ts';
import { buildWordTree, type WordTree } from './word-tree.ts';

/** What one look over a text tells all rules. */
export interface Scan {
  /** Whether a short text of ASCII can stand in the text, in small or capital letters. False only where it surely does not. */
  readonly mayHave: (hint: string) => boolean;
  /** Where a match of an anchor may begin, in order. */
  readonly placesOf: (anchor: Anchor) => readonly number[];
}

const none: readonly number[] = [];
let built: { readonly tree: WordTree; readonly size: number } | undefined;

/** The tree of all anchors, which is built when the first text comes. */
function wordTree(): WordTree {
  if (built?.size !== anchors.length) built = { tree: buildWordTree(anchors), size: anchors.length };
  return built.tree;
}

export function scanText(text: string): Scan {
  const tree = wordTree();
  const places: number[][] = [];
  const pairs = gather(text, tree, places);
  const known = new Map<string, boolean>();
  return {
    placesOf: ({ id }) => places[id] ?? none,
    mayHave: (hint) => {
      const answer = known.get(hint) ?? pairsOf(hint).every((pair) => pairs[pair] === 1);
      known.set(hint, answer);
      return answer;
    },
  };
}

/** Notes the places of all anchors; gives which pairs of characters follow each other. */
function gather(text: string, tree: WordTree, places: number[][]): Uint8Array {
  const { begin } = tree;
  const pairs = new Uint8Array(128 * 128);
  let before = 0;
  let first = 0;
  // One step past the end, for a word of one character there.
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? (lowerAscii[text.charCodeAt(at)] ?? 0) : 0;
    const pair = first * 128 + code;
    pairs[pair] = 1;
    const node = begin[pair] ?? 0;
    if (node !== 0) follow(text, at - 1, node, isWord[before] === 1, tree, places);
    before = first;
    first = code;
  }
  return pairs;
}

/** Goes along the words that begin at an index, from the node of their first two characters. */
function follow(
  text: string,
  start: number,
  from: number,
  isInside: boolean,
  { next, ends }: WordTree,
  places: number[][],
): void {
  let at = start + 2;
  for (let node = from; node !== 0; at += 1) {
    const end = ends[node];
    if (end) noteAll(places, isInside ? end.anywhere : end.all, start);
    node = next[node * 128 + (lowerAscii[text.charCodeAt(at)] ?? 0)] ?? 0;
  }
}

function noteAll(places: number[][], ids: readonly number[], at: number): void {
  for (const id of ids) note(places, id, at);
}

/** Several words of one anchor may begin at the same place. */
function note(places: number[][], id: number, at: number): void {
  const list = places[id];
  if (list === undefined) places[id] = [at];
  else if (list[list.length - 1] !== at) list.push(at);
}

const isWord = Uint8Array.from({ length: 128 }, (_, code) => Number(/\w/.test(String.fromCharCode(code))));

/** The pairs of a hint; of one of a single character there are none. */
function pairsOf(hint: string): readonly number[] {
  const codes = Array.from(hint, (character) => lowerAscii[character.charCodeAt(0)] ?? 0);
  return codes.slice(1).map((code, at) => (codes[at] ?? 0) * 128 + code);
}

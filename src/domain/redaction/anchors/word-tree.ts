import type { Anchor } from './anchor.ts';

/** The words of all anchors as one tree. Its nodes are numbers, of which 0 is none. */
export interface WordTree {
  /** The node to which two characters lead, by `first * 128 + second`. */
  readonly begin: Uint16Array;
  /** The node to which a character leads from another, by `node * 128 + character`. */
  readonly next: Uint16Array;
  /** The anchors whose words end at the nodes, node by node: first those that may stand inside of another word, then the others. */
  readonly ends: Uint16Array;
  /** Where in `ends` those of a node begin, and behind the last node where they end. */
  readonly firstEnd: Uint16Array;
  /** Where in `ends` those of a node begin that stand for themselves. */
  readonly firstOwn: Uint16Array;
}

interface Node {
  readonly id: number;
  readonly children: Map<number, Node>;
  readonly anywhere: number[];
  readonly own: number[];
}

export function buildWordTree(anchors: readonly Anchor[]): WordTree {
  const nodes: Node[] = [];
  const newNode = (): Node => {
    const node = { id: nodes.length, children: new Map(), anywhere: [], own: [] };
    nodes.push(node);
    return node;
  };
  newNode();
  const root = newNode();
  for (const { id, words, isOwnWord } of anchors)
    for (const word of words) nodeOf(root, word, newNode)[isOwnWord ? 'own' : 'anywhere'].push(id);
  return { begin: beginnings(root), next: steps(nodes), ...endsOf(nodes) };
}

function nodeOf(root: Node, word: string, newNode: () => Node): Node {
  let node = root;
  for (const character of word) {
    const code = character.charCodeAt(0);
    const child = node.children.get(code) ?? newNode();
    node.children.set(code, child);
    node = child;
  }
  return node;
}

function endsOf(nodes: readonly Node[]): Pick<WordTree, 'ends' | 'firstEnd' | 'firstOwn'> {
  const ends: number[] = [];
  const firstEnd = new Uint16Array(nodes.length + 1);
  const firstOwn = new Uint16Array(nodes.length + 1);
  for (const { id, anywhere, own } of nodes) {
    firstEnd[id] = ends.length;
    ends.push(...anywhere);
    firstOwn[id] = ends.length;
    ends.push(...own);
  }
  firstEnd[nodes.length] = ends.length;
  return { ends: Uint16Array.from(ends), firstEnd, firstOwn };
}

/** Of a word of one character the second may be any; longer words take over what ends there. */
function beginnings(root: Node): Uint16Array {
  const begin = new Uint16Array(128 * 128);
  for (const [first, node] of root.children) {
    if (node.anywhere.length + node.own.length > 0) begin.fill(node.id, first * 128, first * 128 + 128);
    for (const [second, child] of node.children) {
      begin[first * 128 + second] = child.id;
      child.anywhere.push(...node.anywhere);
      child.own.push(...node.own);
    }
  }
  return begin;
}

function steps(nodes: readonly Node[]): Uint16Array {
  const next = new Uint16Array(nodes.length * 128);
  for (const { id, children } of nodes)
    for (const [code, child] of children) next[id * 128 + code] = child.id;
  return next;
}

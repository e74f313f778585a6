import type { Node } from 'web-tree-sitter';
import type { Statement, Word } from '#domain/risk/command-tree.ts';

/** What the mapping functions share; handing it around keeps words and statements, which nest, in two modules. */
export interface Mapping {
  readonly source: string;
  readonly word: (node: Node) => Word;
  /** The statements among some sibling nodes; anything that is neither statement nor separator is refused. */
  readonly statements: (nodes: readonly Node[]) => readonly Statement[];
}

/** Thrown inside this folder only, and turned into `unparsable` at its edge. */
export class Refusal extends Error {}

/** Gives up on the whole text: the tree would not say for certain what the shell does. */
export function refuse(why: string): never {
  throw new Refusal(why);
}

/** All children, named or not, in order. */
export function childrenOf(node: Node): readonly Node[] {
  return node.children.filter((child) => child !== null);
}

/** The children that the grammar puts in a field. */
export function fieldOf(node: Node, field: string): readonly Node[] {
  return node.childrenForFieldName(field).filter((child) => child !== null);
}

/** The topmost command and process substitutions under a node. */
export function substitutionsIn(node: Node): readonly Node[] {
  return childrenOf(node).flatMap((child) =>
    child.type === 'command_substitution' || child.type === 'process_substitution'
      ? [child]
      : substitutionsIn(child),
  );
}

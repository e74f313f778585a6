import type { Node } from 'web-tree-sitter';
import type { Redirection, Statement, Word } from '#domain/risk/command-tree.ts';
import {
  type MappedRedirection,
  mapFileRedirect,
  mapHereDocument,
  mapHereString,
} from './map-redirection.ts';
import { childrenOf, fieldOf, type Mapping, refuse } from './syntax-node.ts';

/** What stands after a statement: redirections, words behind them, and what a here-document line goes on with. */
interface Tail {
  readonly redirections: Redirection[];
  readonly words: Word[];
  readonly stages: Statement[];
  readonly following: Statement[];
}

/**
 * A statement with redirections. The grammar hangs the rest of a here-document's first line
 * (`<<EOF | sh`, `<<EOF && rm x`, `<<EOF > file`) below the here-document; here it gets its place back.
 */
export function mapRedirectedStatement(node: Node, mapping: Mapping): Statement {
  const isLone = node.type === 'file_redirect';
  const bodyNodes = isLone ? [] : fieldOf(node, 'body');
  const bodyIds = new Set(bodyNodes.map((body) => body.id));
  const [body] = mapping.statements(bodyNodes);
  const tail: Tail = { redirections: [], words: [], stages: [], following: [] };
  const rest = isLone ? [node] : childrenOf(node).filter((child) => !bodyIds.has(child.id));
  for (const child of rest) addToTail(child, mapping, tail);
  const first = attach(body, tail);
  const piped: Statement =
    tail.stages.length > 0 ? { kind: 'pipeline', stages: [first, ...tail.stages] } : first;
  if (tail.following.length === 0) return piped;
  return { kind: 'group', body: [piped, ...tail.following], redirections: [], words: [], variable: null };
}

function addToTail(child: Node, mapping: Mapping, tail: Tail): void {
  switch (child.type) {
    case 'heredoc_redirect':
      addHereDocument(child, mapping, tail);
      break;
    case 'file_redirect':
      addRedirection(mapFileRedirect(child, mapping), tail);
      break;
    case 'herestring_redirect':
      addRedirection(mapHereString(child, mapping), tail);
      break;
    default:
      refuse(`syntax that is not understood: ${child.text.slice(0, 40)}`);
  }
}

function addRedirection(mapped: MappedRedirection, tail: Tail): void {
  tail.redirections.push(...mapped.redirections);
  tail.words.push(...mapped.strayWords);
}

const partsOfHereDocument = new Set([
  '<<',
  '<<-',
  'heredoc_start',
  'heredoc_body',
  'heredoc_end',
  '&&',
  '||',
  'file_descriptor',
]);

function addHereDocument(node: Node, mapping: Mapping, tail: Tail): void {
  tail.redirections.push(mapHereDocument(node, mapping));
  const words = new Set(fieldOf(node, 'argument').map((argument) => argument.id));
  const others = childrenOf(node).filter((child) => !partsOfHereDocument.has(child.type));
  for (const child of others) {
    if (words.has(child.id)) tail.words.push(mapping.word(child));
    else addBehindHereDocument(child, mapping, tail);
  }
}

function addBehindHereDocument(child: Node, mapping: Mapping, tail: Tail): void {
  if (child.type.endsWith('_redirect')) addToTail(child, mapping, tail);
  else if (child.type === 'pipeline') tail.stages.push(...mapping.statements(childrenOf(child)));
  else tail.following.push(...mapping.statements([child]));
}

/** Redirections behind a pipeline belong to its last command. */
function attach(body: Statement | undefined, tail: Tail): Statement {
  const { redirections, words } = tail;
  if (!body) return { kind: 'command', assignments: [], words, redirections };
  if (body.kind === 'command') {
    return {
      ...body,
      words: [...body.words, ...words],
      redirections: [...body.redirections, ...redirections],
    };
  }
  const lastStage = body.kind === 'pipeline' ? body.stages.at(-1) : undefined;
  if (body.kind === 'pipeline' && lastStage) {
    return { ...body, stages: [...body.stages.slice(0, -1), attach(lastStage, tail)] };
  }
  if (words.length > 0) refuse('words after a redirection that belong to nothing');
  return { kind: 'group', body: [body], redirections, words: [], variable: null };
}

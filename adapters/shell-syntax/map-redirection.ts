import type { Node } from 'web-tree-sitter';
import type { FileOperator, Redirection, Word } from '#domain/risk/command-tree.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { mapQuotedText } from './map-word.ts';
import { childrenOf, fieldOf, type Mapping, refuse } from './syntax-node.ts';
import { unescapeHereDocument } from './unescape.ts';

/** A redirection, and the words that the grammar swallowed although they belong to the command. */
export interface MappedRedirection {
  readonly redirections: readonly Redirection[];
  readonly strayWords: readonly Word[];
}

const operators: Readonly<Record<string, FileOperator>> = {
  '<': '<',
  '>': '>',
  '>>': '>>',
  '>|': '>|',
  '&>': '&>',
  '&>>': '&>>',
  '<&': '<&',
  '>&': '>&',
};

/** `> file`, `2>&1`, `< file`; in `> f ls -l` the grammar takes `ls -l` for further targets. */
export function mapFileRedirect(node: Node, mapping: Mapping): MappedRedirection {
  const [target, ...stray] = fieldOf(node, 'destination').map(mapping.word);
  const [descriptor] = fieldOf(node, 'descriptor');
  const operator = childrenOf(node).find((child) => !child.isNamed)?.type ?? '';
  if (operator === '<&-' || operator === '>&-') {
    return { redirections: [], strayWords: target ? [target, ...stray] : [] };
  }
  const known = ownValue(operators, operator);
  if (!known || !target) refuse(`a redirection that is not understood: ${node.text}`);
  const redirection: Redirection = {
    kind: 'file',
    operator: known,
    descriptor: descriptor?.text ?? null,
    target,
  };
  return { redirections: [redirection], strayWords: stray };
}

/** `<<< word`. */
export function mapHereString(node: Node, mapping: Mapping): MappedRedirection {
  const words = childrenOf(node).filter((child) => child.isNamed && child.type !== 'file_descriptor');
  const [body] = words;
  if (!body || words.length > 1) refuse('a here-string that is not understood');
  return { redirections: [{ kind: 'text', body: mapping.word(body) }], strayWords: [] };
}

/** The text of a here-document; refused when the grammar and a shell could see its end at different lines. */
export function mapHereDocument(node: Node, mapping: Mapping): Redirection {
  const children = childrenOf(node);
  const start = children.find((child) => child.type === 'heredoc_start');
  const body = children.find((child) => child.type === 'heredoc_body');
  const end = children.find((child) => child.type === 'heredoc_end');
  if (!start || !end) refuse('a here-document without an end');
  const stripsTabs = children[0]?.type === '<<-' || children[1]?.type === '<<-';
  const delimiter = start.text.replace(/['"\\]/g, '');
  const text = body ? mapping.source.slice(body.startIndex, end.startIndex) : '';
  checkEnd(mapping.source, text, end, delimiter, stripsTabs);
  if (!body) return textRedirection(start.text, []);
  if (start.text !== delimiter) return textRedirection(text, [{ kind: 'literal', text, quoted: true }]);
  if (text.includes('`')) refuse('backquotes inside a here-document');
  const parts = mapQuotedText(body, body.startIndex, body.endIndex, mapping, unescapeHereDocument);
  return textRedirection(text, parts);
}

function textRedirection(source: string, parts: Word['parts']): Redirection {
  return { kind: 'text', body: { source, parts } };
}

function checkEnd(source: string, text: string, end: Node, delimiter: string, stripsTabs: boolean): void {
  const line = (raw: string) => (stripsTabs ? raw.replace(/^\t+/, '') : raw);
  const lineStart = source.lastIndexOf('\n', end.startIndex - 1) + 1;
  const newline = source.indexOf('\n', end.endIndex);
  const endLine = source.slice(lineStart, newline < 0 ? source.length : newline);
  const endsEarlier = text
    .split('\n')
    .slice(0, -1)
    .some((each) => line(each) === delimiter);
  if (line(endLine) !== delimiter || endsEarlier) refuse('a here-document whose end is unclear');
}

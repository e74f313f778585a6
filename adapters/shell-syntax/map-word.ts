import type { Node } from 'web-tree-sitter';
import type { Word, WordPart } from '#domain/risk/command-tree.ts';
import { childrenOf, type Mapping, refuse, substitutionsIn } from './syntax-node.ts';
import { partsOfBareWord, unescapeAnsiC, unescapeDoubleQuoted } from './unescape.ts';

/** One word of the text, whatever quotes it is made of. */
export function mapWord(node: Node, mapping: Mapping): Word {
  return { source: node.text, parts: withBraces(partsOf(node, mapping, false)) };
}

/**
 * Text in which only expansions are special: the inside of double quotes or of a here-document.
 * What the grammar leaves between two children (often a single space) is text as well.
 */
export function mapQuotedText(
  node: Node,
  from: number,
  to: number,
  mapping: Mapping,
  unescapeText: (source: string) => string,
): readonly WordPart[] {
  const parts: WordPart[] = [];
  const addText = (start: number, end: number) => {
    const raw = mapping.source.slice(start, end);
    if (raw !== '') parts.push({ kind: 'literal', text: unescapeText(checkedText(raw)), quoted: true });
  };
  let textStart = from;
  for (const child of childrenOf(node)) {
    const isText = child.type === 'string_content' || child.type === 'heredoc_content' || child.type === '"';
    if (isText || child.startIndex < from || child.endIndex > to) continue;
    const blanks = child.text.length - child.text.trimStart().length;
    addText(textStart, child.startIndex + blanks);
    parts.push(...partsOf(child, mapping, true));
    textStart = child.endIndex;
  }
  addText(textStart, to);
  return parts.length > 0 ? parts : [{ kind: 'literal', text: '', quoted: true }];
}

function checkedText(raw: string): string {
  if (/`|\$[\w({@*#?!-]/.test(raw.replace(/\\[\s\S]/gu, ''))) refuse('an expansion that is not understood');
  return raw;
}

type PartMapper = (node: Node, mapping: Mapping, quoted: boolean) => readonly WordPart[];

const partMappers: Readonly<Record<string, PartMapper>> = {
  word: (node) => partsOfBareWord(node.text),
  extglob_pattern: (node) => [{ kind: 'pattern', text: checkedText(node.text) }],
  regex: (node) => [{ kind: 'pattern', text: checkedText(node.text) }],
  brace_expression: (node) => [{ kind: 'pattern', text: node.text }],
  number: (node) => [{ kind: 'literal', text: node.text, quoted: false }],
  test_operator: (node) => [{ kind: 'literal', text: node.text, quoted: false }],
  variable_name: (node) => [{ kind: 'literal', text: node.text, quoted: false }],
  '==': (node) => [{ kind: 'literal', text: node.text, quoted: false }],
  '=~': (node) => [{ kind: 'literal', text: node.text, quoted: false }],
  raw_string: (node) => [{ kind: 'literal', text: node.text.slice(1, -1), quoted: true }],
  ansi_c_string: (node) => [{ kind: 'literal', text: unescapeAnsiC(node.text), quoted: true }],
  string: (node, mapping) =>
    mapQuotedText(node, node.startIndex + 1, node.endIndex - 1, mapping, unescapeDoubleQuoted),
  concatenation: (node, mapping, quoted) =>
    childrenOf(node).flatMap((child) => partsOf(child, mapping, quoted)),
  command_name: (node, mapping, quoted) =>
    childrenOf(node).flatMap((child) => partsOf(child, mapping, quoted)),
  simple_expansion: (node, _mapping, quoted) => [
    { kind: 'variable', name: node.text.trimStart().slice(1), quoted },
  ],
  expansion: mapExpansion,
  arithmetic_expansion: (node, mapping, quoted) => [
    { kind: 'computed', quoted, body: substitutionsIn(node).flatMap((child) => commandsOf(child, mapping)) },
  ],
  command_substitution: (node, mapping, quoted) => [
    { kind: 'computed', quoted, body: commandsOf(node, mapping) },
  ],
  process_substitution: (node, mapping, quoted) => [
    { kind: 'computed', quoted, body: commandsOf(node, mapping) },
  ],
};

function partsOf(node: Node, mapping: Mapping, quoted: boolean): readonly WordPart[] {
  if (!Object.hasOwn(partMappers, node.type)) refuse(`a word that is not understood: ${node.text}`);
  const mapper = partMappers[node.type];
  if (!mapper || (node.type === 'number' && node.childCount > 0))
    refuse(`a number with a base: ${node.text}`);
  return mapper(node, mapping, quoted);
}

function mapExpansion(node: Node, mapping: Mapping, quoted: boolean): readonly WordPart[] {
  const children = childrenOf(node);
  const [, name] = children;
  if (children.length === 3 && name?.type === 'variable_name') {
    return [{ kind: 'variable', name: name.text, quoted }];
  }
  if (children.some((child) => child.type === '@')) refuse(`an expansion that evaluates: ${node.text}`);
  if (node.text.includes('`')) refuse(`backquotes inside an expansion: ${node.text}`);
  const body = substitutionsIn(node).flatMap((child) => commandsOf(child, mapping));
  return [{ kind: 'computed', quoted, body }];
}

function commandsOf(node: Node, mapping: Mapping) {
  const [open, ...rest] = childrenOf(node);
  // Inside backquotes a backslash is taken away before the inner command is read, so the grammar errs there.
  if (open?.text.trim() === '`' && node.text.includes('\\')) refuse('a backslash inside backquotes');
  return mapping.statements(rest.slice(0, -1));
}

/** `{a,b}` and `{1..3}` make several words; a lone `{}` (as in find -exec) and `@{u}` stay what they are. */
function withBraces(parts: readonly WordPart[]): readonly WordPart[] {
  const bare = parts.map((part) => (part.kind === 'literal' && !part.quoted ? part.text : '\u0000')).join('');
  const open = bare.search(/\{[^{}]*(?:,|\.\.)/u);
  if (open < 0 || bare.lastIndexOf('}') < open) return parts;
  return parts.map((part) =>
    part.kind === 'literal' && !part.quoted && part.text.includes('{')
      ? { kind: 'pattern', text: part.text }
      : part,
  );
}

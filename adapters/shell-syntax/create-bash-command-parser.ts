import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Language, type Node, Parser, type Tree } from 'web-tree-sitter';
import type { CommandTree } from '#domain/risk/command-tree.ts';
import type { CommandParser } from '#ports/command-parser.ts';
import { mapStatements } from './map-statement.ts';
import { mapWord } from './map-word.ts';
import { refuseAmbiguousText } from './refuse-ambiguous-text.ts';
import { childrenOf, type Mapping, Refusal, refuse } from './syntax-node.ts';

/** What a person writes takes less than a millisecond; only text made to be slow comes near. */
const LONGEST_PARSE_MS = 2000;

/**
 * The CommandParser over tree-sitter's bash grammar (compiled to WebAssembly, loaded from disk once).
 * Anything that bash and a plain POSIX shell would read differently is `unparsable`, and so is a text over which
 * the grammar breaks down or takes too long; the next text gets a new parser then.
 */
export async function createBashCommandParser(): Promise<CommandParser> {
  const bash = await loadBash();
  let parser: Parser | undefined;
  const parse = (text: string): CommandTree => {
    try {
      parser ??= parserFor(bash);
      return parseWith(parser, text);
    } catch (error) {
      // It stopped half-way; what it holds may be anything.
      parser = undefined;
      return { kind: 'unparsable', why: whyItBroke(error) };
    }
  };
  return { parse };
}

function parserFor(language: Language): Parser {
  const parser = new Parser();
  parser.setLanguage(language);
  return parser;
}

/** The faults of a WebAssembly program that has no memory or no stack left; any other is thrown on. */
function whyItBroke(error: unknown): string {
  if (error instanceof Error && error.name === 'RuntimeError') return 'the parser broke down over it';
  if (error instanceof RangeError) return 'it is nested too deeply';
  throw error;
}

let loading: Promise<Language> | undefined;

/** Once a process: two that load at the same moment would each get half of it. A failed load is tried anew. */
function loadBash(): Promise<Language> {
  loading ??= readBash().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function readBash(): Promise<Language> {
  const require = createRequire(import.meta.url);
  const [runtime, grammar] = await Promise.all([
    readFile(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    readFile(require.resolve('tree-sitter-bash/tree-sitter-bash.wasm')),
  ]);
  await Parser.init({ wasmBinary: runtime });
  return Language.load(grammar);
}

function parseWith(parser: Parser, text: string): CommandTree {
  try {
    refuseAmbiguousText(text);
    return mapTree(parser, text);
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'unparsable', why: error.message };
    throw error;
  }
}

function mapTree(parser: Parser, text: string): CommandTree {
  const tree = parseInTime(parser, text);
  try {
    const root = tree.rootNode;
    if (root.hasError) refuse('it is not a complete shell command');
    refuseGaps(root, text);
    const mapping: Mapping = {
      source: text,
      word: (node) => mapWord(node, mapping),
      statements: (nodes) => mapStatements(nodes, mapping),
    };
    return { kind: 'script', statements: mapping.statements(childrenOf(root)) };
  } finally {
    tree.delete();
  }
}

/** The grammar asks every few thousand steps whether to go on. */
function parseInTime(parser: Parser, text: string): Tree {
  const end = performance.now() + LONGEST_PARSE_MS;
  const tree = parser.parse(text, null, { progressCallback: () => performance.now() > end });
  if (tree) return tree;
  parser.reset();
  return refuse('it takes too long to parse');
}

const holdsText = new Set(['string', 'heredoc_body', 'heredoc_redirect']);

/** Every character must belong to some leaf: a grammar that skips text would hide a command. */
function refuseGaps(node: Node, text: string): void {
  const children = childrenOf(node);
  if (children.length === 0 && node.type !== 'program') return;
  let at = node.type === 'program' ? 0 : node.startIndex;
  for (const child of children) {
    if (!holdsText.has(node.type)) refuseText(text.slice(at, child.startIndex));
    refuseGaps(child, text);
    at = child.endIndex;
  }
  const end = node.type === 'program' ? text.length : node.endIndex;
  if (!holdsText.has(node.type)) refuseText(text.slice(at, end));
}

function refuseText(gap: string): void {
  if (/[^\s\\]|\\(?!\n)/u.test(gap)) refuse(`text that is not understood: ${gap.trim().slice(0, 40)}`);
}

import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { frontmatter } from 'micromark-extension-frontmatter';
import { normaliseParagraph } from '#domain/runbook/prose.ts';

/** The parts of a document that matter here, in order, without the lists and quotes around them. */
export type Block =
  | { readonly kind: 'front-matter'; readonly line: number; readonly text: string }
  | { readonly kind: 'heading'; readonly line: number; readonly depth: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly line: number; readonly text: string }
  | { readonly kind: 'code'; readonly line: number; readonly fence: Fence };

/** A code block. */
export interface Fence {
  /** Empty for indented code and fences without a language. */
  readonly language: string;
  /** What stands behind the language, exactly as in the source: Markdown would take backslashes away. */
  readonly info: string;
  readonly content: string;
  readonly isClosed: boolean;
  /** The line of the first line of the content. */
  readonly contentLine: number;
}

/** Parses Markdown into blocks. */
export function readBlocks(source: string): readonly Block[] {
  const tree: Root = fromMarkdown(source, {
    extensions: [frontmatter(['yaml'])],
    mdastExtensions: [frontmatterFromMarkdown(['yaml'])],
  });
  const lines = source.split(/\r\n|\r|\n/);
  return blocksOf(tree, lines);
}

function blocksOf(node: Nodes, lines: readonly string[]): readonly Block[] {
  const line = node.position?.start.line ?? 1;
  switch (node.type) {
    case 'yaml':
      return [{ kind: 'front-matter', line, text: node.value }];
    case 'heading':
      return [{ kind: 'heading', line, depth: node.depth, text: plainText(node) }];
    case 'paragraph':
    case 'tableRow':
      return [{ kind: 'paragraph', line, text: plainText(node) }];
    case 'html':
      return [{ kind: 'paragraph', line, text: normaliseParagraph(node.value.replace(/<[^>]*>/g, ' ')) }];
    case 'code':
      return [{ kind: 'code', line, fence: readFence(node, lines) }];
    default:
      return 'children' in node ? node.children.flatMap((child) => blocksOf(child, lines)) : [];
  }
}

function plainText(node: Nodes): string {
  return normaliseParagraph(rawText(node));
}

function rawText(node: Nodes): string {
  if (node.type === 'break') return ' ';
  if ('value' in node) return node.value;
  if ('alt' in node) return node.alt ?? '';
  return 'children' in node ? node.children.map(rawText).join('') : '';
}

type CodeNode = Extract<Nodes, { type: 'code' }>;

function readFence(node: CodeNode, lines: readonly string[]): Fence {
  const line = node.position?.start.line ?? 1;
  const opening = (lines[line - 1] ?? '').slice((node.position?.start.column ?? 1) - 1);
  const [, mark, info = ''] = /^\s*(`{3,}|~{3,})\s*(.*)$/.exec(opening) ?? [];
  const content = node.value.replace(/\r\n?/g, '\n');
  if (mark === undefined) return { language: '', info: '', content, isClosed: true, contentLine: line };
  return {
    language: (node.lang ?? '').toLowerCase(),
    info: info.replace(/^\S*/, '').trim(),
    content,
    isClosed: isClosed(node, lines, mark),
    contentLine: line + 1,
  };
}

/** Markdown lets a fence end with its container; a runbook that does so was cut or mistyped. */
function isClosed({ position }: CodeNode, lines: readonly string[], mark: string): boolean {
  const last = position?.end.line ?? 1;
  // A fence inside of a quote or list has the marks of those before every line.
  const closing = (lines[last - 1] ?? '').replace(/^[\s>]*/, '').trim();
  return (
    last > (position?.start.line ?? 1) && closing.length >= mark.length && isRunOf(closing, mark.charAt(0))
  );
}

function isRunOf(text: string, char: string): boolean {
  return text !== '' && [...text].every((each) => each === char);
}

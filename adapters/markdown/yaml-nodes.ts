import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { ProblemList } from './problem-list.ts';

/** A YAML node and the line of the file at which it stands. */
export interface YamlNode {
  readonly node: Node | null;
  readonly line: number;
}

/** One key of a map. */
export interface YamlEntry extends YamlNode {
  readonly key: string;
  /** The line of the key. */
  readonly keyLine: number;
}

/**
 * Parses YAML whose first line is line `firstLine` of the file; null when it is broken, with every problem told.
 * Nothing is resolved: aliases and tags stay what they are and fit no reader.
 */
export function parseYaml(text: string, firstLine: number, problems: ProblemList): YamlReader | null {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, uniqueKeys: true, logLevel: 'silent' });
  const lineOf = (offset: number) => lineCounter.linePos(offset).line + firstLine - 1;
  for (const error of document.errors) {
    const message = error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? 'it cannot be read';
    problems.errors.push({ line: lineOf(error.pos[0]), message: `YAML: ${message}` });
  }
  if (document.errors.length > 0) return null;
  return createReader(document.contents, lineOf, firstLine);
}

/** Reads nodes as what they should be; null when they are something else. */
export interface YamlReader {
  readonly root: YamlNode;
  readonly map: (node: YamlNode) => readonly YamlEntry[] | null;
  readonly list: (node: YamlNode) => readonly YamlNode[] | null;
  /** The text of a scalar as written (`100`, `1.10`, `yes`), without quotes. */
  readonly text: (node: YamlNode) => string | null;
}

function createReader(root: Node | null, lineOf: (offset: number) => number, firstLine: number): YamlReader {
  const wrap = (node: unknown, fallback: number): YamlNode => {
    const found = isMap(node) || isSeq(node) || isScalar(node) ? node : null;
    return { node: found, line: found?.range ? lineOf(found.range[0]) : fallback };
  };
  return {
    root: wrap(root, firstLine),
    map: ({ node, line }) => {
      if (!isMap(node)) return null;
      return node.items.map((pair) => {
        const keyLine = wrap(pair.key, line).line;
        return { key: textOf(pair.key) ?? '', keyLine, ...wrap(pair.value, keyLine) };
      });
    },
    list: ({ node, line }) => (isSeq(node) ? node.items.map((item) => wrap(item, line)) : null),
    text: ({ node }) => textOf(node),
  };
}

function textOf(node: unknown): string | null {
  if (!isScalar(node) || node.value === null) return null;
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

import { isMap, isScalar, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';

/** One thing that is wrong in a file; lines count from 1. */
export interface Problem {
  readonly line: number;
  readonly message: string;
}

/** A place in a file, as names and positions from the root. */
export type Path = readonly PropertyKey[];

/** The line where the node at a path begins, or the nearest one above it that is there. */
export type LineOf = (path: Path) => number;

export type ReadYaml =
  | { readonly kind: 'yaml'; readonly value: unknown; readonly lineOf: LineOf }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Reads a YAML text that people write by hand, so that what is wrong with it can be told by its line. */
export function readYaml(source: string): ReadYaml {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => ({
      line: lines.linePos(pos[0]).line,
      message: message.split('\n')[0]?.replace(/ at line \d+, column \d+:$/, '') ?? message,
    }));
    return { kind: 'invalid', problems };
  }
  const lineOf: LineOf = (path) => lines.linePos(startOf(document.contents, path)).line;
  return { kind: 'yaml', value: readPlain(document), lineOf };
}

/** `toJS` throws on aliases that would grow beyond measure; then the value is what it threw, which fits no schema. */
function readPlain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS() as unknown;
  } catch (error) {
    return error;
  }
}

function startOf(root: unknown, path: Path): number {
  let node = root;
  let start = 0;
  for (const step of [undefined, ...path]) {
    const next = step === undefined ? root : child(node, step);
    if (next === undefined) return start;
    start = keyStart(node, step) ?? (next as Node).range?.[0] ?? start;
    node = next;
  }
  return start;
}

function child(node: unknown, step: PropertyKey): unknown {
  const holder = node as { get?: (key: unknown, keepScalar: true) => unknown } | undefined;
  return holder?.get?.(step, true) ?? undefined;
}

/** A value may stand on the line after its key; the key is what a reader looks for. */
function keyStart(node: unknown, step: PropertyKey | undefined): number | undefined {
  if (!isMap(node)) return undefined;
  const pair = (node as YAMLMap).items.find(({ key }) => isScalar(key) && key.value === step);
  return (pair?.key as Node | undefined)?.range?.[0];
}

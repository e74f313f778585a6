import type { RunbookStep } from '../runbook/runbook.ts';

/** Where a step stands in the lines of a Markdown text. */
export interface FoundFence {
  /** Index of the line that opens its code. */
  readonly fence: number;
  /** Index of the first line of its title. */
  readonly title: number;
}

/**
 * The one fence that names the step by its `id`, below a title that is a paragraph of its own. Undefined where the text is
 * not so plain (a list, a quote, a step without an `id`): nothing is then put in between by guess.
 */
export function findFence(lines: readonly string[], { id }: Pick<RunbookStep, 'id'>): FoundFence | undefined {
  const names = `"id"\\s*:\\s*"${id.replace(/[^a-z0-9-]/g, '\\$&')}"`;
  const opens = new RegExp(`^(?:\`{3,}|~{3,})\\s*(?:sh|bash|shell|console)\\b.*${names}`);
  const found = lines.flatMap((line, index) => (opens.test(line) ? [index] : []));
  const [fence] = found;
  if (fence === undefined || found.length > 1) return undefined;
  const title = titleAbove(lines, fence);
  return title === undefined ? undefined : { fence, title };
}

function titleAbove(lines: readonly string[], fence: number): number | undefined {
  const last = lines.slice(0, fence).findLastIndex((line) => line.trim() !== '');
  let first = last;
  while (first >= 0 && startsSentence.test(lines[first] ?? '')) first -= 1;
  const above = lines[first] ?? '';
  return first < last && (above.trim() === '' || endsBlock.test(above)) ? first + 1 : undefined;
}

const startsSentence = /^[\p{L}\p{N}("'\\](?!\d*[.)]\s)/u;
/** A heading, or the end of the code before. */
const endsBlock = /^(?:#{1,6}\s|`{3,}\s*$|~{3,}\s*$)/;

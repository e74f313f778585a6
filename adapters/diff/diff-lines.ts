import { formatPatch, OMIT_HEADERS, structuredPatch } from 'diff';
import type { LineDiff } from '#ports/line-diff.ts';

/** Work grows with the square of what differs; beyond so many lines nobody reads a diff anyhow. */
const mostEdits = 2000;

/** The `LineDiff` of npm `diff`. The end of the last line does not count as a difference. */
export const diffLines: LineDiff = (before, after) => {
  const [old, now] = [before, after].map((text) => `${text.trimEnd()}\n`) as [string, string];
  if (old === now) return '';
  const patch = structuredPatch('', '', old, now, '', '', { context: 2, maxEditLength: mostEdits });
  return patch && formatPatch(patch, OMIT_HEADERS).trimEnd();
};

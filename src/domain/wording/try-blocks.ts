import type { Block, Line } from '../reply.ts';
import { wholeMs } from '../run/retry.ts';
import type { Step } from '../run/step.ts';
import { formatDuration } from './format.ts';
import { lastLineOf } from './output-file.ts';
import { retryText } from './try-text.ts';

/** What a step must give to succeed; with retries also how long it can take as a whole. */
export function expectedText(
  { expect, exitCodes, timeoutMs, retry }: Pick<Step, 'expect' | 'exitCodes' | 'timeoutMs' | 'retry'>,
  isRetryRefused: boolean,
): string {
  const expectation = expect === null ? `exit ${exitCodes.join(' or ')}` : `output matches ${expect}`;
  const once = `${expectation}, within ${formatDuration(timeoutMs)}`;
  if (isRetryRefused) return `${once}; tried once, because it does not only read`;
  if (retry === null) return once;
  return `${once}; ${retryText(retry)}, ${formatDuration(wholeMs(timeoutMs, retry))} in all at most`;
}

/** The tries that failed before the one that the card tells of, with the last line that each wrote. */
export const tryBlocks = ({ retry, tries }: Pick<Step, 'retry' | 'tries'>): readonly Block[] =>
  tries.map(({ why, output }, index): Block => {
    const last = lastLineOf(output);
    const shown: Line = last === '' ? [] : [' ', { kind: 'code', text: last }];
    return { kind: 'note', line: [`Attempt ${index + 1} of ${(retry?.times ?? 0) + 1}: ${why}`, ...shown] };
  });

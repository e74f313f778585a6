import type { Reply } from '../reply.ts';
import type { StepResult } from '../run/step.ts';
import { storableText } from '../text/storable-text.ts';
import { formatBytes, oneLine } from './format.ts';

/** How many lines of output a card shows once a step has ended. */
export const shownLines = 20;

type Output = Pick<StepResult, 'stdout' | 'stderr'>;

/** What is kept of both streams, one after the other. */
export function wholeOutput({ stdout, stderr }: Output): string {
  return [stdout, stderr].filter((part) => part !== '').join('\n');
}

/** The last `count` lines, at most 2,500 characters of them. */
export function lastLines(text: string, count: number): string {
  return storableText(text.trimEnd().split('\n').slice(-count).join('\n').slice(-2500));
}

/** How much of a host's output the line of a group's card has room for. */
export const shownOfHost = 80;

/** The last line of what was written, which is often all of it. */
export const lastLineOf = (text: string): string =>
  oneLine(text.trimEnd().split('\n').at(-1) ?? '', shownOfHost);

/** Whether what a host wrote fits into its line. */
function isOneLine(result: Output): boolean {
  const text = wholeOutput(result).trim();
  return !text.includes('\n') && [...text].length <= shownOfHost;
}

/** Whether the lines on the card are all there is. */
export function shownWhole(text: string): boolean {
  return lastLines(text, shownLines).length === text.trimEnd().length;
}

/**
 * What a step wrote, as a message of its own under its card; undefined when the card shows all of it. A card is
 * revised many times and a file is not, so the two are never one message.
 */
export function outputFile(
  step: { readonly title: string; readonly number: number; readonly host: string | null },
  result: StepResult,
): Reply | undefined {
  const text = wholeOutput(result);
  // Of each host of a group, the card shows one line.
  if (step.host === null ? shownWhole(text) : isOneLine(result)) return undefined;
  const { stdoutBytes, stderrBytes } = result;
  const where = step.host === null ? '' : ` on ${step.host}`;
  const summary = `Output of step ${step.number}${where}: ${step.title}`;
  return {
    summary,
    tone: 'plain',
    blocks: [
      { kind: 'note', line: [`${summary} (${formatBytes(stdoutBytes + stderrBytes)}).`] },
      { kind: 'file', name: fileName(step), text: storableText(text) },
    ],
  };
}

const fileName = ({ number, host }: { readonly number: number; readonly host: string | null }): string =>
  host === null ? `step-${number}-output.txt` : `step-${number}-${host}-output.txt`;

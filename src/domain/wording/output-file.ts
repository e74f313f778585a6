import type { Reply } from '../reply.ts';
import type { StepResult } from '../run/step.ts';
import { storableText } from '../text/storable-text.ts';
import { formatBytes } from './format.ts';

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

/** Whether the lines on the card are all there is. */
export function shownWhole(text: string): boolean {
  return lastLines(text, shownLines).length === text.trimEnd().length;
}

/**
 * What a step wrote, as a message of its own under its card; undefined when the card shows all of it. A card is
 * revised many times and a file is not, so the two are never one message.
 */
export function outputFile(
  step: { readonly title: string; readonly number: number },
  result: StepResult,
): Reply | undefined {
  const text = wholeOutput(result);
  if (shownWhole(text)) return undefined;
  const { stdoutBytes, stderrBytes } = result;
  const summary = `Output of step ${step.number}: ${step.title}`;
  return {
    summary,
    tone: 'plain',
    blocks: [
      { kind: 'note', line: [`${summary} (${formatBytes(stdoutBytes + stderrBytes)}).`] },
      { kind: 'file', name: `step-${step.number}-output.txt`, text: storableText(text) },
    ],
  };
}

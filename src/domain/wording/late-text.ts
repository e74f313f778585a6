import type { Reply } from '../reply.ts';
import type { StepResult } from '../run/step.ts';
import { lastLines, wholeOutput } from './output-file.ts';

interface Late {
  readonly title: string;
  readonly host: string;
  readonly result: StepResult;
  /** False when the run went on without it. */
  readonly counts: boolean;
}

const shownOfLate = 10;

/** A step that was called unknown, and told so, has ended after all. */
export function lateNotice({ title, host, result, counts }: Late): Reply {
  const found = `The result of "${title}" on ${host} came late: ${result.state}. ${result.why}`;
  const then = counts
    ? 'It counts, as nobody had chosen yet.'
    : 'Somebody had chosen by then, so it changes nothing; it is kept in the audit log.';
  const summary = `${found} ${then}`;
  const output = counts ? '' : lastLines(wholeOutput(result), shownOfLate);
  return {
    summary,
    tone: result.state === 'succeeded' ? 'good' : 'bad',
    blocks: [
      { kind: 'text', line: [summary] },
      ...(output === '' ? [] : [{ kind: 'code', role: 'output', text: output } as const]),
    ],
  };
}

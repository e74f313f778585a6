import type { Block, Reply } from '../reply.ts';
import type { Step } from '../run/step.ts';

/** One check before the first change and after the last. */
export interface ComparedCheck {
  readonly title: string;
  readonly host: string;
  readonly before: Pick<Step, 'state' | 'result'>;
  /** Null when it was not run again. */
  readonly after: Pick<Step, 'state' | 'result'> | null;
  /** Unified diff of what both wrote; empty when it is the same, undefined when almost nothing is. */
  readonly diff: string | undefined;
}

/** How many lines of each diff a card has room for. */
const shownLines = 8;
const mostShown = 6;
const longestShown = 500;

/** What the changes of a run made of what its checks see. What is cut here is in the file of `differenceFile`. */
export function differenceCard(checks: readonly ComparedCheck[]): Reply {
  const changed = checks.filter(isChanged).length;
  const summary = `Before and after: ${changed} of ${checks.length} checks ${changed === 1 ? 'differs' : 'differ'}`;
  const rest = checks.length - mostShown;
  return {
    summary,
    tone: 'plain',
    blocks: [
      { kind: 'heading', text: summary },
      ...checks.slice(0, mostShown).flatMap(checkBlocks),
      ...(rest > 0 ? [{ kind: 'note', line: [`${rest} more in the file.`] } as const] : []),
    ],
  };
}

const isChanged = (check: ComparedCheck): boolean =>
  check.after !== null && (check.diff !== '' || endOf(check.before) !== endOf(check.after));

/** It succeeded before the change and does not any more. */
const isWorse = ({ before, after }: ComparedCheck): boolean =>
  after !== null && before.state === 'succeeded' && after.state !== 'succeeded';

const endOf = ({ state, result }: Pick<Step, 'state' | 'result'>): string =>
  result?.exitCode == null ? state : `${state} (exit ${result.exitCode})`;

function checkBlocks(check: ComparedCheck): readonly Block[] {
  const { title, diff } = check;
  const line: Block = {
    kind: 'text',
    line: [isWorse(check) ? '⚠️ ' : '', { kind: 'bold', text: title }, ` on ${check.host}: ${saying(check)}`],
  };
  return check.after && diff ? [line, { kind: 'code', role: 'difference', text: firstLines(diff) }] : [line];
}

function saying({ before, after, diff }: ComparedCheck): string {
  if (after === null) return 'not run again.';
  const ends = endOf(before) === endOf(after) ? '' : `${endOf(before)} before, ${endOf(after)} now; `;
  if (diff === undefined) return `${ends}almost all of its output differs.`;
  return diff === '' ? `${ends}the same output.` : `${ends}− before, + now:`;
}

const firstLines = (diff: string): string => {
  const lines = diff.split('\n');
  const shown = lines.slice(0, shownLines).join('\n').slice(0, longestShown);
  return shown.length < diff.length ? `${shown}\n…` : shown;
};

/** The whole of what the card cuts; undefined when it shows everything. */
export function differenceFile(checks: readonly ComparedCheck[]): Reply | undefined {
  const isWhole = checks.every(({ diff }) => diff !== undefined && firstLines(diff) === diff);
  if (isWhole && checks.length <= mostShown) return undefined;
  const summary = 'Before and after, whole';
  const text = checks.map(wholeText).join('\n');
  return {
    summary,
    tone: 'plain',
    blocks: [
      { kind: 'note', line: [`${summary}.`] },
      { kind: 'file', name: 'before-and-after.diff', text },
    ],
  };
}

const wholeText = (check: ComparedCheck): string =>
  `# ${check.title} on ${check.host}: ${saying(check)}\n${check.diff ?? ''}\n`;

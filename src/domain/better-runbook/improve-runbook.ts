import { escapeMarkdown } from '../runbook/escape-markdown.ts';
import { formatDuration } from '../runbook/parse-duration.ts';
import { bodyTextOf, normaliseParagraph, normaliseProse, paragraphsOf } from '../runbook/prose.ts';
import { renderRunbook } from '../runbook/render-runbook.ts';
import type { Runbook, RunbookStep } from '../runbook/runbook.ts';
import { notesTitle } from '../runbook/section-kind.ts';
import { type FoundFence, findFence } from './find-fence.ts';

/** A runbook with its Markdown, which reads back as it. */
export interface WrittenRunbook {
  readonly runbook: Runbook;
  readonly text: string;
}

/** What a run that did not help says about its runbook. */
export interface Lesson {
  /** The step that it is about; undefined where it is about the whole. */
  readonly step: RunbookStep | undefined;
  /** One paragraph of plain text, to stand with the step, or in the notes with `titled` where it cannot. */
  readonly note: string;
  readonly titled: string;
  /** How long the step is given from now on; undefined leaves it. */
  readonly timeoutMs?: number | undefined;
}

/**
 * The next version of a runbook, with what was learnt and nothing else changed, so that its diff is what a person has to
 * judge. The text stays as somebody wrote it; only one that is no Markdown (`isMarkdown`) is written anew.
 */
export function improveRunbook(
  { runbook, text }: WrittenRunbook,
  lesson: Lesson,
  isMarkdown: boolean,
): WrittenRunbook {
  const lines = text.split('\n');
  const { step } = lesson;
  if (!isMarkdown)
    return written(step ? withStep(runbook, step, lesson, true) : withNote(runbook, lesson.note));
  const at = step && findFence(lines, step);
  if (!step || !at) {
    const note = step ? lesson.titled : lesson.note;
    return { runbook: withNote(runbook, note), text: appendNote(text, lines, note) };
  }
  const { info, isGiven } = withTimeout(lines[at.fence] ?? '', lesson.timeoutMs);
  return { runbook: withStep(runbook, step, lesson, isGiven), text: insert(lines, at, lesson.note, info) };
}

const written = (runbook: Runbook): WrittenRunbook => ({ runbook, text: renderRunbook(runbook) });

function withStep(
  runbook: Runbook,
  step: RunbookStep,
  { note, timeoutMs }: Lesson,
  isGiven: boolean,
): Runbook {
  const notes = normaliseProse([...paragraphsOf(step.notes), note]);
  const changed = { ...step, notes, ...(isGiven && timeoutMs !== undefined ? { timeoutMs } : {}) };
  const steps = runbook.steps.map((one) => (one.id === step.id ? changed : one));
  return { ...runbook, steps, bodyText: bodyTextOf({ ...runbook, steps }) };
}

function withNote(runbook: Runbook, note: string): Runbook {
  const notes = normaliseProse([...paragraphsOf(runbook.notes), note]);
  return { ...runbook, notes, bodyText: bodyTextOf({ ...runbook, notes }) };
}

const asMarkdown = (note: string): string => escapeMarkdown(normaliseParagraph(note));

function insert(lines: readonly string[], { fence, title }: FoundFence, note: string, info: string): string {
  const before = lines.slice(0, title);
  return [
    ...before,
    asMarkdown(note),
    '',
    ...lines.slice(title, fence),
    info,
    ...lines.slice(fence + 1),
  ].join('\n');
}

/** Only where the fence says how long: a text that leaves it to the default is left so. */
function withTimeout(info: string, timeoutMs: number | undefined) {
  const given = /("timeout"\s*:\s*)"[^"\\]*"/;
  if (timeoutMs === undefined || !given.test(info)) return { info, isGiven: false };
  return { info: info.replace(given, `$1"${formatDuration(timeoutMs)}"`), isGiven: true };
}

function appendNote(text: string, lines: readonly string[], note: string): string {
  const lastHeading = lines.findLast((line) => /^#{1,6}\s/.test(line));
  const isInNotes = lastHeading !== undefined && /^##\s+Notes\s*$/.test(lastHeading);
  return [text.trimEnd(), ...(isInNotes ? [] : [`## ${notesTitle}`]), `${asMarkdown(note)}\n`].join('\n\n');
}

import { improveRunbook, type Lesson } from '#domain/better-runbook/improve-runbook.ts';
import type { Failure } from '#domain/failure/failure.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step } from '#domain/run/step.ts';
import type { RunbookStep } from '#domain/runbook/runbook.ts';
import type { SolutionContent } from '#domain/solution.ts';
import { failedNote, failureEvidence, noEffectNote, titledNote } from '#domain/wording/lesson-text.ts';
import type { SolutionVersion } from '#ports/stores/solution-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { tellThread } from './propose-runbook.ts';

/** Who proposes what is made by rules from a run that did not help. */
export const ownAuthor = 'recourse';

type Failed = Pick<Run, 'id' | 'versionId' | 'incidentId'>;

/** What should take longer than this is a person's to change. */
const longestTimeoutMs = 3_600_000;

/**
 * A run showed that its runbook is not enough: its next version, with what was seen, is put into review with the output, and
 * its thread is told. Nothing becomes active by that. While one of ours waits, a further failure is added to what stands
 * behind it; what a person rejected is not proposed again of that version, and nothing is of one that is out of force.
 */
export async function proposeBetter(
  needs: Pick<Core, 'ids' | 'redact'>,
  transaction: Transaction,
  run: Failed,
  failure: Failure,
): Promise<void> {
  const { reviews, solutions, runs } = transaction;
  const version = await solutions.version(run.versionId);
  if (version?.content.kind !== 'runbook') return;
  await reviews.hold(version.solutionId);
  // Read again: what waited for may have changed it.
  const state = (await solutions.version(run.versionId))?.state;
  if (state !== 'active' && state !== 'deprecated') return;
  const steps = await runs.steps(run.id);
  const failed = steps.find(({ id }) => id === failure.step);
  const at = Math.max(...steps.map(({ endedAt }) => endedAt ?? 0));
  const seen = { failed, at, evidence: needs.redact(failureEvidence(failure.why, failed, at)) };
  const open = (await reviews.named(version.slug)).find(({ author }) => author === ownAuthor);
  if (open) return reviews.join(open.versionId, { evidence: seen.evidence, run: run.id });
  const why = `${failure.why}.`;
  if (await reviews.wasRejected({ parent: run.versionId, why })) return;
  await propose(needs, transaction, { run, version, content: version.content, why, ...seen });
}

interface Proposing {
  readonly run: Failed;
  readonly version: SolutionVersion;
  readonly content: Extract<SolutionContent, { kind: 'runbook' }>;
  readonly why: string;
  readonly failed: Step | undefined;
  readonly at: number;
  readonly evidence: string;
}

async function propose(
  { ids, redact }: Pick<Core, 'ids' | 'redact'>,
  transaction: Transaction,
  { run, version, content, why, failed, at, evidence }: Proposing,
): Promise<void> {
  const { slug, origin, text } = version;
  const own = failed && content.runbook.steps[failed.position];
  const lesson = failed ? lessonOf(failed, own, at, redact) : wholeLesson(at);
  const isMarkdown = !/\.ya?ml$/i.test(origin);
  const better = improveRunbook({ runbook: content.runbook, text }, lesson, isMarkdown);
  const id = await transaction.reviews.propose({
    version: {
      ...{ slug, origin, text: better.text, author: ownAuthor, source: 'model' },
      content: { kind: 'runbook', runbook: better.runbook },
    },
    ...{ parent: run.versionId, why, evidence, runs: [run.id] },
  });
  await transaction.audit.append({
    actor: ownAuthor,
    event: 'version.proposed',
    details: { version: id, slug, run: run.id },
  });
  await tellThread({ ids }, transaction, id, run.incidentId);
}

const wholeLesson = (at: number): Lesson => {
  const note = noEffectNote(at);
  return { step: undefined, note, titled: note };
};

/** With twice the time for what took too long; a step that is tried again has the time that all its tries take together. */
function lessonOf(failed: Step, own: RunbookStep | undefined, at: number, redact: Core['redact']): Lesson {
  const twice = 2 * failed.timeoutMs;
  const isShort =
    failed.result?.state === 'timed-out' && twice <= longestTimeoutMs && own?.retry === undefined;
  const note = redact(failedNote(failed, at));
  return {
    ...{ step: own, note, titled: redact(titledNote(failed, note)) },
    ...(isShort ? { timeoutMs: twice } : {}),
  };
}

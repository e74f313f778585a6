import { type ModelView, modelViewSchema, readModelView } from '#domain/better-runbook/read-model-answer.ts';
import { stepsByModel } from '#domain/better-runbook/steps-by-model.ts';
import type { RunId, WorkspaceId } from '#domain/ids.ts';
import type { WaitingReview } from '#domain/review/review.ts';
import type { Run } from '#domain/run/run.ts';
import type { RunbookStep } from '#domain/runbook/runbook.ts';
import { failedStepText, modelEvidence, modelNote, modelWhy } from '#domain/wording/model-text.ts';
import type { SolutionVersion } from '#ports/stores/solution-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { askPatiently } from './ask-patiently.ts';
import type { Core } from './core.ts';
import { ownAuthor } from './propose-better.ts';
import { isInForce, writtenOf } from './propose-by-hand.ts';
import { proposeNext } from './propose-next.ts';
import { writeNext } from './write-next.ts';

type Needs = Pick<
  Core,
  'unitOfWork' | 'askModel' | 'ids' | 'redact' | 'commandParser' | 'runbookParser' | 'logger' | 'postsWaiting'
>;

/** What is asked about: a run whose runbook was not enough by rules, and the version that was put into review for it. */
interface Asking {
  readonly run: Run;
  readonly version: SolutionVersion;
  readonly open: WaitingReview;
}

/**
 * Asks the model about a run that its runbook did not help in, where the rules had no more to go by than which step failed.
 * What it says is shown to whoever reviews, as what nobody has checked; steps that it proposes are judged by the rules and
 * become the next version in review, in the place of the one without them. Nothing of it runs. A model that is away is asked
 * again by the queue (a Fault); one that answers what it should not is passed over.
 */
export function createConsultModel(needs: Needs) {
  const { unitOfWork, askModel, logger, postsWaiting } = needs;
  return async (workspace: WorkspaceId, id: RunId, signal: AbortSignal): Promise<void> => {
    const asked = await unitOfWork.within(workspace, (transaction) => prepare(transaction, id));
    if (!asked || !askModel) return;
    const question = { prompt: 'better-runbook', inputs: asked.inputs, schema: modelViewSchema } as const;
    const answer = await askPatiently(askModel, question, signal);
    const view = answer && readModelView(answer.value);
    if (!view) return logger.warn({ run: id }, 'the chat model gave no answer to go by; rules alone decide');
    const { by } = answer;
    await unitOfWork.within(workspace, (transaction) => keep(needs, transaction, id, { view, by }));
    postsWaiting();
  };
}

async function find(transaction: Transaction, id: RunId): Promise<Asking | undefined> {
  const { runs, solutions, reviews } = transaction;
  const run = await runs.find(id);
  const version = run && (await solutions.version(run.versionId));
  if (!run || version?.content.kind !== 'runbook' || !isInForce(version)) return undefined;
  const open = (await reviews.named(version.slug)).find(
    (one) => one.author === ownAuthor && one.parentId === run.versionId && one.runs.includes(id),
  );
  return open && { run, version, open };
}

async function prepare(transaction: Transaction, id: RunId) {
  const found = await find(transaction, id);
  if (!found) return undefined;
  const steps = await transaction.runs.steps(id);
  const failed = steps.findLast(({ state }) => state === 'failed' || state === 'timed-out');
  const { stdout = '', stderr = '' } = failed?.result ?? {};
  const inputs = {
    runbook: found.version.text,
    failed_step: failedStepText(failed),
    output: [stdout, stderr].filter((text) => text !== '').join('\n'),
    why: found.open.why,
  };
  return { inputs };
}

interface Said {
  readonly view: ModelView;
  readonly by: string;
}

async function keep(needs: Needs, transaction: Transaction, id: RunId, { view, by }: Said): Promise<void> {
  const { reviews, audit, solutions } = transaction;
  const { redact } = needs;
  const run = await transaction.runs.find(id);
  const known = run && (await solutions.version(run.versionId));
  if (known) await reviews.hold(known.solutionId);
  const found = await find(transaction, id);
  // Somebody decided meanwhile, or a job that came twice was here before.
  const evidence = redact(modelEvidence(by, view));
  if (!found || found.open.evidence.includes(evidence)) return;
  const steps = await proposeSteps(needs, transaction, found, { view, by, evidence });
  if (steps.length === 0) await reviews.attach(found.open.versionId, evidence);
  await audit.append({
    actor: ownAuthor,
    event: 'run.consulted',
    details: { run: id, by, cause: view.cause, why: redact(view.why), steps: steps.length },
  });
}

/** The steps that were put into review. */
async function proposeSteps(
  needs: Needs,
  transaction: Transaction,
  { run, version, open }: Asking,
  { view, by, evidence }: Said & { readonly evidence: string },
): Promise<readonly RunbookStep[]> {
  const before = writtenOf(open);
  if (!before) return [];
  const proposed = stepsByModel(before.runbook, view.steps, modelNote(by), {
    parse: needs.commandParser.parse,
    isClean: (text) => needs.redact(text) === text,
  });
  // One that does not read as it should takes no other along.
  const steps = proposed.filter((step) => writeNext(needs, before, { steps: [step], parameters: [] }));
  const next = steps.length === 0 ? undefined : writeNext(needs, before, { steps, parameters: [] });
  const why = modelWhy(steps.map(({ title }) => title));
  if (!next || (await transaction.reviews.wasRejected({ parent: run.versionId, why }))) return [];
  await proposeNext(needs, transaction, {
    ...{ version, parent: run.versionId, open, next, why, evidence, run: run.id },
    ...{ author: ownAuthor, source: 'model', incident: run.incidentId },
  });
  return steps;
}

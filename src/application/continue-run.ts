import { type RunId, readId, type StepId, type WorkspaceId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step, StepState } from '#domain/run/step.ts';
import { hasComeTo, isNewest } from '#domain/run/turn.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { advanceRun, proposeStep } from './advance-run.ts';
import { closeRun } from './close-run.ts';
import type { Core } from './core.ts';
import { goOnWithin } from './go-on-fan-out.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { stampCard } from './step-view.ts';

type Needs = Pick<
  Core,
  'unitOfWork' | 'ids' | 'commandParser' | 'lineDiff' | 'settings' | 'redact' | 'instance'
>;

/** Ends of a step after which a person chooses: propose it again, go on without it, or stop. */
const openEnds: readonly StepState[] = [
  'failed',
  'timed-out',
  'cancelled',
  'cancel-unconfirmed',
  'unknown',
  'rejected',
  'expired',
];

/** "Propose again" and "Skip" on a step that ended without success. */
export function createContinueRun(needs: Needs) {
  return (intent: ButtonPressed, choice: 'again' | 'without'): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const found = await findLast(transaction, intent.action.id);
      const refusal = refuse(person, found);
      if (refusal || !found)
        return transaction.outbox.notify(
          needs.ids.next(),
          intent.place,
          person.externalId,
          notice(refusal ?? ''),
        );
      await transaction.audit.append({
        actor: person.externalId,
        event: choice === 'again' ? 'step.proposed-again' : 'step.passed-over',
        details: { step: found.step.id, run: found.run.id, state: found.step.state },
      });
      await goOn(needs, transaction, { intent, choice, ...found });
    });
}

interface Found {
  readonly step: Step;
  readonly run: Run;
  readonly isLast: boolean;
  /** What comes before it is done with. */
  readonly hasTurn: boolean;
}

async function findLast({ runs }: Transaction, id: string): Promise<Found | undefined> {
  const stepId = readId<StepId>(id);
  const step = stepId && (await runs.lockStep(stepId));
  const run = step && (await runs.find(step.runId));
  if (!step || !run) return undefined;
  const steps = await runs.steps(run.id);
  return { step, run, isLast: isNewest(steps, step.id), hasTurn: hasComeTo(steps, step.id) };
}

function refuse(person: Person, found: Found | undefined): string | undefined {
  if (!found) return 'This step is gone.';
  if (!hasRole(person.role, 'responder')) return 'Going on with a run needs the role responder or higher.';
  if (found.run.state !== 'active') return 'This run has ended.';
  if (!found.isLast || !openEnds.includes(found.step.state))
    return 'The run has moved on already; see the newest step below.';
  return found.hasTurn
    ? undefined
    : 'It is not its turn: a step before it has not ended, or waits for a choice.';
}

interface Chosen extends Found {
  readonly intent: ButtonPressed;
  readonly choice: 'again' | 'without';
}

/** The choice is kept with the step: what is heard of it later changes nothing. */
async function goOn(needs: Needs, transaction: Transaction, chosen: Chosen): Promise<void> {
  const { id } = chosen.step;
  await transaction.runs.choose(id);
  await takeNext(needs, transaction, chosen);
  const step = await transaction.runs.step(id);
  if (step) await stampCard(needs, transaction, step, 'progress');
}

async function takeNext(
  needs: Needs,
  transaction: Transaction,
  { intent, choice, step, run }: Chosen,
): Promise<void> {
  const { place } = intent;
  const version = await transaction.solutions.version(run.versionId);
  if (choice === 'without' || version?.content.kind !== 'runbook')
    return advanceRun(needs, transaction, { ...place, run, after: step.position, round: step.round });
  const { runbook } = version.content;
  const { position, round } = step;
  await proposeStep(needs, transaction, { ...place, run, runbook, position, round });
}

/** "Stop the run": nothing more is proposed, and what runs on a host is cancelled there. */
export function createStopRun(needs: Needs) {
  return (intent: ButtonPressed): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const tell = (text: string) =>
        transaction.outbox.notify(needs.ids.next(), intent.place, person.externalId, notice(text));
      const id = readId<RunId>(intent.action.id);
      const run = id && (await transaction.runs.find(id));
      if (run?.state !== 'active') return tell('This run has ended already.');
      if (!hasRole(person.role, 'responder'))
        return tell('Stopping a run needs the role responder or higher.');
      await closeRun(needs, transaction, run, 'stopped');
      await withdrawSteps(needs, transaction, intent.place.workspace, run);
      const details = { run: run.id };
      await transaction.audit.append({ actor: person.externalId, event: 'run.stopped', details });
    });
}

/** One that nobody watches any more is ended by whoever asks its host. */
async function endOnHost(
  { runs, enqueue }: Transaction,
  workspace: WorkspaceId,
  { id, state, fanOut, lingers }: Step,
): Promise<void> {
  await runs.requestCancel(id);
  if ((state === 'unknown' || lingers) && fanOut === null)
    await enqueue({ kind: 'inquire-step', workspace, stepId: id });
}

/** On every host: what runs is ended there, what waits does not begin. True while parts are still to end it. */
async function stopParts(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
  { id, runId }: Step,
): Promise<boolean> {
  const { runs } = transaction;
  const state = (await runs.lockStep(id))?.state;
  // After a crash the whole is unknown, and what it began may still run.
  if (state !== 'running' && state !== 'unknown') return false;
  for (const part of await runs.parts(runId)) {
    if (part.partOf !== id) continue;
    await endOnHost(transaction, workspace, part);
    await runs.withdraw(part.id);
  }
  if (state === 'unknown') return false;
  await goOnWithin(needs, transaction, workspace, id);
  return true;
}

async function withdrawSteps(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
  run: Run,
): Promise<void> {
  const { runs } = transaction;
  for (const step of await runs.steps(run.id)) {
    if (step.fanOut && (await stopParts(needs, transaction, workspace, step))) continue;
    await endOnHost(transaction, workspace, step);
    const withdrawn = await transaction.runs.withdraw(step.id);
    await stampCard(needs, transaction, withdrawn ?? step, 'approval');
  }
}

import { type RunId, readId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step, StepState } from '#domain/run/step.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { rollBackWaits } from '#domain/wording/linger-text.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { advanceRun } from './advance-run.ts';
import type { Core } from './core.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { stampVerdict } from './stamp-verdict.ts';
import { stampCard } from './step-view.ts';
import { lingersIn, mayTurnBack } from './turn-back.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'commandParser' | 'lineDiff' | 'settings' | 'redact'>;

/** What may still do something on a host: undoing would race with it. What was only approved is withdrawn instead. */
const underWay: readonly StepState[] = ['claimed', 'running'];

/**
 * "Roll back": the run turns round, also after its end, and the steps of its rollback section are proposed one by one,
 * each with the approval that its risk needs. Whoever asks for it is the requester from here on.
 */
export function createRollBack(needs: Needs) {
  return (intent: ButtonPressed): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const tell = (text: string) =>
        transaction.outbox.notify(needs.ids.next(), intent.place, person.externalId, notice(text));
      const found = await findRun(transaction, intent.action.id);
      const refusal = await refuse(transaction, person, found);
      if (refusal !== undefined || !found) return tell(refusal ?? '');
      if (!(await transaction.runs.turnBack(found.run.id, person.id))) return tell(turned);
      await turn(needs, transaction, { intent, person, run: found.run });
    });
}

interface Found {
  readonly run: Run;
  readonly runbook: Runbook;
}

async function findRun({ runs, solutions }: Transaction, id: string): Promise<Found | undefined> {
  const runId = readId<RunId>(id);
  const run = runId && (await runs.find(runId));
  const version = run && (await solutions.version(run.versionId));
  return run && version?.content.kind === 'runbook' ? { run, runbook: version.content.runbook } : undefined;
}

const turned = 'This run is being rolled back already; see its steps below.';

async function refuse(
  transaction: Transaction,
  person: Person,
  found: Found | undefined,
): Promise<string | undefined> {
  if (!found) return 'This run is gone.';
  if (!hasRole(person.role, 'responder')) return 'Rolling back needs the role responder or higher.';
  if (found.run.direction === 'rollback') return turned;
  if (await lingersIn(transaction, found.run)) return rollBackWaits;
  if (!(await mayTurnBack(transaction, found.runbook, found.run)))
    return 'Nothing was changed that this runbook could undo.';
  const steps = await holdSteps(transaction, found.run);
  return steps.some(({ state }) => underWay.includes(state))
    ? 'A step is still under way. Wait for its end, or stop the run first.'
    : undefined;
}

/** Held until the transaction ends, so that no runner claims one of them meanwhile. */
async function holdSteps({ runs }: Transaction, { id }: Run): Promise<readonly Step[]> {
  const held: Step[] = [];
  for (const step of await runs.steps(id)) held.push((await runs.lockStep(step.id)) ?? step);
  return held;
}

async function turn(
  needs: Needs,
  transaction: Transaction,
  { intent, person, run }: { readonly intent: ButtonPressed; readonly person: Person; readonly run: Run },
): Promise<void> {
  const back: Run = { ...run, direction: 'rollback', state: 'active', requestedBy: person.id };
  await transaction.audit.append({
    actor: person.externalId,
    event: 'run.rolled-back',
    details: { run: run.id },
  });
  for (const step of await transaction.runs.steps(run.id)) {
    const withdrawn = await transaction.runs.withdraw(step.id);
    await transaction.runs.choose(step.id);
    // Every card is drawn anew: what was offered on the way forward is not offered any more.
    await stampCard(needs, transaction, withdrawn ?? step, 'approval');
  }
  const recommendation = await transaction.recommendations.find(run.recommendationId);
  if (recommendation) await stampVerdict(transaction, recommendation);
  await advanceRun(needs, transaction, { ...intent.place, run: back, after: -1, round: 0 });
}

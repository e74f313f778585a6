import type { WorkspaceId } from '#domain/ids.ts';
import type { Step } from '#domain/run/step.ts';
import { lostNotice } from '#domain/wording/lost-text.ts';
import type { Urgency } from '#ports/stores/outbox.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { escalateRun } from './escalate-alerts.ts';
import { stampCard } from './step-view.ts';
import { tendAlerts } from './tend-alerts.ts';
import { wakeWaiting } from './wake-waiting.ts';

/** Longer than any platform delivers again, and than reactions are read back. */
const deliveryDays = 8;
/** Longer than the beginning of an alert is looked for that ends without saying when it began; and what a past is told of. */
const alertDays = { events: 40, incidents: 180 } as const;
/** A turn must not hold up the embedded database. */
const deliveriesAtOnce = 100;

type Needs = Pick<
  Core,
  | 'unitOfWork'
  | 'ids'
  | 'clock'
  | 'postsWaiting'
  | 'settings'
  | 'tickets'
  | 'isBehind'
  | 'commandParser'
  | 'redact'
>;

/**
 * Puts right what time or a crash left behind: expired proposals lose their buttons, claims of dead runners become
 * approved again (nothing was sent), runs whose alerts go on are told to have had no effect, running steps of dead runners become unknown, are reported in their thread and asked after on their host, and
 * deliveries and alerts of long ago are forgotten.
 */
export function createSweep(needs: Needs) {
  const { unitOfWork, postsWaiting } = needs;
  return async (workspace: WorkspaceId): Promise<void> => {
    await unitOfWork.within(workspace, async (transaction) => {
      await transaction.inbox.forget(deliveryDays, deliveriesAtOnce);
      await transaction.alerts.forget(alertDays, deliveriesAtOnce);
      await tendAlerts(needs, transaction, workspace);
      for (const step of await transaction.runs.expireProposals()) {
        await showChange(needs, transaction, workspace, step, 'progress');
        await callForRun(needs, transaction, step);
      }
      for (const step of await transaction.runs.reviveClaims())
        await transaction.enqueue({ kind: 'execute-step', workspace, stepId: step.id });
      for (const step of await transaction.runs.expireRunners())
        await reportUnknown(needs, transaction, workspace, step);
    });
    postsWaiting();
  };
}

/** A part is shown by its whole, which is held before its parts are: in a transaction of its own. */
async function showChange(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
  step: Step,
  urgency: Urgency,
): Promise<void> {
  if (step.partOf === null) return stampCard(needs, transaction, step, urgency);
  await transaction.enqueue({ kind: 'execute-step', workspace, stepId: step.partOf });
}

/** Nobody decided in time, or nobody knows how it ended: a run in a thread of alerts waits for a person. */
async function callForRun(needs: Needs, transaction: Transaction, { runId }: Step): Promise<void> {
  const run = await transaction.runs.find(runId);
  const incident = run && (await transaction.incidents.find(run.incidentId));
  if (incident) await escalateRun(needs, transaction, incident, 'stuck');
}

async function reportUnknown(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
  step: Step,
): Promise<void> {
  await wakeWaiting(transaction, workspace, step);
  await transaction.audit.append({ actor: 'sweep', event: 'step.unknown', details: { step: step.id } });
  await transaction.enqueue({ kind: 'inquire-step', workspace, stepId: step.id });
  await showChange(needs, transaction, workspace, step, 'approval');
  const run = await transaction.runs.find(step.runId);
  const incident = run && (await transaction.incidents.find(run.incidentId));
  const host = await transaction.hosts.find(step.hostId);
  if (!run || !incident) return;
  const lost = lostNotice({
    title: step.title,
    host: host?.name ?? null,
    isActive: run.state === 'active',
    isPart: step.partOf !== null,
  });
  await transaction.outbox.post(needs.ids.next(), incident, lost, 'approval');
  await escalateRun(needs, transaction, incident, 'stuck');
}

import type { AlertDue } from '#domain/alert/alert-due.ts';
import type { Escalation, EscalationLevel } from '#domain/alert/escalation.ts';
import type { PostId, WorkspaceId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import {
  calledElsewhereNote,
  type EscalationView,
  escalationCard,
  nobodyLeftNote,
  whomLine,
} from '#domain/wording/escalation-card.ts';
import type { AlertEscalation } from '#ports/stores/alert-escalation-store.ts';
import type { AlertIncident, AlertTally } from '#ports/stores/alert-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { calledPeople } from './called-people.ts';
import type { Core } from './core.ts';
import { escalatedAs, escalationNamed, isEscalating, tallyOf } from './escalation-places.ts';
import { redrawAlertCard } from './judge-alerts.ts';
import { threadOfAlerts } from './thread-of-alerts.ts';

type Needs = Pick<Core, 'ids' | 'settings'>;

/** One escalation of one incident, as it is now. */
interface Escalating {
  readonly incident: AlertIncident;
  readonly tally: AlertTally;
  readonly escalation: Escalation;
  readonly state: AlertEscalation;
}

const lookAgainMs = 5_000;

/** The time of a level has come: it is told unless somebody acted, and the clock of the next one begins. */
export async function escalateDue(
  needs: Needs & Pick<Core, 'isBehind' | 'tickets'>,
  transaction: Transaction,
  workspace: WorkspaceId,
  due: AlertDue,
): Promise<void> {
  // Somebody may have acted while this process was away, and it has not heard of it yet.
  if (needs.isBehind(workspace)) return transaction.alertDues.set(due, lookAgainMs).then();
  const { alerts, alertDues, alertEscalations, alertJudgements } = transaction;
  const [incident] = await alerts.incidents([due.incident]);
  const states = await alertEscalations.lock(due.incident);
  const state = states.find(({ name }) => name === due.subject);
  const escalation = escalationNamed(needs.settings, due.subject);
  if (!incident || !state || state.isAnswered || !escalation) return;
  const snoozed = await alertJudgements.snoozed(incident.id);
  // Called when that is over, from the first level on.
  if (snoozed)
    return alertDues.set(due, snoozed.until - (await transaction.now()) + waitOf(escalation, 0)).then();
  const tally = await tallyOf(transaction, incident);
  await tellFrom(needs, transaction, { incident, tally, escalation, state }, state.level);
  await redrawAlertCard(needs, transaction, incident);
}

/**
 * A run in this thread came to a halt, or ended without having helped. Whoever acted before did not end it: after a halt the
 * clock begins anew, after the end the next level is told at once, and the last one again where all were told.
 */
export async function escalateRun(
  needs: Needs,
  transaction: Transaction,
  { channel, thread }: Pick<Incident, 'channel' | 'thread'>,
  reason: 'stuck' | 'failed',
): Promise<void> {
  const { alerts, alertDues, alertEscalations } = transaction;
  const found = isEscalating(needs.settings) ? await alerts.inThread(channel, thread) : undefined;
  const [incident] = found ? await alerts.incidents([escalatedAs(found)]) : [];
  if (!incident || incident.resolvedAt !== null) return;
  for (const before of await alertEscalations.lock(incident.id)) {
    const escalation = escalationNamed(needs.settings, before.name);
    if (!escalation) continue;
    const level = Math.min(before.level, escalation.levels.length - 1);
    await alertEscalations.set(incident.id, before.name, { level, reason }, true);
    const due = { incident: incident.id, kind: 'escalate', subject: before.name } as const;
    await alertDues.set(due, reason === 'failed' ? 0 : waitOf(escalation, level));
    await alertDues.set(cardOf(incident.id), 0);
  }
}

/** What was quiet is told again, or something joined what was called noise: all begins anew. */
export async function restartEscalations(
  { settings }: Pick<Core, 'settings'>,
  { alertDues, alertEscalations }: Transaction,
  incident: AlertIncident['id'],
): Promise<void> {
  if (!isEscalating(settings)) return;
  for (const { name } of await alertEscalations.lock(incident)) {
    const escalation = escalationNamed(settings, name);
    if (!escalation) continue;
    await alertEscalations.set(incident, name, { level: 0, reason: 'unanswered' }, true);
    await alertDues.set({ incident, kind: 'escalate', subject: name }, waitOf(escalation, 0));
    await alertDues.set(cardOf(incident), 0);
  }
}

const cardOf = (incident: AlertIncident['id']): AlertDue => ({ incident, kind: 'card', subject: '' });

const waitOf = ({ levels }: Escalation, level: number): number => levels[level]?.afterMs ?? 0;

/** Tells a level, and at once the one after it where it is not sure that anybody was reached. */
async function tellFrom(
  needs: Needs,
  transaction: Transaction,
  of: Escalating,
  first: number,
): Promise<void> {
  const { alertDues, alertEscalations, outbox } = transaction;
  const { incident, escalation, state } = of;
  const { levels } = escalation;
  let level = first;
  let isReached = false;
  while (!isReached && level < levels.length) {
    isReached = await tellLevel(needs, transaction, of, level);
    level += 1;
  }
  await alertEscalations.set(incident.id, state.name, { level, reason: state.reason }, false);
  const due = { incident: incident.id, kind: 'escalate', subject: state.name } as const;
  if (level < levels.length) await alertDues.set(due, waitOf(escalation, level));
  else if (!isReached)
    await outbox.post(
      needs.ids.next(),
      await homeOf(transaction, incident),
      nobodyLeftNote(of.tally),
      'answer',
    );
}

/** Whether it is sure that somebody was called. */
async function tellLevel(
  { ids }: Needs,
  transaction: Transaction,
  { incident, tally, escalation, state }: Escalating,
  number: number,
): Promise<boolean> {
  const { alertEscalations, audit, outbox } = transaction;
  const level = escalation.levels[number];
  if (!level) return false;
  const { people, channel } = level;
  const called = await calledPeople(transaction, people);
  const home = await homeOf(transaction, incident);
  const view: EscalationView = {
    id: incident.id,
    counts: tally,
    reason: state.reason,
    waitedMs: Math.max(0, (await transaction.now()) - state.since),
    called,
    thread: channel === null ? null : home,
    next: await nextOf(transaction, escalation.levels[number + 1]),
  };
  const postId = ids.next<PostId>();
  const place = channel === null ? home : { channel, thread: null };
  await outbox.post(postId, place, escalationCard(view), 'approval');
  await alertEscalations.keepPost(postId, incident.id, state.name);
  if (channel !== null) await outbox.post(ids.next(), home, calledElsewhereNote(view, channel), 'answer');
  const details = { alerts: incident.id, escalation: state.name, level: number + 1, people, channel };
  await audit.append({ actor: 'alerts', event: 'alerts.escalated', details });
  return channel !== null || called.some(({ reached }) => reached === 'yes');
}

async function nextOf(
  transaction: Transaction,
  level: EscalationLevel | undefined,
): Promise<EscalationView['next']> {
  if (!level) return null;
  const names = (await calledPeople(transaction, level.people)).map(({ name }) => name);
  return { inMs: level.afterMs, whom: whomLine(names, level.channel) };
}

/** The thread of the alerts, or their channel while there is none. */
async function homeOf(transaction: Transaction, incident: AlertIncident) {
  const place = await threadOfAlerts(transaction, incident);
  return { channel: incident.channel, thread: place?.thread ?? null };
}

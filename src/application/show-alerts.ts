import type { Alert } from '#domain/alert/alert.ts';
import type { AlertIncidentId, PostId, WorkspaceId } from '#domain/ids.ts';
import type { MessagePosted } from '#domain/intent.ts';
import { joinedCard, severityOn } from '#domain/wording/alert-card.ts';
import type { AlertIncident } from '#ports/stores/alert-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { drawAlertCard, drawStormCard } from './draw-alert-card.ts';
import { followTickets } from './settle-tickets.ts';
import { tellAlertThread } from './tell-alert-thread.ts';

type Needs = Pick<Core, 'ids' | 'settings' | 'clock' | 'tickets'>;

/** What changed in one channel. */
interface Changed {
  readonly workspace: WorkspaceId;
  readonly channel: string;
  /** Incidents that got something new, oldest first. */
  readonly touched: readonly AlertIncidentId[];
  /** Incidents that became a part of another one, as they were. */
  readonly gone: readonly AlertIncident[];
  readonly merged: ReadonlyMap<AlertIncidentId, AlertIncidentId>;
}

/** Alerts were kept quiet until now: they are shown as if they had just begun, if they still go on. */
export async function showAwake(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
  id: AlertIncidentId,
): Promise<void> {
  const [incident] = await transaction.alerts.incidents([id]);
  if (!incident || incident.resolvedAt !== null) return;
  const { channel } = incident;
  await showAlerts(needs, transaction, { workspace, channel, touched: [id], gone: [], merged: new Map() });
}

/**
 * Brings the cards of incidents up to date: one thread for each, edited rather than repeated, and one card for all that
 * begins while more comes in than a channel can read.
 */
export async function showAlerts(needs: Needs, transaction: Transaction, changed: Changed): Promise<void> {
  const { alerts } = transaction;
  const over = await alerts.areOver(changed.touched);
  await handOverCards(needs, transaction, changed);
  const storms = new Set<AlertIncidentId>();
  for (const incident of await alerts.incidents(changed.touched)) {
    const shown = await showOne(needs, transaction, changed.workspace, {
      incident,
      isOver: over.has(incident.id),
    });
    if (shown.storm) storms.add(shown.storm);
  }
  for (const root of await alerts.incidents([...storms])) {
    if (root.postId)
      await transaction.outbox.revise(root.postId, await drawStormCard(needs, transaction, root), 'progress');
  }
}

async function handOverCards(
  needs: Needs,
  transaction: Transaction,
  { gone, merged }: Changed,
): Promise<void> {
  for (const one of gone) {
    const into = merged.get(one.id);
    const [heir] = into ? await transaction.alerts.incidents([into]) : [];
    if (one.postId && heir) await handOver(needs, transaction, one.postId, heir);
  }
}

/** The first card of incidents that became one stays theirs; the others say where it goes on. */
async function handOver(
  needs: Needs,
  transaction: Transaction,
  postId: PostId,
  heir: AlertIncident,
): Promise<void> {
  const { alerts, outbox } = transaction;
  if (heir.postId === null && (await alerts.setCard(heir.id, { postId })))
    return askOpinion(needs, transaction, heir.id);
  const card = await outbox.find(postId);
  const thread = (heir.postId && (await outbox.find(heir.postId))?.externalId) ?? null;
  if (card)
    await outbox.revise(postId, joinedCard(card.reply.summary, { channel: heir.channel, thread }), 'answer');
}

interface Judged {
  readonly incident: AlertIncident;
  readonly isOver: boolean;
}

/** Tells in which storm it is counted, if in one. */
async function showOne(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
  judged: Judged,
): Promise<{ readonly storm: AlertIncidentId | null }> {
  const { alerts, outbox } = transaction;
  const { incident, isOver } = judged;
  const wasOver = incident.resolvedAt !== null;
  if (isOver !== wasOver) await alerts.setResolved(incident.id, isOver ? needs.clock.now() : null);
  if (incident.storm) return { storm: incident.storm };
  if (!incident.postId) {
    // What was over before anybody saw it needs no thread, and what a person keeps quiet gets one later.
    const needsNone = isOver || (await staysQuiet(transaction, incident.id));
    return needsNone ? { storm: null } : openCard(needs, transaction, workspace, incident);
  }
  const before = await outbox.find(incident.postId);
  const tally = await alerts.tally(incident.id, false);
  const card = await drawAlertCard(needs, transaction, incident, tally);
  await outbox.revise(incident.postId, card, isOver === wasOver ? 'progress' : 'answer');
  const severity = severityOn(before?.reply);
  await tellAlertThread(needs, transaction, incident, { tally, isChanged: isOver !== wasOver, severity });
  await followTickets(needs, transaction, incident, { isOver, isBack: wasOver && !isOver });
  return { storm: null };
}

/** Snoozed: it is looked at again when that is over. */
export async function staysQuiet(transaction: Transaction, incident: AlertIncidentId): Promise<boolean> {
  const snoozed = await transaction.alertJudgements.snoozed(incident);
  if (!snoozed) return false;
  const inMs = Math.max(0, snoozed.until - (await transaction.now()));
  await transaction.alertDues.set({ incident, kind: 'unsnooze', subject: '' }, inMs);
  return true;
}

async function openCard(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
  incident: AlertIncident,
): Promise<{ readonly storm: AlertIncidentId | null }> {
  const { ids, settings, clock } = needs;
  const { alerts, outbox, openings } = transaction;
  const { id, channel } = incident;
  const { cards, withinMs } = settings.alerts.storm;
  const lately = await alerts.lately(channel, withinMs);
  if (lately.storm) {
    const { storm } = lately;
    return (await alerts.setCard(id, { storm })) ? { storm } : showAgain(needs, transaction, workspace, id);
  }
  const isStorm = lately.cards >= cards;
  const postId = ids.next<PostId>();
  if (!(await alerts.setCard(id, isStorm ? { postId, storm: id } : { postId })))
    return showAgain(needs, transaction, workspace, id);
  const place = { channel, thread: null };
  if (isStorm) {
    await outbox.post(postId, place, await drawStormCard(needs, transaction, incident), 'answer');
    return { storm: null };
  }
  const tally = await alerts.tally(id, false);
  await outbox.post(postId, place, await drawAlertCard(needs, transaction, incident, tally), 'answer');
  const [head] = tally.alerts;
  if (head) await openings.add(postId, messageOf(workspace, channel, head, clock.now()));
  await askOpinion(needs, transaction, id);
  return { storm: null };
}

/** When an incident gets its card, so once, and of what is counted in a storm never: as often in a channel as it may get cards. */
async function askOpinion(
  { settings, clock }: Needs,
  { enqueue, workspace }: Transaction,
  incident: AlertIncidentId,
): Promise<void> {
  if (settings.consults) await enqueue({ kind: 'consult-noise', workspace, incident, openedAt: clock.now() });
}

/** Another one gave it a card just now, so that one is brought up to date. */
async function showAgain(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
  id: AlertIncidentId,
): Promise<{ readonly storm: AlertIncidentId | null }> {
  const [incident] = await transaction.alerts.incidents([id]);
  if (!incident || (incident.postId ?? incident.storm) === null) return { storm: null };
  return showOne(needs, transaction, workspace, { incident, isOver: incident.resolvedAt !== null });
}

/** The alert as a message of its sender, so that it is answered as any other. */
function messageOf(workspace: WorkspaceId, channel: string, alert: Alert, at: number): MessagePosted {
  const { source, name, summary, description, labels, runbookUrl } = alert;
  return {
    kind: 'message-posted',
    place: { workspace, channel, thread: null },
    speaker: { externalId: `alerts:${source}`, name: source, standing: 'bot', groups: [] },
    id: `alerts:${source}`,
    text: [summary === '' || summary === name ? name : `${name}: ${summary}`, description]
      .filter((text) => text !== '')
      .join('\n'),
    mentionsBot: true,
    at,
    alert: { labels, runbookUrl },
  };
}

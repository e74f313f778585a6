import type { ResolvedBy } from '#domain/automatic-capture/capture.ts';
import type { IncidentId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import { type DraftFate, decidedDraftCard, recordingNote } from '#domain/wording/draft-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

type Needs = Pick<Core, 'ids' | 'settings'>;
type Thread = Pick<Incident, 'id' | 'channel' | 'thread'>;

/** Whether an administrator has put the channel on `auto`: no default ever is. */
export async function isCaptured(
  { channels }: Pick<Transaction, 'channels'>,
  { channel }: Pick<Incident, 'channel'>,
): Promise<boolean> {
  return (await channels.settings(channel)).mode === 'auto';
}

/** Says in a thread, once, that it is recorded, where the channel opted in. True when it is. */
export async function beginCapture(
  { ids }: Pick<Needs, 'ids'>,
  transaction: Transaction,
  incident: Thread,
): Promise<boolean> {
  if (!(await isCaptured(transaction, incident))) return false;
  if (await transaction.captures.begin(incident.id))
    await transaction.outbox.post(ids.next(), incident, recordingNote(), 'answer');
  return true;
}

/** It looks resolved: a case is drafted once it has been quiet for a while. */
export async function settleCapture(
  needs: Needs,
  transaction: Transaction,
  incident: Thread,
  because: ResolvedBy,
): Promise<void> {
  if (!(await beginCapture(needs, transaction, incident))) return;
  await transaction.captures.settle(incident.id, because, needs.settings.capture.quietMs);
}

/** It is not resolved after all: nothing is drafted, and a draft that waits is withdrawn. */
export async function unsettleCapture(transaction: Transaction, { id, thread }: Thread): Promise<void> {
  const waiting = await transaction.captures.waiting(id);
  const postId = await transaction.captures.unsettle(id);
  if (!postId) return;
  const card = decidedDraftCard(waiting?.draft.title ?? '', { kind: 'back' }, thread);
  await transaction.outbox.revise(postId, card, 'answer');
}

/** Ends what was or would be drafted of a thread, and says so on the card of its draft. */
export async function closeCapture(
  { captures, outbox }: Transaction,
  { id, thread }: { readonly id: IncidentId; readonly thread: string },
  fate: Exclude<DraftFate, { kind: 'lapsed' | 'back' }>,
): Promise<void> {
  const ended = await captures.close(id, fate.kind === 'saved' ? 'saved' : 'discarded');
  if (ended) await outbox.revise(ended.postId, decidedDraftCard(ended.draft.title, fate, thread), 'answer');
}

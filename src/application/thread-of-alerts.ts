import type { AlertIncident } from '#ports/stores/alert-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** The thread of alerts, and the incident of that; undefined while their card has not been sent. */
export async function threadOfAlerts(
  { incidents, outbox }: Transaction,
  { channel, postId }: Pick<AlertIncident, 'channel' | 'postId'>,
) {
  const thread = postId && (await outbox.find(postId))?.externalId;
  return thread ? { channel, thread, opened: await incidents.inThread(channel, thread) } : undefined;
}

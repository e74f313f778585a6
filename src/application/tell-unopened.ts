import { unopenedNotice } from '#domain/wording/fault-notice.ts';
import type { OutgoingPost } from '#ports/stores/outbox.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

/**
 * The platform refuses the message that was to open a thread: what waited for that thread is dropped, and whoever
 * asked is told, alone, why and what to do.
 */
export async function tellUnopened(
  { ids }: Pick<Core, 'ids'>,
  { openings, outbox }: Pick<Transaction, 'openings' | 'outbox'>,
  { id }: Pick<OutgoingPost, 'id'>,
  error: unknown,
): Promise<void> {
  const dropped = await openings.drop(id);
  if (dropped)
    await outbox.notify(ids.next(), dropped.place, dropped.speaker.externalId, unopenedNotice(error));
}

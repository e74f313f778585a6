import { unusedCard } from '#domain/wording/unused-cards.ts';
import type { UnusedSolution } from '#ports/stores/solution-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { hiddenFrom } from './hidden-from.ts';

type Needs = Pick<Core, 'ids' | 'settings' | 'clock'>;

const dayMs = 86_400_000;
/** As many as a message names, and as many as are counted. */
const named = 8;
const counted = 1000;

/**
 * Tells the owners in their channel of what nobody has used for long, once of each: of what was used last long enough ago now and
 * was not yet when the last fold was. Where nobody named a channel it waits in the list of reviews alone. Returns the names.
 */
export async function tellUnused(
  { ids, settings, clock }: Needs,
  transaction: Transaction,
  channel: string | null,
  lastFoldAt: number | null,
): Promise<readonly string[]> {
  if (channel === null) return [];
  // Everybody there reads it, so nothing is told that viewers are not shown.
  const hidden = await hiddenFrom(settings.policy, transaction, { role: 'viewer', channel });
  const after = settings.fold.retireAfterDays;
  const all = await transaction.solutions.unused(counted, after, { hidden });
  const isNew = ({ since }: UnusedSolution) => lastFoldAt === null || since + after * dayMs > lastFoldAt;
  const fresh = all.filter(isNew);
  if (fresh.length === 0) return [];
  const shown = fresh.slice(0, named);
  const card = unusedCard(shown, all.length - shown.length, clock.now());
  await transaction.outbox.post(ids.next(), { channel, thread: null }, card, 'answer');
  return fresh.map(({ slug }) => slug);
}

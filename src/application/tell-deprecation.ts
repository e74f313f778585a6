import type { PostId } from '#domain/ids.ts';
import { deprecatedCard } from '#domain/wording/deprecated-cards.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { countingFor } from './counting-for.ts';
import { ownersPlace, threadOfCase } from './owners-place.ts';
import type { Folded } from './tell-owners.ts';

/**
 * Tells the owners of what was just deprecated, with what can be made of it. Where it can be told nowhere it waits in the
 * list of reviews all the same.
 */
export async function tellDeprecation(
  { ids, settings }: Pick<Core, 'ids' | 'settings'>,
  transaction: Transaction,
  { channel }: Pick<Folded, 'channel'>,
  slug: string,
): Promise<void> {
  const { solutions, reviews, outbox } = transaction;
  const origin = await threadOfCase(transaction, slug);
  const place = await ownersPlace({ settings }, transaction, channel, { slug, origin });
  const [found] = place ? await solutions.deprecated(1, { slug }) : [];
  if (!found || !place) return;
  const postId = ids.next<PostId>();
  await reviews.setPost(found.versionId, postId);
  const merged = await countingFor(transaction, slug);
  await outbox.post(postId, place, deprecatedCard(found, merged.length), 'answer');
}

import { readId, type VersionId } from '#domain/ids.ts';
import type { WaitingReview } from '#domain/review/review.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** What waits under an id of a version, `NAME@VERSION`, or the name of a solution of which one version waits. */
export async function findReview(
  { reviews }: Pick<Transaction, 'reviews'>,
  named: string,
): Promise<WaitingReview | 'ambiguous' | undefined> {
  const id = readId<VersionId>(named);
  if (id !== undefined) return reviews.find(id);
  const [, slug = named, number] = /^(.+)@(\d{1,9})$/.exec(named) ?? [];
  const found = (await reviews.named(slug)).filter(
    ({ version }) => number === undefined || version === Number(number),
  );
  return found.length > 1 ? 'ambiguous' : found[0];
}

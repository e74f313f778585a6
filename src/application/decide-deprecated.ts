import type { VersionId } from '#domain/ids.ts';
import type { DecidedSolution } from '#domain/review/decided-solution.ts';
import { mayReview } from '#domain/review/may-review.ts';
import { settledDeprecationCard } from '#domain/wording/deprecated-cards.ts';
import type { DeprecatedSolution } from '#ports/stores/solution-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import type { Deciding } from './decide-review.ts';

/** What a person makes of what has stopped working: back into force, or out of it for good. */
export type DeprecatedDecision = 'revived' | 'retired';

interface Asked {
  readonly decision: DeprecatedDecision;
  readonly notes: string;
}

/** As a version in review is decided on: by the terms of a change, and by its author only to its disadvantage. */
export async function decideDeprecated(
  { settings }: Pick<Core, 'settings'>,
  transaction: Transaction,
  reviewer: Deciding,
  { id, decision, notes }: Asked & { readonly id: VersionId },
): Promise<DecidedSolution> {
  const { solutions, reviews } = transaction;
  const known = await solutions.version(id);
  if (!known) return { kind: 'gone' };
  const answer = mayReview(
    reviewer,
    known,
    decision === 'revived' ? 'approved' : 'rejected',
    settings.policy,
  );
  if (answer.kind !== 'allowed') return { kind: 'denied', answer };
  await reviews.hold(known.solutionId);
  const [found] = await solutions.deprecated(1, { slug: known.slug });
  if (found?.versionId !== id) return { kind: 'gone' };
  await settleDeprecated(transaction, found, reviewer, { decision, notes });
  return { kind: 'decided', slug: found.slug, version: found.version };
}

/** The same by name for whoever has the shell, who is asked for no role; false when none of that name is deprecated. */
export async function decideDeprecatedNamed(
  transaction: Transaction,
  slug: string,
  by: Pick<Deciding, 'externalId' | 'name'>,
  asked: Asked,
): Promise<boolean> {
  const [first] = await transaction.solutions.deprecated(1, { slug });
  if (!first) return false;
  await transaction.reviews.hold(first.id);
  const [found] = await transaction.solutions.deprecated(1, { slug });
  if (found) await settleDeprecated(transaction, found, by, asked);
  return found !== undefined;
}

/**
 * What was said until now does not deprecate it again once it is revived. Whoever holds its solution changes its state, so
 * that what was found deprecated still is.
 */
async function settleDeprecated(
  { solutions, searchIndex, reviews, audit, outbox }: Transaction,
  found: DeprecatedSolution,
  { externalId: by, name }: Pick<Deciding, 'externalId' | 'name'>,
  { decision, notes }: Asked,
): Promise<void> {
  const { id, versionId, slug, content } = found;
  if (decision === 'revived') {
    await solutions.revive(slug);
    await searchIndex.put([{ id, content }]);
  } else {
    const why = notes === '' ? '' : `: ${notes}`;
    await solutions.retire(versionId, `retired by ${by}${why}`);
  }
  await audit.append({
    actor: by,
    event: `solution.${decision}`,
    details: { solution: id, version: versionId, notes },
  });
  const postId = await reviews.postOf(versionId);
  const who = { externalId: by, name };
  if (postId) await outbox.revise(postId, settledDeprecationCard(found, { decision, notes }, who), 'answer');
}

import type { VersionId } from '#domain/ids.ts';
import { mayReview, type ReviewAnswer, type Reviewer } from '#domain/review/may-review.ts';
import { caseBehind, type ReviewDecision, type WaitingReview } from '#domain/review/review.ts';
import { settledDeprecationCard } from '#domain/wording/deprecated-cards.ts';
import { decidedReviewCard } from '#domain/wording/review-card.ts';
import type { NotDecided } from '#ports/stores/review-store.ts';
import type { SolutionVersion } from '#ports/stores/solution-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

export type DecidedReview =
  | { readonly kind: 'decided'; readonly review: WaitingReview; readonly replaced: string | null }
  | { readonly kind: 'denied'; readonly answer: Exclude<ReviewAnswer, { kind: 'allowed' }> }
  | NotDecided;

/** Whoever decides, under the name that a card shows. */
export interface Deciding extends Reviewer {
  readonly name: string;
}

/**
 * Decides on a version that waits. Approved, it is in force and found from this transaction on, and the case that it was made
 * from makes place for it; the card that told of it is closed. The only way by which a version in review becomes active.
 */
export async function decideReview(
  { settings }: Pick<Core, 'settings'>,
  transaction: Transaction,
  reviewer: Deciding,
  asked: { readonly id: WaitingReview['versionId'] } & Pick<ReviewDecision, 'decision' | 'notes'>,
): Promise<DecidedReview> {
  const { reviews, outbox, audit } = transaction;
  const { id, decision, notes } = asked;
  const review = await reviews.find(id);
  if (!review) return { kind: 'gone' };
  const answer = mayReview(reviewer, review, decision, settings.policy);
  if (answer.kind !== 'allowed') return { kind: 'denied', answer };
  const by = reviewer.externalId;
  const before = review.before && (await transaction.solutions.version(review.before.versionId));
  const decided = await reviews.decide(id, { decision, by, notes });
  if (decided.kind !== 'decided') return decided;
  const replaced = decision === 'approved' ? await putIntoForce(transaction, review) : null;
  await audit.append({
    actor: by,
    event: `version.${decision}`,
    details: {
      ...{ solution: review.solutionId, version: id, number: review.version, notes, replaced },
      ...{ author: review.author, ownWork: review.author === by },
    },
  });
  if (decided.postId) {
    const card = decidedReviewCard(review, { decision, notes }, reviewer);
    await outbox.revise(decided.postId, card, 'answer');
  }
  if (decision === 'approved' && review.before && before?.state === 'deprecated')
    await closeDeprecation(transaction, review.before.versionId, before, reviewer);
  return { kind: 'decided', review, replaced };
}

/** A version that has stopped working waits for nobody any more once another one has its place. */
async function closeDeprecation(
  { reviews, outbox }: Transaction,
  id: VersionId,
  version: SolutionVersion,
  reviewer: Deciding,
): Promise<void> {
  const postId = await reviews.postOf(id);
  const decision = { decision: 'replaced', notes: '' } as const;
  if (postId) await outbox.revise(postId, settledDeprecationCard(version, decision, reviewer), 'answer');
}

/** The name of the case that made place for it. */
async function putIntoForce(
  { searchIndex, solutions, versions }: Transaction,
  review: WaitingReview,
): Promise<string | null> {
  await searchIndex.put([{ id: review.solutionId, content: review.content }]);
  const slug = caseBehind(review);
  const past = slug === undefined ? undefined : await solutions.named(slug);
  if (past?.content.kind !== 'case') return null;
  const reason = `the runbook ${review.slug} was made from it`;
  await versions.restate(past.id, past.version, { state: 'superseded', reason });
  await searchIndex.remove([past.id]);
  return past.slug;
}

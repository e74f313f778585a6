import { type IncidentId, type PostId, readId, type VersionId } from '#domain/ids.ts';
import type { Place } from '#domain/intent.ts';
import { nameOf } from '#domain/review/name-of.ts';
import { caseOrigin } from '#domain/review/review.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { type SolutionContent, solutionTitle } from '#domain/solution.ts';
import { waitingReviewCard } from '#domain/wording/review-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { incidentOfCase } from './draft-case.ts';
import { settleSuggestion } from './settle-suggestion.ts';

/** A runbook that somebody made from a case, with its Markdown and who answers for it. */
interface Proposed {
  readonly caseSlug: string;
  readonly runbook: Runbook;
  readonly text: string;
  readonly author: string;
  /** Where it was made; told there when nobody knows the thread that the case came from. */
  readonly place?: Pick<Place, 'channel' | 'thread'>;
}

/**
 * Puts it into review as the first version of a new solution, or as the next of the one that the case already has, and says
 * so in the thread that the case came from.
 */
export async function proposeRunbook(
  needs: Pick<Core, 'ids'>,
  transaction: Transaction,
  { caseSlug, runbook, text, author, place }: Proposed,
): Promise<{ readonly id: VersionId; readonly slug: string }> {
  const { solutions, reviews, audit } = transaction;
  const origin = caseOrigin(caseSlug);
  const made = await solutions.ofOrigin(origin);
  const taken = new Set((await solutions.slugs()).map((one) => one.slug));
  const slug = made?.slug ?? nameOf(runbook.title, taken);
  const id = await reviews.propose({
    version: { slug, content: { kind: 'runbook', runbook }, text, origin, author, source: 'case' },
    parent: made?.versionId ?? null,
    why: `Made from the case ${caseSlug}.`,
    evidence: '',
    runs: [],
  });
  if (!made) await inherit(transaction, caseSlug, slug);
  await audit.append({
    actor: author,
    event: 'version.proposed',
    details: { version: id, slug, case: caseSlug },
  });
  const title = solutionTitle({ content: { kind: 'runbook', runbook } });
  await settleSuggestion(transaction, { slug: caseSlug, title, by: author }, 'taken');
  await tellThread(needs, transaction, id, readId<IncidentId>(incidentOfCase(caseSlug)), place);
  return { id, slug };
}

/** What is made of a case is for those whom the case is for, until an approver says otherwise. */
async function inherit(
  { visibility }: Pick<Transaction, 'visibility'>,
  caseSlug: string,
  slug: string,
): Promise<void> {
  const [past, runbook] = [await visibility.of(caseSlug), await visibility.of(slug)];
  if (past && runbook) await visibility.set(runbook.id, past);
}

/** The next version of a solution, by a person. */
interface ProposedVersion extends Pick<Proposed, 'text' | 'author'> {
  readonly slug: string;
  readonly content: SolutionContent;
  readonly why: string;
  readonly origin: string;
  /** The version in force that it was made from. */
  readonly parent: VersionId;
  readonly place: Pick<Place, 'channel' | 'thread'>;
}

/** Puts it into review, and says so where it was made. */
export async function proposeVersion(
  needs: Pick<Core, 'ids'>,
  transaction: Transaction,
  { slug, origin, parent, content, text, author, why, place }: ProposedVersion,
): Promise<{ readonly id: VersionId; readonly slug: string }> {
  const id = await transaction.reviews.propose({
    version: { slug, content, text, origin, author, source: 'human' },
    ...{ parent, why, evidence: '', runs: [] },
  });
  await transaction.audit.append({
    actor: author,
    event: 'version.proposed',
    details: { version: id, slug, parent },
  });
  await tellThread(needs, transaction, id, undefined, place);
  return { id, slug };
}

/** Says in its thread, else in `place`, that a version waits; that card is closed by whoever decides. */
export async function tellThread(
  { ids }: Pick<Core, 'ids'>,
  { reviews, incidents, outbox }: Pick<Transaction, 'reviews' | 'incidents' | 'outbox'>,
  id: VersionId,
  incidentId: IncidentId | undefined,
  place?: Pick<Place, 'channel' | 'thread'>,
): Promise<void> {
  const where = (incidentId && (await incidents.find(incidentId))) ?? place;
  const review = await reviews.find(id);
  if (!where || !review) return;
  const postId = ids.next<PostId>();
  await reviews.setPost(id, postId);
  await outbox.post(postId, where, waitingReviewCard(review), 'answer');
}

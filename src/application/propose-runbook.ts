import { type IncidentId, type PostId, readId, type VersionId } from '#domain/ids.ts';
import { nameOf } from '#domain/review/name-of.ts';
import { caseOrigin } from '#domain/review/review.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { waitingReviewCard } from '#domain/wording/review-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { incidentOfCase } from './draft-case.ts';

/** A runbook that somebody made from a case, with its Markdown and who answers for it. */
interface Proposed {
  readonly caseSlug: string;
  readonly runbook: Runbook;
  readonly text: string;
  readonly author: string;
}

/**
 * Puts it into review as the first version of a new solution, or as the next of the one that the case already has, and says
 * so in the thread that the case came from.
 */
export async function proposeRunbook(
  needs: Pick<Core, 'ids'>,
  transaction: Transaction,
  { caseSlug, runbook, text, author }: Proposed,
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
  await audit.append({
    actor: author,
    event: 'version.proposed',
    details: { version: id, slug, case: caseSlug },
  });
  await tellThread(needs, transaction, id, readId<IncidentId>(incidentOfCase(caseSlug)));
  return { id, slug };
}

/** Says in its thread that a version waits; that card is closed by whoever decides. */
export async function tellThread(
  { ids }: Pick<Core, 'ids'>,
  { reviews, incidents, outbox }: Pick<Transaction, 'reviews' | 'incidents' | 'outbox'>,
  id: VersionId,
  incidentId: IncidentId | undefined,
): Promise<void> {
  const incident = incidentId && (await incidents.find(incidentId));
  const review = await reviews.find(id);
  if (!incident || !review) return;
  const postId = ids.next<PostId>();
  await reviews.setPost(id, postId);
  await outbox.post(postId, incident, waitingReviewCard(review), 'answer');
}

import type { WrittenRunbook } from '#domain/better-runbook/improve-runbook.ts';
import type { IncidentId, RunId, VersionId } from '#domain/ids.ts';
import type { WaitingReview } from '#domain/review/review.ts';
import type { VersionSource } from '#domain/solution.ts';
import { replacedReviewCard } from '#domain/wording/review-card.ts';
import type { SolutionVersion } from '#ports/stores/solution-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { tellThread } from './propose-runbook.ts';

interface NextVersion {
  /** What is in force, and under which id. */
  readonly version: SolutionVersion;
  readonly parent: VersionId;
  /** What waits and is taken up. */
  readonly open: WaitingReview | undefined;
  readonly next: WrittenRunbook;
  readonly why: string;
  /** Without secrets. */
  readonly evidence: string;
  readonly run: RunId | undefined;
  readonly author: string;
  readonly source: VersionSource;
  readonly incident: IncidentId;
}

/** Puts the next version of a runbook into review, in the place of what waits and is in it, and tells its thread. */
export async function proposeNext(
  needs: Pick<Core, 'ids'>,
  transaction: Transaction,
  { version, parent, open, next, why, evidence, run, author, source, incident }: NextVersion,
): Promise<void> {
  const { reviews, audit, outbox } = transaction;
  const { slug, origin } = version;
  const id = await reviews.propose({
    version: {
      ...{ slug, origin, text: next.text, author, source },
      content: { kind: 'runbook', runbook: next.runbook },
    },
    parent,
    why: open ? `${open.why} ${why}` : why,
    evidence: open ? `${open.evidence}\n\n${evidence}`.trim() : evidence,
    runs: [...(open?.runs ?? []), ...(run ? [run] : [])],
  });
  await audit.append({
    actor: author,
    event: 'version.proposed',
    details: { version: id, slug, parent, replaces: open?.versionId ?? null },
  });
  if (open && (await reviews.withdraw(open.versionId, 'taken up by a later version')) && open.postId)
    await outbox.revise(open.postId, replacedReviewCard(open), 'answer');
  await tellThread(needs, transaction, id, incident);
}

import { and, eq, isNull, sql } from 'drizzle-orm';
import type { VersionId } from '#domain/ids.ts';
import type { ApprovedVersion, ReviewStore } from '#ports/stores/review-store.ts';
import { readRows } from '../read-rows.ts';
import { reviews } from '../schema/reviews.ts';
import type { StoreScope } from '../unit-of-work.ts';

type Row = Omit<ApprovedVersion, 'before'> & {
  readonly beforeId: VersionId;
  readonly beforeVersion: number;
};

/** Which versions do worse than those whose place they took. */
export function createDeclines({ executor }: StoreScope): Pick<ReviewStore, 'approved' | 'noteDecline'> {
  return {
    approved: async () => {
      const rows = await readRows<Row>(executor, approved);
      return rows.map(({ beforeId, beforeVersion, ...row }) => ({
        ...row,
        before: { versionId: beforeId, version: beforeVersion },
      }));
    },
    noteDecline: async (id) => {
      const noted = await executor
        .update(reviews)
        .set({ declinedAt: sql`now()` })
        .where(and(eq(reviews.versionId, id), isNull(reviews.declinedAt)))
        .returning({ id: reviews.versionId });
      return noted.length > 0;
    },
  };
}

const approved = sql`
  select v.id as "versionId", v.solution_id as "solutionId", s.slug, v.version,
    coalesce(v.content->'runbook'->>'title', v.content->'case'->>'title') as title,
    coalesce(v.content->'runbook'->>'owner', v.content->'case'->>'owner') as owner,
    v.author, r.decided_by as "approvedBy", r.post_id as "postId",
    b.id as "beforeId", b.version as "beforeVersion"
  from reviews r
  join solution_versions v on v.id = r.version_id and v.state = 'active'
  join solution_versions b on b.id = v.parent_id
  join solutions s on s.id = v.solution_id
  where r.decision = 'approved' and r.declined_at is null
  order by s.slug`;

import { and, eq, inArray, sql } from 'drizzle-orm';
import { caseOrigin } from '#domain/review/review.ts';
import type { RipeCase, Ripeness, SuggestionStore } from '#ports/stores/suggestion-store.ts';
import { readRows } from '../read-rows.ts';
import { first } from '../rows.ts';
import { solutions } from '../schema/knowledge.ts';
import { runbookSuggestions } from '../schema/reviews.ts';
import type { StoreScope } from '../unit-of-work.ts';

export function createSuggestionRows(scope: StoreScope): SuggestionStore {
  const { executor, workspace } = scope;
  return {
    ripe: (ripeness, limit) => readRipe(scope, ripeness, limit),
    tell: async (solutionId, postId) => {
      const added = await executor
        .insert(runbookSuggestions)
        .values({ solutionId, workspaceId: workspace, postId })
        .onConflictDoNothing()
        .returning({ id: runbookSuggestions.solutionId });
      return added.length > 0;
    },
    settle: async (slug, state, settledBy) => {
      const own = executor.select({ id: solutions.id }).from(solutions).where(eq(solutions.slug, slug));
      const settled = await executor
        .update(runbookSuggestions)
        .set({ state, settledBy, settledAt: sql`now()` })
        .where(and(inArray(runbookSuggestions.solutionId, own), eq(runbookSuggestions.state, 'open')))
        .returning({ postId: runbookSuggestions.postId });
      return first(settled)?.postId;
    },
  };
}

const readRipe = (
  { executor }: StoreScope,
  { leastRecommended, leastSuccess, leastSignals }: Ripeness,
  limit: number,
): Promise<readonly RipeCase[]> =>
  readRows<RipeCase>(
    executor,
    sql`select s.id as "solutionId", v.id as "versionId", s.slug, v.content->'case'->>'title' as title,
        v.content->'case'->>'owner' as owner, r.recommended, r.worked, r.tried,
        (extract(epoch from r.last_worked_at) * 1000)::float8 as "lastWorkedAt"
      from success_rates r
      join solutions s on s.id = r.solution_id and s.kind = 'case'
      join solution_versions v on v.solution_id = s.id and v.state = 'active'
      where r.recommended >= ${leastRecommended} and r.tried >= ${leastSignals}
        and r.worked >= ${leastSuccess}::float8 * r.tried
        and not exists (select from runbook_suggestions told where told.solution_id = s.id)
        and not exists (
          select from solutions made join solution_versions m on m.solution_id = made.id
          where made.kind = 'runbook' and made.origin = ${caseOrigin('')} || s.slug
            and m.state in ('in-review', 'active', 'deprecated'))
      order by r.recommended desc, s.slug limit ${limit}`,
  );

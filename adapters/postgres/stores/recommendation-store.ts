import { and, eq, getTableColumns, inArray, or } from 'drizzle-orm';
import type { PostId, RecommendationId } from '#domain/ids.ts';
import type { RecommendationState } from '#domain/recommendation.ts';
import type { RecommendationStore } from '#ports/stores/recommendation-store.ts';
import { first } from '../rows.ts';
import { recommendations } from '../schema/incidents.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { createFeedbackRows } from './feedback-rows.ts';

const { workspaceId: _, createdAt: __, ...columns } = getTableColumns(recommendations);

export function createRecommendationStore(scope: StoreScope): RecommendationStore {
  const { executor, workspace } = scope;
  return {
    ...createFeedbackRows(scope),
    add: async (rows) => {
      if (rows.length > 0)
        await executor
          .insert(recommendations)
          .values(rows.map((row) => ({ ...row, workspaceId: workspace })));
    },
    find: async (id) =>
      first(await executor.select(columns).from(recommendations).where(eq(recommendations.id, id))),
    inIncident: (id) =>
      executor
        .select(columns)
        .from(recommendations)
        .where(eq(recommendations.incidentId, id))
        .orderBy(recommendations.createdAt, recommendations.rank),
    behindPost: (id) => behindPost(scope, id),
    choose: (id) => setState(scope, id, 'chosen', ['shown', 'dismissed']),
    dismiss: (id) => setState(scope, id, 'dismissed', ['shown']),
    setVerdictPost: async (id, verdictPostId) => {
      await executor.update(recommendations).set({ verdictPostId }).where(eq(recommendations.id, id));
    },
  };
}

async function setState(
  { executor }: StoreScope,
  id: RecommendationId,
  state: RecommendationState,
  from: readonly RecommendationState[],
): Promise<boolean> {
  const changed = await executor
    .update(recommendations)
    .set({ state })
    .where(and(eq(recommendations.id, id), inArray(recommendations.state, [...from])))
    .returning({ id: recommendations.id });
  return changed.length > 0;
}

/** A verdict card belongs to the run's recommendation; an answer to the chosen one, or to the only one it shows. */
async function behindPost({ executor }: StoreScope, id: PostId) {
  const rows = await executor
    .select(columns)
    .from(recommendations)
    .where(or(eq(recommendations.postId, id), eq(recommendations.verdictPostId, id)));
  const chosen = rows.filter((row) => row.state === 'chosen');
  return chosen.length === 1 ? chosen[0] : rows.length === 1 ? rows[0] : undefined;
}

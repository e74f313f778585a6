import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { alertSignals } from '#adapters/postgres/schema/incidents.ts';
import type { RecommendationId, WorkspaceId } from '#domain/ids.ts';
import type { TestDatabase } from './databases.ts';

/** Notes what an alert said of a recommendation, without an alert and a run. */
export async function noteAlert(
  { open }: Pick<TestDatabase, 'open'>,
  workspaceId: WorkspaceId,
  recommendationId: RecommendationId,
  resolved: boolean,
): Promise<void> {
  await inWorkspace(open.database, workspaceId, async (executor) => {
    await executor
      .insert(alertSignals)
      .values({ workspaceId, recommendationId, resolved })
      .onConflictDoUpdate({ target: alertSignals.recommendationId, set: { resolved } });
  });
}

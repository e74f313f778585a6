import type { HealthCheck } from '#adapters/http/create-health-routes.ts';
import type { OpenCore } from './open-core.ts';

/** Ready means: the database answers. Everything else is kept and done later. */
export function createReadinessChecks({ core }: OpenCore): () => Promise<readonly HealthCheck[]> {
  return async () => {
    try {
      await core.workspaces.all();
      return [{ name: 'database', ok: true, detail: 'answers' }];
    } catch (error) {
      return [
        { name: 'database', ok: false, detail: error instanceof Error ? error.message : String(error) },
      ];
    }
  };
}

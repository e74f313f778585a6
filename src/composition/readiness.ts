import type { HealthCheck } from '#adapters/http/create-health-routes.ts';
import type { ChatStatus } from './open-chats.ts';
import type { OpenCore } from './open-core.ts';

/** Ready means: the database answers and every chat is connected. Everything else is kept and done later. */
export function createReadinessChecks(
  { core }: OpenCore,
  chats: () => readonly ChatStatus[],
): () => Promise<readonly HealthCheck[]> {
  const checkDatabase = async (): Promise<HealthCheck> => {
    try {
      await core.workspaces.all();
      return { name: 'database', ok: true, detail: 'answers' };
    } catch (error) {
      return { name: 'database', ok: false, detail: error instanceof Error ? error.message : String(error) };
    }
  };
  return async () => [
    await checkDatabase(),
    ...chats().map(({ platform, connected, detail }) => ({ name: platform, ok: connected, detail })),
  ];
}

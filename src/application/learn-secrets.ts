import type { WorkspaceId } from '#domain/ids.ts';
import { describeFault } from '#domain/wording/fault-notice.ts';
import type { Logger } from '#ports/logger.ts';
import type { SecretStore } from '#ports/secret-store.ts';
import type { Workspaces } from '#ports/workspaces.ts';

interface Needs {
  readonly workspaces: Pick<Workspaces, 'all'>;
  readonly secrets: Pick<SecretStore, 'list' | 'get'>;
  readonly logger: Logger;
}

/**
 * Opens the newest version of every stored secret once, also of those that another process stored meanwhile, so that the
 * redactor knows them before they turn up in a text. A workspace whose secrets cannot be opened is tried again the next
 * time. Never throws but for the list of workspaces.
 */
export function createLearnSecrets({ workspaces, secrets, logger }: Needs) {
  const learnt = new Map<string, number>();
  const told = new Map<WorkspaceId, string>();
  const learn = async (workspace: WorkspaceId): Promise<void> => {
    // Oldest first, so that the last of a name is its newest.
    const newest = new Map((await secrets.list(workspace)).map(({ name, version }) => [name, version]));
    for (const [name, version] of newest) {
      const key = `${workspace}/${name}`;
      if (learnt.get(key) === version) continue;
      await secrets.get(workspace, name);
      learnt.set(key, version);
    }
  };
  const warn = (workspace: WorkspaceId, error: unknown): void => {
    const { what: why } = describeFault(error);
    if (told.get(workspace) === why) return;
    told.set(workspace, why);
    logger.warn(
      { workspace, why },
      'stored secrets cannot be opened, so they are not masked where they turn up',
    );
  };
  return async (): Promise<void> => {
    for (const { id } of await workspaces.all())
      await learn(id).then(
        () => told.delete(id),
        (error: unknown) => warn(id, error),
      );
  };
}

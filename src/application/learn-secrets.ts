import { Fault } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { describeFault } from '#domain/wording/fault-notice.ts';
import type { Logger } from '#ports/logger.ts';
import type { SecretStore, SecretVersion } from '#ports/secret-store.ts';
import type { Workspaces } from '#ports/workspaces.ts';

interface Needs {
  readonly workspaces: Pick<Workspaces, 'all'>;
  readonly secrets: Pick<SecretStore, 'list' | 'get'>;
  readonly logger: Logger;
}

/**
 * Opens the newest version of every stored secret once, also of those that another process stored meanwhile, so that the
 * redactor knows them before they turn up in a text. What cannot be opened is told once, and tried again the next time.
 */
export function createLearnSecrets({ workspaces, secrets, logger }: Needs) {
  const learnt = new Map<string, number>();
  const told = new Map<string, string>();
  /** False when whoever has the key is away: each further secret would wait for it in vain. */
  const learn = async (workspace: WorkspaceId, { name, createdAt }: SecretVersion): Promise<boolean> => {
    const key = `${workspace}/${name}`;
    // A name that was removed and stored again begins at version 1 again.
    if (learnt.get(key) === createdAt) return true;
    try {
      await secrets.get(workspace, name);
      learnt.set(key, createdAt);
      told.delete(key);
      return true;
    } catch (error) {
      const { what: why } = describeFault(error);
      if (told.get(key) !== why)
        logger.warn(
          { workspace, secret: name, why },
          'a stored secret cannot be opened, so it is not masked',
        );
      told.set(key, why);
      return !(error instanceof Fault && error.kind === 'unavailable');
    }
  };
  return async (): Promise<void> => {
    for (const { id } of await workspaces.all()) {
      // Oldest first, so that the last of a name is its newest.
      const newest = new Map((await secrets.list(id)).map((version) => [version.name, version]));
      for (const version of newest.values()) if (!(await learn(id, version))) return;
    }
  };
}

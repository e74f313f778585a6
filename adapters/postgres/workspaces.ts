import type { Ids } from '#ports/ids.ts';
import type { Workspace, Workspaces } from '#ports/workspaces.ts';
import type { Database } from './database.ts';
import { one } from './rows.ts';
import { workspaces } from './schema/workspaces.ts';
import { translateFault } from './translate-fault.ts';

const columns = {
  id: workspaces.id,
  platform: workspaces.platform,
  externalId: workspaces.externalId,
  name: workspaces.name,
};

export function createWorkspaces(database: Database, ids: Ids): Workspaces {
  return {
    ensure: (platform, externalId, name) =>
      translateFault(async () => {
        const rows = await database
          .insert(workspaces)
          .values({ id: ids.next(), platform, externalId, name })
          .onConflictDoUpdate({ target: [workspaces.platform, workspaces.externalId], set: { name } })
          .returning(columns);
        return one(rows);
      }),
    all: () =>
      translateFault(
        (): Promise<Workspace[]> => database.select(columns).from(workspaces).orderBy(workspaces.id),
      ),
  };
}

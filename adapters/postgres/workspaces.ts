import { eq, sql } from 'drizzle-orm';
import type { Ids } from '#ports/ids.ts';
import type { Installation, Workspace, Workspaces } from '#ports/workspaces.ts';
import type { Database } from './database.ts';
import { one } from './rows.ts';
import { workspaces } from './schema/workspaces.ts';
import { translateFault } from './translate-fault.ts';

const columns = {
  id: workspaces.id,
  platform: workspaces.platform,
  externalId: workspaces.externalId,
  name: workspaces.name,
  state: workspaces.installation,
  at: workspaces.installationAt,
};

type Row = Omit<Workspace, 'installation'> & {
  readonly state: Installation['state'] | null;
  readonly at: Date | null;
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
        return read(one(rows));
      }),
    all: () =>
      translateFault(async () => {
        const rows = await database.select(columns).from(workspaces).orderBy(workspaces.id);
        return rows.map(read);
      }),
    mark: (workspace, state) =>
      translateFault(async () => {
        await database
          .update(workspaces)
          .set({ installation: state, installationAt: sql`now()` })
          .where(eq(workspaces.id, workspace));
      }),
  };
}

function read({ state, at, ...workspace }: Row): Workspace {
  return { ...workspace, installation: state && at && { state, at: at.getTime() } };
}

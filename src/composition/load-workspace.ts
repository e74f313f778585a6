import type { ConfiguredAdmin } from '#adapters/config/config.ts';
import { createLoadHosts } from '#application/load-hosts.ts';
import { createLoadSolutions } from '#application/load-solutions.ts';
import type { HostEntry } from '#domain/host.ts';
import type { NewVersion } from '#ports/stores/solution-store.ts';
import type { Workspace } from '#ports/workspaces.ts';
import type { OpenCore } from './open-core.ts';

export interface WorkspaceContents {
  readonly runbooks: readonly NewVersion[];
  readonly hosts: readonly HostEntry[];
  readonly admins: readonly ConfiguredAdmin[];
}

/** Brings one workspace up to what files and settings say: its runbooks, its hosts, its first administrators. */
export async function loadWorkspace(
  { core }: OpenCore,
  workspace: Workspace,
  contents: WorkspaceContents,
): Promise<void> {
  const report = await createLoadSolutions(core)(workspace.id, contents.runbooks);
  await createLoadHosts(core)(workspace.id, contents.hosts);
  await core.unitOfWork.within(workspace.id, async ({ people }) => {
    for (const { person } of contents.admins.filter((admin) => administers(admin, workspace)))
      await people.setRole(person, person, 'admin');
  });
  core.logger.info(
    { workspace: workspace.name, hosts: contents.hosts.length, ...report },
    'workspace is loaded',
  );
}

function administers(admin: ConfiguredAdmin, workspace: Workspace): boolean {
  return admin.platform === workspace.platform && admin.workspace === workspace.externalId;
}

import type { HostEntry } from '#domain/host.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Core } from './core.ts';

/** Makes the workspace's inventory exactly these hosts. */
export function createLoadHosts({ unitOfWork }: Pick<Core, 'unitOfWork'>) {
  return (workspace: WorkspaceId, entries: readonly HostEntry[]): Promise<void> =>
    unitOfWork.within(workspace, ({ hosts }) => hosts.sync(entries));
}

import type { Config } from '#adapters/config/config.ts';
import type { HostInventory } from '#ports/host-inventory.ts';
import type { Workspace } from '#ports/workspaces.ts';
import { readRunbooks } from './load-knowledge.ts';
import { loadWorkspace } from './load-workspace.ts';
import type { OpenCore } from './open-core.ts';
import { preparePlaygroundWorkspace } from './open-playground.ts';

export interface Preparation {
  /** Every workspace that is known, before anything works in it. */
  all(): Promise<void>;
  /** One that shows itself later; at once when this process has prepared it already. */
  one(workspace: Workspace): Promise<void>;
}

/** Brings workspaces up to what files and settings say. */
export function createPreparation(config: Config, open: OpenCore, inventory: HostInventory): Preparation {
  const prepared = new Set<Workspace['id']>();
  const one = async (workspace: Workspace): Promise<void> => {
    if (prepared.has(workspace.id)) return;
    const read = await readRunbooks(config.runbooksFolder, open.core);
    const { versions: runbooks, problems, warnings } = read;
    if (problems.length > 0) open.core.logger.warn({ problems }, 'runbooks with mistakes were left out');
    if (warnings.length > 0) open.core.logger.warn({ warnings }, 'runbooks hold secrets');
    const hosts = await inventory.load();
    await loadWorkspace(open, workspace, { runbooks, hosts, admins: config.admins });
    prepared.add(workspace.id);
  };
  return {
    one,
    all: async () => {
      if (config.playground) await preparePlaygroundWorkspace(open);
      for (const workspace of await open.core.workspaces.all()) await one(workspace);
    },
  };
}

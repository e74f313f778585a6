import type { Core } from '#application/core.ts';
import { Fault } from '#domain/fault.ts';
import type { Workspace } from '#ports/workspaces.ts';

/** The workspaces of this name or id, or all when none was named. */
export async function chooseWorkspaces(
  { workspaces }: Pick<Core, 'workspaces'>,
  named: string | null,
): Promise<readonly Workspace[]> {
  const all = await workspaces.all();
  if (named === null) return all;
  const byId = all.filter(({ id }) => id === named);
  const found = byId.length > 0 ? byId : all.filter(({ name }) => name === named);
  if (found.length > 0) return found;
  throw new Fault(
    'rejected',
    'unknown-workspace',
    `There is no workspace named ${named}.`,
    `These are there: ${list(all)}.`,
  );
}

/** The one that is meant: named, or the only one. */
export async function chooseWorkspace(
  core: Pick<Core, 'workspaces'>,
  named: string | null,
): Promise<Workspace> {
  const [one, ...others] = await chooseWorkspaces(core, named);
  if (one === undefined)
    throw new Fault(
      'rejected',
      'no-workspace',
      'There is no workspace yet.',
      'Start Recourse once: npm start',
    );
  if (others.length === 0) return one;
  throw new Fault(
    'rejected',
    'which-workspace',
    'There is more than one workspace.',
    `Say which one with --workspace, by its id: ${list([one, ...others])}.`,
  );
}

const list = (workspaces: readonly Workspace[]): string =>
  workspaces.map(({ id, name }) => `${name} (${id})`).join(', ');

import type { ListedSecret, RotatedKey, SecretCommands } from '#commands/command.ts';
import { Fault } from '#domain/fault.ts';
import type { SecretKeys } from '#ports/secret-keys.ts';
import type { SecretVersion } from '#ports/secret-store.ts';
import type { Workspace } from '#ports/workspaces.ts';
import { chooseWorkspace, chooseWorkspaces } from './choose-workspaces.ts';
import type { OpenCore } from './open-core.ts';

type Needs = Pick<OpenCore, 'secrets' | 'secretKeys'> & {
  readonly core: Pick<OpenCore['core'], 'workspaces'>;
};

/** Who typed the command is known to the operating system alone. */
const byCommand = { actor: 'command line' };

/** What the commands of the shell may do with stored secrets. No value ever comes out of here. */
export function createSecretCommands(needs: Needs): SecretCommands {
  const { core, secrets } = needs;
  let rotated: Promise<unknown> = Promise.resolve();
  return {
    set: async (named, name, value) => {
      const { id } = await chooseWorkspace(core, named);
      return secrets.put(id, name, value, byCommand);
    },
    list: async (named) => {
      const listed: ListedSecret[] = [];
      for (const workspace of await chooseWorkspaces(core, named))
        listed.push(...newestOf(workspace, await secrets.list(workspace.id)));
      return listed;
    },
    remove: async (named, name) => {
      const { id } = await chooseWorkspace(core, named);
      return secrets.remove(id, name, byCommand);
    },
    renew: (named, name) => renew(needs, named, name),
    rotateKey: () => {
      // One after the other: the end of one deletes keys that another has just made the ones of before.
      const rotating = rotated.then(() => rotateKey(needs));
      rotated = rotating.catch(() => undefined);
      return rotating;
    },
  };
}

function newestOf(workspace: Workspace, versions: readonly SecretVersion[]): readonly ListedSecret[] {
  const byName = Map.groupBy(versions, ({ name }) => name);
  return [...byName].map(([name, all]) => {
    const { version = 0, createdAt = 0 } = all.at(-1) ?? {};
    return { workspace: label(workspace), name, version, kept: all.length, storedAt: createdAt };
  });
}

const label = ({ id, name }: Workspace): string => `${name} (${id})`;

async function renew({ core, secrets }: Needs, named: string | null, name: string | null) {
  const workspace = await chooseWorkspace(core, named);
  const known = new Set((await secrets.list(workspace.id)).map((one) => one.name));
  if (name !== null && !known.has(name)) throw unknownSecret(name);
  const renewed = [];
  for (const one of name === null ? known : [name]) {
    const version = await secrets.renew(workspace.id, one, byCommand);
    if (version !== undefined) renewed.push({ workspace: label(workspace), name: one, version });
  }
  return renewed;
}

function unknownSecret(name: string): Fault {
  return new Fault(
    'rejected',
    'unknown-secret',
    `There is no secret named ${name}.`,
    'See the names with: npm run -s recourse -- secret list',
  );
}

/**
 * Where Recourse keeps the key, a rotation that was interrupted is ended first instead of beginning another. The keys of
 * before are deleted only when nothing is under them any more.
 */
async function rotateKey({ core, secretKeys }: Needs): Promise<RotatedKey> {
  const workspaces = await core.workspaces.all();
  const key = await beginRotation(secretKeys, workspaces);
  let [rewrapped, remaining] = [0, 0];
  for (const { id } of workspaces) {
    const result = await secretKeys.rewrap(id, byCommand);
    rewrapped += result.rewrapped;
    remaining += result.remaining;
  }
  if (remaining === 0) await secretKeys.forgetOlder();
  return { key, rewrapped, remaining };
}

async function beginRotation(
  secretKeys: SecretKeys,
  workspaces: readonly Workspace[],
): Promise<RotatedKey['key']> {
  if (secretKeys.keptBy === 'operator') return 'given';
  for (const { id } of workspaces) if ((await secretKeys.behind(id)) > 0) return 'continued';
  await secretKeys.replace();
  return 'made';
}

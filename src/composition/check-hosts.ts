import type { Core } from '#application/core.ts';
import { jumpsTo } from '#application/jumps-to.ts';
import type { Finding } from '#commands/command.ts';
import type { Host } from '#domain/host.ts';
import { guarded, ok, warning } from './finding.ts';

interface Open {
  readonly core: Pick<Core, 'workspaces' | 'unitOfWork' | 'shell'>;
}

interface Reachable {
  readonly host: Host;
  /** Undefined when one of them is not in the inventory. */
  readonly jumps: readonly Host[] | undefined;
}

/**
 * Each host once, whatever workspace it is in: connected to through all its jump hosts, logged in, asked for setsid and
 * timeout. A host that a secret of the workspace opens is tried from each.
 */
export async function checkHosts({ core }: Open): Promise<readonly Finding[]> {
  const checks = new Map<string, () => Promise<Finding>>();
  for (const { id, name } of await core.workspaces.all()) {
    const reachable = await core.unitOfWork.within(id, async (transaction) => {
      const found: Reachable[] = [];
      for (const host of await transaction.hosts.all())
        found.push({ host, jumps: await jumpsTo(transaction, host) });
      return found;
    });
    for (const one of reachable) {
      const about = isOpenedByOwnSecret(one.host)
        ? `host ${one.host.name} of ${name}`
        : `host ${one.host.name}`;
      checks.set(about, () => checkHost(core.shell, one, about));
    }
  }
  return Promise.all([...checks].map(([about, check]) => guarded(about, check)));
}

const isOpenedByOwnSecret = ({ login }: Host): boolean =>
  login.kind === 'credential' && login.reference.keeper === 'secret';

async function checkHost(shell: Core['shell'], { host, jumps }: Reachable, name: string): Promise<Finding> {
  if (jumps === undefined)
    return {
      name,
      status: 'failed',
      message: 'a jump host on the way to it is not in the inventory',
      advice: 'Add it to the file that RECOURSE_HOSTS names, or take the jump away.',
    };
  const connection = await shell.connect(host, jumps, AbortSignal.timeout(15_000));
  if (connection.kind === 'refused')
    return { name, status: 'failed', message: connection.message, advice: connection.advice };
  const { setsid, timeout, records } = connection.session.abilities;
  await connection.session.close();
  return setsid && timeout && records
    ? ok(name, 'reached, key as expected, with all that changes need')
    : warning(
        name,
        'setsid, timeout or a place for records is missing, so changes are refused',
        'Install util-linux and coreutils there, and give the login a home directory that it may write to.',
      );
}

import { execFileSync } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import type { Host, HostEntry } from '#domain/host.ts';
import type { HostId, WorkspaceId } from '#domain/ids.ts';
import { readId } from '#domain/ids.ts';
import type { HostRefusal, RemoteSession, RemoteShell } from '#ports/remote-shell.ts';
import type { TestSshd } from '#test/support/sshd.ts';

/** An inventory entry as a host of the database; what is not given is as plain as can be. */
export const hostOf = (entry: Pick<HostEntry, 'port' | 'user' | 'login'> & Partial<HostEntry>): Host => {
  const id = readId<HostId>(randomUUID());
  if (id === undefined) throw new Error('a UUID is no id');
  return {
    name: 'web-01',
    address: '127.0.0.1',
    hostKey: null,
    jump: null,
    context: {},
    tags: [],
    parameters: {},
    ...entry,
    id,
    workspace: randomUUID() as WorkspaceId,
  };
};

/** The host that a test server is, as its inventory entry says. */
export const hostAt = (sshd: TestSshd, change: Partial<HostEntry> = {}): Host =>
  hostOf({
    port: sshd.port,
    user: sshd.login,
    login: { kind: 'key-file', path: sshd.clientKeyPath },
    hostKey: sshd.hostKeyPublic,
    ...change,
  });

export const never = new AbortController().signal;

export const connected = async (
  shell: RemoteShell,
  host: Host,
  jumps: readonly Host[] = [],
): Promise<RemoteSession> => {
  const result = await shell.connect(host, jumps, never);
  if (result.kind === 'refused') throw new Error(`${result.reason}: ${result.message}`);
  return result.session;
};

export const refused = async (
  shell: RemoteShell,
  host: Host,
  jumps: readonly Host[] = [],
): Promise<HostRefusal> => {
  const result = await shell.connect(host, jumps, never);
  if (result.kind === 'refused') return result;
  await result.session.close();
  throw new Error(`${host.name} let us in`);
};

/** A number of seconds that no other process sleeps for, so that `ps` can find who still does. */
export const uniqueNap = (): string => `4${randomInt(10 ** 7, 10 ** 8)}`;

/** The processes (no zombies) whose command line names the nap. */
export const napping = (nap: string): readonly string[] =>
  execFileSync('ps', ['-A', '-o', 'stat=', '-o', 'args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(nap) && !line.startsWith('Z'));

/** Kills them where they are. */
export function endNap(nap: string): void {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=', '-o', 'args='], { encoding: 'utf8' }).split('\n');
  for (const row of rows.filter((line) => line.endsWith(`sleep ${nap}`)))
    process.kill(Number.parseInt(row, 10), 'SIGKILL');
}

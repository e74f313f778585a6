import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import type { Host } from '#domain/host.ts';
import type { RemoteShell } from '#ports/remote-shell.ts';
import { hostAt } from '#test/support/remote-host.ts';
import { startSshd, type TestSshd } from '#test/support/sshd.ts';

export interface SshBench extends AsyncDisposable {
  readonly sshd: TestSshd;
  readonly host: Host;
  readonly shell: RemoteShell;
  /** Runs a command with the OpenSSH client over its open master connection. */
  openSsh(command: string): Promise<void>;
}

/** A real OpenSSH server with our shell and an OpenSSH client with ControlMaster beside each other. */
export async function openSshBench(): Promise<SshBench> {
  const sshd = await startSshd();
  const shell = createSsh2RemoteShell();
  const control = join(sshd.dir, 'control');
  const master = startClient(sshd, control, ['-M', '-N'], []);
  while (!existsSync(control)) await delay(20);
  return {
    sshd,
    host: hostAt(sshd),
    shell,
    openSsh: (command) => ended(startClient(sshd, control, [], [command])),
    [Symbol.asyncDispose]: async () => {
      await shell.close();
      const gone = once(master, 'exit');
      master.kill();
      await gone;
      await sshd.stop();
    },
  };
}

function startClient(
  sshd: TestSshd,
  control: string,
  flags: readonly string[],
  command: readonly string[],
): ChildProcess {
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'];
  const words = options.flatMap((option) => ['-o', option]);
  const to = `${sshd.login}@127.0.0.1`;
  const keys = ['-i', sshd.clientKeyPath, '-p', String(sshd.port), '-S', control];
  return spawn('ssh', ['-F', 'none', ...words, ...keys, ...flags, to, ...command], { stdio: 'ignore' });
}

async function ended(child: ChildProcess): Promise<void> {
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the OpenSSH client ended with ${code}`);
}

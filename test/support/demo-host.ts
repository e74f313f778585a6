import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { installPrograms, systemPath } from '#adapters/ssh/sandbox/install-programs.ts';
import { seedScratch } from '#adapters/ssh/sandbox/seed-scratch.ts';
import { startSshd, type TestSshd } from './sshd.ts';

/** The demo host's scratch state and programs behind a real OpenSSH server, with the inventory file that names it. */
export async function startDemoHost(
  directory: string,
): Promise<{ readonly sshd: TestSshd; readonly hostsFile: string }> {
  const scratch = join(directory, 'host');
  await mkdir(directory, { recursive: true });
  const bin = await installPrograms(directory);
  await seedScratch(scratch, new Date());
  const sshd = await startSshd({
    sshdConfig: [`SetEnv PATH=${bin}:${systemPath} RECOURSE_SANDBOX_STATE=${scratch} LANG=C.UTF-8`],
  });
  const hostsFile = join(directory, 'hosts.yaml');
  const host = {
    name: 'demo-web-01',
    address: '127.0.0.1',
    port: sshd.port,
    user: sshd.login,
    key: sshd.clientKeyPath,
    host_key: sshd.hostKeyPublic,
    os: 'linux',
    application: 'nginx',
    environment: ['demo'],
    parameters: { path: join(scratch, 'var', 'log'), keep: '50M' },
  };
  await writeFile(hostsFile, stringify({ hosts: [host] }));
  return { sshd, hostsFile };
}

import { readFile } from 'node:fs/promises';
import ssh2, { type AnyAuthMethod } from 'ssh2';
import type { Host } from '#domain/host.ts';
import type { HostRefusal } from '#ports/remote-shell.ts';
import { loginFailed } from './refusal.ts';

/** How ssh2 shall log in: with the one key or agent of the inventory, and by no other way. */
export async function readLogin(host: Host): Promise<AnyAuthMethod | HostRefusal> {
  if (host.login.kind === 'agent') {
    return { type: 'agent', username: host.user, agent: host.login.socket };
  }
  const { path } = host.login;
  try {
    const key = await readFile(path);
    // ssh2 throws on a bad key only inside the handshake; here the file can still be named.
    const parsed = ssh2.utils.parseKey(key);
    if (parsed instanceof Error) return loginFailed(host, `the key file ${path}: ${parsed.message}`);
    return { type: 'publickey', username: host.user, key };
  } catch (error) {
    return loginFailed(host, `the key file ${path}: ${(error as Error).message}`);
  }
}

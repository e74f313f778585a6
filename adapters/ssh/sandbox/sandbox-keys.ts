import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2, { type ParsedKey } from 'ssh2';
import { Fault } from '#domain/fault.ts';

export interface SandboxKeys {
  readonly hostKey: ParsedKey;
  readonly clientKey: ParsedKey;
  /** Private keys in OpenSSH format, readable by their owner only. */
  readonly hostKeyPath: string;
  readonly clientKeyPath: string;
}

/** The sandbox's two ed25519 keys, made at the first start and kept, so that a pinned host key stays valid. */
export async function sandboxKeys(directory: string): Promise<SandboxKeys> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const hostKeyPath = join(directory, 'host_key');
  const clientKeyPath = join(directory, 'client_key');
  return {
    hostKey: await keptKey(hostKeyPath),
    clientKey: await keptKey(clientKeyPath),
    hostKeyPath,
    clientKeyPath,
  };
}

async function keptKey(path: string): Promise<ParsedKey> {
  const kept = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unreadable(path, error);
  });
  if (kept === undefined) return makeKey(path);
  const key = ssh2.utils.parseKey(kept);
  if (key instanceof Error) throw unreadable(path, key);
  await chmod(path, 0o600);
  return key;
}

async function makeKey(path: string): Promise<ParsedKey> {
  // ssh2 now and then writes an ed25519 key that it cannot read again: such a one is thrown away.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519');
    const key = ssh2.utils.parseKey(pair.private);
    if (key instanceof Error || !signs(key)) continue;
    await writeFile(path, pair.private, { mode: 0o600 });
    return key;
  }
  throw new Fault(
    'internal',
    'sandbox-key',
    'No usable sandbox key came out of 20 tries',
    'Please report this.',
  );
}

function signs(key: ParsedKey): boolean {
  const message = Buffer.from('sandbox');
  return key.verify(message, key.sign(message)) === true;
}

function unreadable(path: string, cause: Error): Fault {
  const advice = 'Delete the file to have it made anew, then pin the host key of demo-web-01 again.';
  return new Fault(
    'configuration',
    'sandbox-key',
    `The sandbox key ${path}: ${cause.message}`,
    advice,
    cause,
  );
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { findPeer } from '#test/support/peers.ts';
import { readyMadeVariable, templateOf } from '#test/support/ready-made.ts';

/** Before any test: a folder for the databases that are copied (ready-made.ts); after all of them both are removed. */
export const setup = async (): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-ready-'));
  process.env[readyMadeVariable] = folder;
  return async () => {
    await rm(folder, { recursive: true, force: true });
    const serverUrl = findPeer('postgres');
    if (serverUrl) await dropTemplate(serverUrl, templateOf(folder));
  };
};

async function dropTemplate(serverUrl: string, name: string): Promise<void> {
  const admin = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  for (const one of [name, `${name}_making`])
    await admin.unsafe(`drop database if exists ${one} with (force)`);
  await admin.end();
}

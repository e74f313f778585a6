import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const form = /^[\w-]{32}$/;

/**
 * The secret in the playground's printed address. Kept where only this user reads it, so that a page that was open
 * over a restart goes on: its approvals wait there. Delete the file to lock every open page out at the next start.
 */
export async function playgroundToken(dataDirectory: string): Promise<string> {
  const path = join(dataDirectory, 'playground-token');
  const kept = (await readFile(path, 'utf8').catch(() => '')).trim();
  if (form.test(kept)) return kept;
  const token = randomBytes(24).toString('base64url');
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  await writeFile(path, `${token}\n`, { mode: 0o600 });
  return token;
}

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbedded, openInMemory } from '#adapters/postgres/open-embedded.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { restoreEmbedded } from '#adapters/postgres/restore-embedded.ts';
import { createWorkspaces } from '#adapters/postgres/workspaces.ts';
import { createIds } from '#adapters/system/create-ids.ts';

let folder: string;
let directory: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recourse-restore-'));
  directory = join(folder, 'postgres');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function backupNamed(name: string): Promise<Blob> {
  const opened = await openInMemory();
  await opened.migrate();
  await createWorkspaces(opened.database, createIds()).ensure('playground', 'playground', name);
  const dump = await opened.dump();
  await opened.close();
  return dump;
}

async function nameInside(path: string): Promise<string | undefined> {
  const opened = await openEmbedded(path);
  const [row] = await readRows<{ name: string }>(opened.database, sql`select name from workspaces`);
  await opened.close();
  return row?.name;
}

describe('restoring a backup', () => {
  it('makes the database what it was, and sets the present one aside only by force', async () => {
    const [first, second] = [await backupNamed('first'), await backupNamed('second')];
    expect(await restoreEmbedded(directory, first, { force: false })).toEqual({ setAside: null });
    expect(await nameInside(directory)).toBe('first');
    await expect(restoreEmbedded(directory, second, { force: false })).rejects.toMatchObject({
      code: 'database-exists',
    });
    const { setAside } = await restoreEmbedded(directory, second, { force: true });
    expect(await nameInside(directory)).toBe('second');
    expect(await nameInside(setAside ?? '')).toBe('first');
  });

  it('changes nothing when the backup was cut short', async () => {
    const cut = (await backupNamed('whole')).slice(0, 1000);
    await expect(restoreEmbedded(directory, cut, { force: false })).rejects.toMatchObject({
      code: 'backup-unreadable',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('changes nothing when the file is no backup', async () => {
    await restoreEmbedded(directory, await backupNamed('kept'), { force: false });
    await expect(restoreEmbedded(directory, new Blob(['garbage']), { force: true })).rejects.toMatchObject({
      code: 'backup-unreadable',
    });
    expect(readdirSync(folder)).toEqual(['postgres']);
    expect(await nameInside(directory)).toBe('kept');
  });
});

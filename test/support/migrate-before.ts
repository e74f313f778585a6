import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { migrationsFolder } from '#adapters/postgres/migrations-folder.ts';

/** Makes an empty database on a server what it was before the migration whose name ends so. */
export async function migrateBefore(url: string, name: string): Promise<void> {
  const before = await migrationsBefore(name);
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  await client`create extension if not exists vector`;
  await migrate(drizzle(client), { migrationsFolder: before });
  await client.end();
  await rm(before, { recursive: true });
}

/** A copy of the migrations that ends before the one of this name. */
async function migrationsBefore(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-migrations-'));
  await cp(migrationsFolder, folder, { recursive: true });
  const file = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(await readFile(file, 'utf8')) as { entries: { tag: string }[] };
  const end = journal.entries.findIndex(({ tag }) => tag.endsWith(name));
  if (end < 1) throw new Error(`no migration is named ${name}`);
  await writeFile(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, end) }));
  return folder;
}

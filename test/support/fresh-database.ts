import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { readyMadeOnServer } from './ready-made.ts';

interface OwnDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A database of its own on the server of the tests; `drop` removes it, whoever is still connected. */
export const createFreshDatabase = (serverUrl: string): Promise<OwnDatabase> =>
  createDatabase(serverUrl, 'template1');

/** The same with every migration applied, for tests that are not about migrating. */
export const createMigratedDatabase = async (serverUrl: string): Promise<OwnDatabase> =>
  createDatabase(serverUrl, await readyMadeOnServer(serverUrl));

async function createDatabase(serverUrl: string, template: string): Promise<OwnDatabase> {
  const name = `recourse_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  await admin.unsafe(`create database ${name} template ${template}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { createConversationLog } from '#adapters/postgres/conversation-log.ts';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { createLeases } from '#adapters/postgres/leases.ts';
import { openEmbedded } from '#adapters/postgres/open-embedded.ts';
import { openServer } from '#adapters/postgres/open-server.ts';
import { createUnitOfWork } from '#adapters/postgres/unit-of-work.ts';
import { createWorkspaces } from '#adapters/postgres/workspaces.ts';
import { createIds } from '#adapters/system/create-ids.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Job } from '#domain/job.ts';
import type { ConversationLog } from '#ports/conversation-log.ts';
import type { Ids } from '#ports/ids.ts';
import type { Leases } from '#ports/leases.ts';
import type { UnitOfWork } from '#ports/unit-of-work.ts';
import type { Workspaces } from '#ports/workspaces.ts';
import { createMigratedDatabase } from './fresh-database.ts';
import { describeWithPeer } from './peers.ts';
import { readyMadeEmbedded } from './ready-made.ts';

/** A migrated database with two tenants. Jobs are kept in `jobs` instead of a queue; nobody works on them. */
export interface TestDatabase {
  readonly open: OpenDatabase;
  readonly unitOfWork: UnitOfWork;
  readonly workspaces: Workspaces;
  readonly leases: Leases;
  readonly conversationLog: ConversationLog;
  readonly ids: Ids;
  readonly workspace: WorkspaceId;
  readonly other: WorkspaceId;
  readonly jobs: Job[];
}

export type OpenTestDatabase = () => Promise<TestDatabase>;

/** Runs one suite on both engines. Every database that it opens is its own, and is removed after it. */
export function describeOnBothEngines(title: string, suite: (open: OpenTestDatabase) => void): void {
  describe(`${title}, embedded`, () => suite(closedAfterwards(openEmbeddedTest)));
  describeWithPeer('postgres', `${title}, on a server`, (url) =>
    suite(closedAfterwards(() => openServerTest(url))),
  );
}

/** A suite on the embedded engine alone, for what does not depend on the engine. */
export function describeOnEmbedded(title: string, suite: (open: OpenTestDatabase) => void): void {
  describe(title, () => suite(closedAfterwards(openEmbeddedTest)));
}

interface Closable {
  readonly open: OpenDatabase;
  close(): Promise<void>;
}

function closedAfterwards(openOne: () => Promise<Closable>): OpenTestDatabase {
  const opened: Closable[] = [];
  afterAll(async () => {
    for (const { close } of opened) await close();
  });
  return async () => {
    const one = await openOne();
    opened.push(one);
    return equip(one.open);
  };
}

/** A copy in a folder of its own: PGlite opens that as fast as one in memory. */
export async function openEmbeddedTest(): Promise<Closable> {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-embedded-'));
  await cp(await readyMadeEmbedded(), folder, { recursive: true });
  const open = await openEmbedded(folder);
  return {
    open,
    close: async () => {
      await open.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openServerTest(serverUrl: string): Promise<Closable> {
  const fresh = await createMigratedDatabase(serverUrl);
  const open = openServer(fresh.url);
  return {
    open,
    close: async () => {
      await open.close();
      await fresh.drop();
    },
  };
}

/** A database that is migrated already, as a second process opens it. */
export const openMigrated = (url: string): Promise<TestDatabase> => equip(openServer(url));

async function equip(open: OpenDatabase): Promise<TestDatabase> {
  const ids = createIds();
  const jobs: Job[] = [];
  const workspaces = createWorkspaces(open.database, ids);
  return {
    open,
    unitOfWork: createUnitOfWork(open, ids, async (_executor, job) => {
      jobs.push(job);
    }),
    workspaces,
    leases: createLeases(open.database),
    conversationLog: createConversationLog(open.database),
    ids,
    workspace: (await workspaces.ensure('playground', 'one', 'One')).id,
    other: (await workspaces.ensure('playground', 'two', 'Two')).id,
    jobs,
  };
}

import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { forgetDeliveries, takeDeliveries } from '#adapters/postgres/stores/inbox.ts';
import { nextPost, refusedPosts, takeChannels } from '#adapters/postgres/stores/outbox-queries.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';

const held = { channel: 'c-7', holder: 'me', failures: 0 };

/** Queries that run on every wake, over tables that only grow: as the application role, none may read a whole table. */
describeOnBothEngines('queries of the deliveries', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
    await inWorkspace(db.open.database, db.workspace, async (executor) => {
      await executor.execute(sentPosts(db.workspace));
      await executor.execute(doneDeliveries(db.workspace));
    });
    await db.open.database.execute(sql`analyze posts`);
    await db.open.database.execute(sql`analyze inbox`);
  });

  it.each([
    ['channels to send into', () => takeChannels(db.workspace, 8, 'me', 1000)],
    ['the next message of a channel', () => nextPost(held, 1000)],
    ['messages that were given up', () => refusedPosts(5)],
    ['intents to handle', () => takeDeliveries(4, 1000)],
    ['deliveries to forget', () => forgetDeliveries(8, 100)],
  ] as const)('find %s by an index', async (_title, statement) => {
    const plan = await inWorkspace(db.open.database, db.workspace, (executor) =>
      readRows<Record<string, string>>(executor, sql`explain ${statement()}`),
    );
    const text = plan.map((row) => Object.values(row)[0]).join('\n');
    expect(text).toMatch(/Index.* on (posts|inbox)/);
    expect(text).not.toMatch(/Seq Scan on (posts|inbox)/);
  });
});

/** 20,000 messages that were sent, and 300 that wait in ten channels. */
const sentPosts = (workspace: string): SQL => sql`
  insert into posts (id, workspace_id, channel, thread, urgency, reply, sent_revision, external_id, dead)
  select gen_random_uuid(), ${workspace}::uuid, 'c-' || n % 10, 't-' || n % 1000, 1, '{"summary":"x"}',
    case when n > 300 then 1 else 0 end, case when n > 300 then 'm-' || n end, n % 2000 = 1999
  from generate_series(1, 20300) n`;

const doneDeliveries = (workspace: string): SQL => sql`
  insert into inbox (workspace_id, delivery, lane, intent, state)
  select ${workspace}::uuid, 'd-' || n, 't-' || n % 1000, '{}', case when n > 300 then 'done' else 'received' end
  from generate_series(1, 20300) n`;

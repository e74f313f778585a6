import { sql } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import type { PostId } from '#domain/ids.ts';
import { checkDeliveries } from '#src/composition/check-deliveries.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { holdChannel } from '#test/support/hold-channel.ts';
import { someReply } from '#test/support/rows.ts';

describeOnEmbedded('what doctor says of deliveries', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });
  const check = () => checkDeliveries({ core: db });
  const post = async (text: string) => {
    const id = db.ids.next<PostId>();
    await db.unitOfWork.within(db.workspace, ({ outbox }) =>
      outbox.post(id, { channel: 'C1', thread: 't' }, someReply(text), 'answer'),
    );
    return id;
  };

  it('is silent while all is well', async () => {
    await post('fresh');
    expect(await check()).toEqual([]);
  });

  it('names what was given up, why, and what waits for too long', async () => {
    const id = await post('2 solutions for a full disk');
    const held = await holdChannel(db, db.workspace, 'C1');
    await db.unitOfWork.within(db.workspace, ({ outbox }) =>
      outbox.failed(held, id, { error: 'not_in_channel', delayMs: 0, dead: true, undone: true }),
    );
    await inWorkspace(db.open.database, db.workspace, (executor) =>
      executor.execute(sql`update posts set waiting_since = now() - interval '2 hours' where not dead`),
    );
    const [refused, waiting] = await check();
    expect(refused).toMatchObject({ name: 'messages of One', status: 'warning' });
    expect(refused?.message).toMatch(
      /^given up .+: 1; .+\n.+UTC, channel C1: 2 solutions for a full disk \(not_in_channel\)$/,
    );
    expect(waiting).toMatchObject({ name: 'outbox of One', message: expect.stringContaining('2 hours') });
  });

  it('says nothing any more of what was given up more than a week ago', async () => {
    const ageRefused = (days: number) =>
      inWorkspace(db.open.database, db.workspace, (executor) =>
        executor.execute(sql`update posts set failed_at = now() - make_interval(days => ${days}) where dead`),
      );
    const refused = async () => (await check()).filter(({ name }) => name.startsWith('messages of'));
    await ageRefused(6);
    expect(await refused()).toHaveLength(1);
    await ageRefused(8);
    expect(await refused()).toEqual([]);
  });
});

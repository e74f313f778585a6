import { beforeAll, expect, it } from 'vitest';
import type { PostId } from '#domain/ids.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { addStory, proposeSome, someReply } from '#test/support/rows.ts';

const hour = 3_600_000;

describeOnEmbedded('a start on the embedded database', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });
  const within = <T>(work: (transaction: Transaction) => Promise<T>) =>
    db.unitOfWork.within(db.workspace, work);

  it('waits for no lease of a process that is dead, and for every pause of a platform', async () => {
    const { run } = await within((transaction) => addStory(transaction, db.ids));
    const [claimed, running] = await within(async (transaction) => {
      const steps = [
        await proposeSome(transaction, db.ids, run, { attempt: 1 }),
        await proposeSome(transaction, db.ids, run, { attempt: 2 }),
      ] as const;
      for (const { id } of steps) {
        await transaction.runs.decide(id, 'approved');
        await transaction.runs.claim(id, 'dead', hour);
      }
      await transaction.runs.begin(steps[1].id, 'dead', hour);
      return steps;
    });
    await within(async ({ outbox }) => {
      for (const channel of ['held', 'paused'])
        await outbox.post(db.ids.next<PostId>(), { channel, thread: null }, someReply(), 'answer');
      const taken = await outbox.take(2, 'dead', hour);
      const paused = taken.find(({ channel }) => channel === 'paused');
      if (paused) await outbox.holdUp(paused, 'channel', hour);
    });
    await db.leases.acquire('fold', 'dead', hour);

    await db.open.forgetFormer();

    await within(async ({ runs, outbox }) => {
      expect((await runs.reviveClaims()).map(({ id }) => id)).toEqual([claimed.id]);
      expect((await runs.expireRunners()).map(({ id }) => id)).toEqual([running.id]);
      expect((await outbox.take(9, 'living', hour)).map(({ channel }) => channel)).toEqual(['held']);
    });
    expect(await db.leases.acquire('fold', 'living', hour)).toBe(true);
  });
});

import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import type { PostId, WorkspaceId } from '#domain/ids.ts';
import type { MessagePosted } from '#domain/intent.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { addStory, proposeSome, someReply } from '#test/support/rows.ts';

const minute = 60_000;

describeOnBothEngines('deliveries and leases', (open) => {
  let db: TestDatabase;
  let workspace: WorkspaceId;
  beforeAll(async () => {
    db = await open();
  });
  /** Each test has a tenant of its own: what one leaves waiting must not meet another. */
  beforeEach(async () => {
    workspace = (await db.workspaces.ensure('playground', randomUUID(), 'Own')).id;
  });

  const within = <T>(work: (transaction: Transaction) => Promise<T>) => db.unitOfWork.within(workspace, work);

  describe('inbox', () => {
    const message = (text: string, thread: string | null = null): MessagePosted => ({
      kind: 'message-posted',
      place: { workspace, channel: 'incidents', thread },
      speaker: { externalId: 'rae', name: 'Rae', standing: 'member', groups: [] },
      id: text,
      text,
      mentionsBot: false,
      at: 1,
    });
    const add = (delivery: string) => within(({ inbox }) => inbox.add(delivery, message(delivery)));
    const take = (limit = 10, leaseMs = minute) => within(({ inbox }) => inbox.take(limit, leaseMs));

    it('keeps a delivery id once', async () => {
      expect(await add('one')).toBe(true);
      expect(await add('one')).toBe(false);
      await within(({ inbox }) => inbox.done('one'));
      expect(await add('one')).toBe(false);
      expect(await take()).toEqual([]);
    });

    it('keeps no words of what was handled, and forgets it after days', async () => {
      for (const delivery of ['handled', 'waits']) await add(delivery);
      await within(({ inbox }) => inbox.done('handled'));
      const rows = () =>
        inWorkspace(db.open.database, workspace, (executor) =>
          readRows<{ delivery: string; text: string }>(
            executor,
            sql`select delivery, intent->>'text' as text from inbox order by delivery`,
          ),
        );
      expect(await rows()).toEqual([
        { delivery: 'handled', text: '' },
        { delivery: 'waits', text: 'waits' },
      ]);
      await within(({ inbox }) => inbox.forget(8, 100));
      expect(await rows()).toHaveLength(2);
      await inWorkspace(db.open.database, workspace, (executor) =>
        executor.execute(sql`update inbox set received_at = now() - interval '9 days'`),
      );
      await within(({ inbox }) => inbox.forget(8, 100));
      expect((await rows()).map(({ delivery }) => delivery)).toEqual(['waits']);
    });

    it('reads what an earlier program kept', async () => {
      const { speaker: _, ...rest } = message('old');
      const old = { ...rest, speaker: { externalId: 'alerts', name: 'Alerts', isBot: true } };
      await within(({ inbox }) => inbox.add('old', old as unknown as MessagePosted));
      expect((await take())[0]?.intent.speaker).toEqual({
        externalId: 'alerts',
        name: 'Alerts',
        standing: 'bot',
        groups: [],
      });
    });

    it('gives them out oldest first, each to one taker until the lease ends', async () => {
      for (const delivery of ['c', 'a', 'b']) await add(delivery);
      const first = await take(2);
      expect(first).toEqual(
        ['c', 'a'].map((delivery) => ({ delivery, intent: message(delivery), attempts: 0 })),
      );
      expect((await take()).map(({ delivery }) => delivery)).toEqual(['b']);
      expect(await take()).toEqual([]);
    });

    it('gives out one of a thread at a time, in the order they came', async () => {
      const inThread = (id: string, thread: string | null) =>
        within(({ inbox }) => inbox.add(id, message(id, thread)));
      await inThread('root', null);
      await inThread('reply', 'root');
      await inThread('elsewhere', 'other');
      await inThread('reply 2', 'root');
      const names = async () => (await take()).map(({ delivery }) => delivery);
      expect(await names()).toEqual(['root', 'elsewhere']);
      expect(await names()).toEqual([]);
      await within(({ inbox }) => inbox.failed('root', 'not now', -1, false));
      expect(await names()).toEqual(['root']);
      await within(({ inbox }) => inbox.done('root'));
      expect(await names()).toEqual(['reply']);
      await within(({ inbox }) => inbox.failed('reply', 'broken', 0, true));
      expect(await names()).toEqual(['reply 2']);
    });

    it('gives out again what its taker never ended', async () => {
      await add('lost');
      await take(1, -1);
      expect((await take()).map(({ delivery }) => delivery)).toEqual(['lost']);
    });

    it('leaves with its taker what the taker holds on to, and nothing that is done', async () => {
      for (const delivery of ['held', 'done']) await add(delivery);
      await take(2, -1);
      await within(({ inbox }) => inbox.done('done'));
      for (const delivery of ['held', 'done']) await within(({ inbox }) => inbox.renew(delivery, minute));
      expect(await take()).toEqual([]);
      await within(({ inbox }) => inbox.renew('held', -1));
      expect((await take()).map(({ delivery }) => delivery)).toEqual(['held']);
    });

    it('puts off what failed and gives up what is dead', async () => {
      await add('bad');
      await take();
      await within(({ inbox }) => inbox.failed('bad', 'broken', -1, false));
      expect(await take()).toMatchObject([{ delivery: 'bad', attempts: 1 }]);
      await within(({ inbox }) => inbox.failed('bad', 'broken', minute, false));
      expect(await take()).toEqual([]);
      await within(({ inbox }) => inbox.failed('bad', 'broken', -1, true));
      expect(await take()).toEqual([]);
      expect(await within(({ operations }) => operations.read())).toMatchObject({
        inboxWaiting: 0,
        inboxDead: 1,
      });
    });
  });

  it('counts what operators watch', async () => {
    const { run } = await within((transaction) => addStory(transaction, db.ids));
    const step = await within((transaction) => proposeSome(transaction, db.ids, run));
    await within(({ outbox }) =>
      outbox.post(step.postId, { channel: 'c', thread: 't' }, someReply(), 'approval'),
    );
    await within(({ signals }) => signals.saveFold(new Map(), 0));
    const age = expect.any(Number);
    expect(await within(({ operations }) => operations.read())).toEqual({
      approvalsPending: 1,
      oldestApprovalAge: age,
      runsByState: { active: 1 },
      stepsUnknown: 0,
      inboxWaiting: 0,
      inboxLag: null,
      inboxDead: 0,
      outboxWaiting: 1,
      outboxLag: age,
      outboxDead: 0,
      lastFoldAge: age,
    });
  });

  it('leases to one holder, who may renew and release, until the lease ends', async () => {
    const { leases } = db;
    const name = randomUUID();
    expect(await leases.acquire(name, 'a', minute)).toBe(true);
    expect(await leases.acquire(name, 'b', minute)).toBe(false);
    expect(await leases.acquire(name, 'a', minute)).toBe(true);
    await leases.release(name, 'b');
    expect(await leases.acquire(name, 'b', minute)).toBe(false);
    await leases.release(name, 'a');
    expect(await leases.acquire(name, 'b', -1)).toBe(true);
    expect(await leases.acquire(name, 'a', minute)).toBe(true);
  });

  it('leases to one of many that ask at once', async () => {
    const name = randomUUID();
    const asked = await Promise.all(
      ['a', 'b', 'c', 'd'].map((holder) => db.leases.acquire(name, holder, minute)),
    );
    expect(asked.filter(Boolean)).toHaveLength(1);
  });

  it('runs nothing of a transaction that throws', async () => {
    const id = db.ids.next<PostId>();
    const failing = within(async ({ outbox }) => {
      await outbox.post(id, { channel: 'c', thread: null }, someReply(), 'answer');
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow();
    expect(await within(({ outbox }) => outbox.find(id))).toBeUndefined();
  });
});

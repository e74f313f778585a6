import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PostId, WorkspaceId } from '#domain/ids.ts';
import type { MessagePosted } from '#domain/intent.ts';
import type { Urgency } from '#ports/stores/outbox.ts';
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
    const message = (text: string): MessagePosted => ({
      kind: 'message-posted',
      place: { workspace, channel: 'incidents', thread: null },
      speaker: { externalId: 'rae', name: 'Rae', isBot: false },
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

    it('gives them out oldest first, each to one taker until the lease ends', async () => {
      for (const delivery of ['c', 'a', 'b']) await add(delivery);
      const first = await take(2);
      expect(first).toEqual(
        ['c', 'a'].map((delivery) => ({ delivery, intent: message(delivery), attempts: 0 })),
      );
      expect((await take()).map(({ delivery }) => delivery)).toEqual(['b']);
      expect(await take()).toEqual([]);
    });

    it('gives out again what its taker never ended', async () => {
      await add('lost');
      await take(1, -1);
      expect((await take()).map(({ delivery }) => delivery)).toEqual(['lost']);
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

  describe('outbox', () => {
    const post = async (
      text: string,
      urgency: Urgency = 'answer',
      thread: string | null = 't',
    ): Promise<PostId> => {
      const id = db.ids.next<PostId>();
      await within(({ outbox }) =>
        outbox.post(id, { channel: 'incidents', thread }, someReply(text), urgency),
      );
      return id;
    };
    const take = async (leaseMs = minute) => within(({ outbox }) => outbox.take(10, leaseMs));
    const texts = async () => (await take()).map(({ reply }) => reply.summary);
    const sent = (id: PostId, revision = 1, externalId: string | null = id) =>
      within(({ outbox }) => outbox.sent(id, revision, externalId));
    const revise = (id: PostId, text: string, urgency: Urgency = 'progress') =>
      within(({ outbox }) => outbox.revise(id, someReply(text), urgency));

    it('keeps the order of new messages in a thread, and lets threads pass each other', async () => {
      const first = await post('1');
      await post('2');
      await post('other thread', 'answer', 'u');
      expect(await texts()).toEqual(['1', 'other thread']);
      expect(await texts()).toEqual([]);
      await sent(first);
      expect(await texts()).toEqual(['2']);
    });

    it('gives the most urgent first', async () => {
      await post('progress', 'progress', 'a');
      await post('answer', 'answer', 'b');
      await post('approval', 'approval', 'c');
      expect(await texts()).toEqual(['approval', 'answer', 'progress']);
    });

    it('merges edits that wait into the newest and sends it as an edit', async () => {
      const id = await post('card');
      await take();
      await sent(id, 1, 'platform-1');
      await revise(id, 'half');
      await revise(id, 'whole');
      const posts = await take();
      expect(posts).toMatchObject([
        { id, externalId: 'platform-1', revision: 3, reply: { summary: 'whole' } },
      ]);
      await sent(id, 3, 'platform-1');
      expect(await take()).toEqual([]);
    });

    it('does not lose an edit that arrives while the message is being sent', async () => {
      const id = await post('card');
      const [sending] = await take();
      await revise(id, 'newer');
      expect(await texts()).toEqual([]);
      await sent(id, sending?.revision, 'platform-1');
      expect(await take()).toMatchObject([{ id, externalId: 'platform-1', reply: { summary: 'newer' } }]);
    });

    it('lets an edit of a message pass new ones that wait in its thread', async () => {
      const card = await post('card');
      await take();
      await sent(card);
      await post('2');
      await revise(card, 'edited', 'approval');
      expect(await texts()).toEqual(['edited', '2']);
    });

    it('keeps the urgency of a card that waits when progress is merged into it', async () => {
      const card = await post('card', 'approval', 'a');
      await post('answer', 'answer', 'b');
      await revise(card, 'card with progress', 'progress');
      expect(await texts()).toEqual(['card with progress', 'answer']);
    });

    it('tries again what failed, and holds back what follows it in its thread', async () => {
      const id = await post('1');
      await post('2');
      await take();
      await within(({ outbox }) => outbox.failed(id, 'no network', minute, false));
      expect(await texts()).toEqual([]);
      await within(({ outbox }) => outbox.failed(id, 'no network', -1, false));
      expect(await texts()).toEqual(['1']);
    });

    it('gives up what is dead, lets the thread go on, and tries a new text of it', async () => {
      const id = await post('refused');
      await post('2');
      await take();
      await within(({ outbox }) => outbox.failed(id, 'too long', 0, true));
      expect(await texts()).toEqual(['2']);
      expect(await within(({ operations }) => operations.read())).toMatchObject({
        outboxDead: 1,
        outboxWaiting: 1,
      });
      await revise(id, 'shorter');
      expect(await texts()).toEqual(['shorter']);
    });

    it('notifies one person and holds nobody up for it', async () => {
      const id = db.ids.next<PostId>();
      const place = { channel: 'incidents', thread: 't' };
      await within(({ outbox }) => outbox.notify(id, place, 'vic', someReply('for you')));
      await post('for all');
      const posts = await take();
      expect(posts.map(({ onlyFor, reply }) => [onlyFor, reply.summary])).toEqual([
        ['vic', 'for you'],
        [null, 'for all'],
      ]);
      await sent(id, 1, null);
      expect((await take(-1)).map((one) => one.id)).not.toContain(id);
    });

    it('finds a post by its id and by the name the platform gave it', async () => {
      const id = await post('card', 'answer', null);
      const found = {
        id,
        channel: 'incidents',
        thread: null,
        onlyFor: null,
        reply: someReply('card'),
        revision: 1,
      };
      expect(await within(({ outbox }) => outbox.find(id))).toEqual({ ...found, externalId: null });
      await sent(id, 1, 'm-1');
      expect(await within(({ outbox }) => outbox.named('incidents', 'm-1'))).toEqual({
        ...found,
        externalId: 'm-1',
      });
      expect(await within(({ outbox }) => outbox.named('general', 'm-1'))).toBeUndefined();
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

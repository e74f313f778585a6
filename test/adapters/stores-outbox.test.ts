import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import type { PostId, WorkspaceId } from '#domain/ids.ts';
import type { HeldChannel, OutgoingPost, Urgency } from '#ports/stores/outbox.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { holdChannel } from '#test/support/hold-channel.ts';
import { someReply } from '#test/support/rows.ts';

const minute = 60_000;

describeOnBothEngines('outbox', (open) => {
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
  const post = async (
    text: string,
    urgency: Urgency = 'answer',
    thread: string | null = 't',
    channel = 'incidents',
  ): Promise<PostId> => {
    const id = db.ids.next<PostId>();
    await within(({ outbox }) => outbox.post(id, { channel, thread }, someReply(text), urgency));
    return id;
  };
  const take = (limit = 10, leaseMs = minute) =>
    within(({ outbox }) => outbox.take(limit, randomUUID(), leaseMs));
  const channels = async () => (await take()).map(({ channel }) => channel);
  const next = (held: HeldChannel) => within(({ outbox }) => outbox.next(held, minute));
  const hold = (channel = 'incidents') => holdChannel(db, workspace, channel);
  /** As the holder of its channel, whom the test makes when it has none. */
  const sent = async (id: PostId, revision = 1, externalId: string | null = id, held?: HeldChannel) => {
    const holding = held ?? (await hold());
    return within(({ outbox }) => outbox.sent(holding, id, revision, externalId));
  };
  const holdUp = async (what: 'channel' | 'workspace', pauseMs: number) => {
    const holding = await hold();
    await within(({ outbox }) => outbox.holdUp(holding, what, pauseMs));
  };
  const passed = async (postMs: number, progressMs: number) => {
    const holding = await hold();
    await within(({ outbox }) => outbox.passed(holding, { postMs, progressMs }));
  };
  const revise = (id: PostId, text: string, urgency: Urgency = 'progress') =>
    within(({ outbox }) => outbox.revise(id, someReply(text), urgency));
  const failed = async (id: PostId, delayMs: number, dead = false) => {
    const holding = await hold();
    const failure = { error: 'no network', delayMs, dead, undone: false };
    return within(({ outbox }) => outbox.failed(holding, id, failure));
  };

  /** What a sender would send now, one after the other, each under its id or the id that it has. */
  const sendAll = async (): Promise<readonly OutgoingPost[]> => {
    const all: OutgoingPost[] = [];
    for (const held of await take()) {
      for (let found = await next(held); found; found = await next(held)) {
        all.push(found);
        const externalId = found.onlyFor === null ? (found.externalId ?? found.id) : null;
        await sent(found.id, found.revision, externalId, held);
      }
      await within(({ outbox }) => outbox.release(held));
    }
    return all;
  };
  const texts = async () => (await sendAll()).map(({ reply }) => reply.summary);

  it('keeps the order of new messages in a thread, and lets the urgent thread pass', async () => {
    await post('1');
    await post('2');
    await post('decide', 'approval', 'u');
    expect(await texts()).toEqual(['decide', '1', '2']);
    expect(await take()).toEqual([]);
  });

  it('gives the most urgent first, over all threads of a channel and over channels', async () => {
    await post('progress', 'progress', 'a');
    await post('answer', 'answer', 'b');
    await post('approval', 'approval', 'c');
    await post('elsewhere', 'answer', 'd', 'general');
    await post('decide elsewhere', 'approval', 'd', 'alerts');
    expect(await texts()).toEqual(['approval', 'answer', 'progress', 'decide elsewhere', 'elsewhere']);
  });

  it('hurries what an approval of the same thread waits behind', async () => {
    await post('chatter', 'progress', 'a');
    await post('answer', 'answer', 'b');
    await post('approval', 'approval', 'a');
    expect(await texts()).toEqual(['chatter', 'approval', 'answer']);
  });

  it('gives a channel to one taker until it is given back or the lease ends', async () => {
    await post('1');
    const [held] = await take();
    expect(await channels()).toEqual([]);
    await within(({ outbox }) => outbox.release(held as HeldChannel));
    const [lost] = await take(1, -1);
    const [again] = await take();
    expect(again).toMatchObject({ channel: 'incidents', failures: 0 });
    expect(await next(lost as HeldChannel)).toBeUndefined();
    await within(({ outbox }) => outbox.release(lost as HeldChannel));
    expect(await next(again as HeldChannel)).toMatchObject({ reply: { summary: '1' } });
  });

  it('changes nothing for a sender that wakes up when another holds its channel', async () => {
    const id = await post('1');
    const [lost] = (await take(1, -1)) as [HeldChannel];
    await next(lost);
    // Its lease ends while it is stopped in the middle of the call.
    await within(({ outbox }) => outbox.renew(lost, -1));
    const [held] = (await take()) as [HeldChannel];
    expect(await within(({ outbox }) => outbox.renew(lost, minute))).toBe(false);
    expect(await next(held)).toMatchObject({ id });
    expect(await sent(id, 1, 'platform-2', held)).toBe(true);
    await revise(id, 'edited');
    const dead = { error: 'late', delayMs: minute, dead: true, undone: true };
    expect(await sent(id, 2, 'platform-1', lost)).toBe(false);
    expect(await within(({ outbox }) => outbox.failed(lost, id, dead))).toBe(false);
    await within(async ({ outbox }) => {
      await outbox.passed(lost, { postMs: minute, progressMs: minute });
      await outbox.holdUpEdits(lost, minute);
      await outbox.holdUp(lost, 'channel', minute);
      await outbox.holdUp(lost, 'workspace', minute);
      await outbox.release(lost);
    });
    const edit = { id, externalId: 'platform-2', attempts: 0, reply: { summary: 'edited' } };
    expect(await next(held)).toMatchObject(edit);
  });

  it('lets a sender whose lease has ended go on while nobody has taken its channel', async () => {
    const id = await post('1');
    const [held] = (await take(1, -1)) as [HeldChannel];
    expect(await within(({ outbox }) => outbox.renew(held, minute))).toBe(true);
    expect(await channels()).toEqual([]);
    expect(await sent(id, 1, 'platform-1', held)).toBe(true);
  });

  it('lets whoever takes a channel wait until what its holder has just sent is kept', async () => {
    const id = await post('1');
    await post('2');
    const [held] = (await take(1, -1)) as [HeldChannel];
    await next(held);
    await within(({ outbox }) => outbox.renew(held, -1));
    const taken = await within(async ({ outbox }) => {
      await outbox.sent(held, id, 1, 'platform-1');
      if (db.open.engine === 'embedded') return undefined;
      return { taking: take(1) };
    });
    const [other] = ((await taken?.taking) ?? (await take(1))) as [HeldChannel];
    expect(await next(other)).toMatchObject({ reply: { summary: '2' } });
  });

  it('gives a channel to one of many that ask at once', async () => {
    for (const channel of ['a', 'b', 'c']) await post('x', 'answer', 't', channel);
    const taken = await Promise.all(Array.from({ length: 6 }, () => take(2)));
    expect(taken.flat().map(({ channel }) => channel)).toHaveLength(
      new Set(taken.flat().map(({ channel }) => channel)).size,
    );
  });

  it('holds up a channel, or all of the workspace, and counts failures until one goes through', async () => {
    await post('1');
    await post('2', 'answer', 't', 'general');
    await holdUp('channel', minute);
    expect(await channels()).toEqual(['general']);
    await holdUp('channel', -1);
    const [held] = await take();
    expect(held).toMatchObject({ channel: 'incidents', failures: 2 });
    await within(({ outbox }) => outbox.holdUp(held as HeldChannel, 'workspace', minute));
    expect(await next(held as HeldChannel)).toBeUndefined();
    await within(({ outbox }) => outbox.release(held as HeldChannel));
    expect(await channels()).toEqual([]);
    await holdUp('workspace', -1);
    await passed(0, 0);
    expect(await take()).toMatchObject([{ channel: 'incidents', failures: 0 }]);
  });

  it('lets edits and notices pass the pause between new messages', async () => {
    const card = await post('card');
    await post('2');
    await sent(card);
    await holdUp('channel', -1);
    await passed(minute, 0);
    expect(await take()).toEqual([]);
    await revise(card, 'edited');
    const notice = db.ids.next<PostId>();
    const place = { channel: 'incidents', thread: 't' };
    await within(({ outbox }) => outbox.notify(notice, place, 'vic', someReply('for you')));
    expect(await texts()).toEqual(['for you', 'edited']);
    await passed(0, 0);
    expect(await texts()).toEqual([]);
  });

  it('keeps edits waiting where the platform has no room for them, and progress for longer; new messages go on', async () => {
    const [card, look] = [await post('card'), await post('look')];
    await sent(card);
    await sent(look);
    await revise(card, 'decided', 'approval');
    await revise(look, 'more output');
    const [held] = await take();
    await within(({ outbox }) => outbox.holdUpEdits(held as HeldChannel, minute));
    await post('next card', 'approval');
    await within(({ outbox }) => outbox.release(held as HeldChannel));
    expect(await texts()).toEqual(['next card']);
    const holding = await hold();
    await within(({ outbox }) => outbox.holdUpEdits(holding, -1));
    await passed(0, minute);
    expect(await texts()).toEqual(['decided']);
  });

  it('tells that a message may stand once anybody took it to send, until it certainly does not', async () => {
    const id = await post('1');
    const [lost] = await take(1, -1);
    expect(await next(lost as HeldChannel)).toMatchObject({ id, mayStand: false });
    await holdUp('channel', -1);
    const [held] = await take();
    expect(await next(held as HeldChannel)).toMatchObject({ id, mayStand: true });
    const undone = { error: '429', delayMs: 0, dead: false, undone: true };
    await within(({ outbox }) => outbox.failed(held as HeldChannel, id, undone));
    expect(await next(held as HeldChannel)).toMatchObject({ id, mayStand: false });
    await sent(id, 1, id, held);
    await revise(id, 'edited');
    expect(await next(held as HeldChannel)).toMatchObject({ id, mayStand: false });
  });

  it('merges edits that wait into the newest and sends it as an edit', async () => {
    const id = await post('card');
    await sent(id, 1, 'platform-1');
    await revise(id, 'half');
    await revise(id, 'whole');
    const merged = { id, externalId: 'platform-1', revision: 3, reply: { summary: 'whole' } };
    expect(await sendAll()).toMatchObject([merged]);
    expect(await sendAll()).toEqual([]);
  });

  it('does not lose an edit that arrives while the message is being sent', async () => {
    const id = await post('card');
    const [held] = await take();
    const sending = await next(held as HeldChannel);
    await revise(id, 'newer');
    await sent(id, sending?.revision, 'platform-1', held);
    const edit = { id, externalId: 'platform-1', reply: { summary: 'newer' } };
    expect(await next(held as HeldChannel)).toMatchObject(edit);
  });

  it('counts how long something waits from its first change that was not sent', async () => {
    const id = await post('card');
    await sent(id, 1, 'platform-1');
    const lag = async () => (await within(({ operations }) => operations.read())).outboxLag;
    expect(await lag()).toBeNull();
    await revise(id, 'half');
    await inWorkspace(db.open.database, workspace, (executor) =>
      executor.execute(sql`update posts set waiting_since = waiting_since - interval '1 hour'`),
    );
    await revise(id, 'whole');
    expect(await lag()).toBeGreaterThan(3599);
    await sent(id, 3, 'platform-1');
    await revise(id, 'later');
    expect(await lag()).toBeLessThan(3599);
  });

  it('lets an edit of a message pass new ones that wait in its thread', async () => {
    const card = await post('card');
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

  it('tries again what failed, and holds back what follows it in its thread alone', async () => {
    const id = await post('1');
    await post('2');
    await failed(id, minute);
    expect(await take()).toEqual([]);
    await post('other thread', 'progress', 'u');
    expect(await texts()).toEqual(['other thread']);
    await failed(id, -1);
    expect(await sendAll()).toMatchObject([{ attempts: 2 }, { attempts: 0 }]);
  });

  it('gives up what is dead, says so, lets the thread go on, and tries a new text of it', async () => {
    const id = await post('refused');
    await post('2');
    await failed(id, 0, true);
    expect(await within(({ operations }) => operations.read())).toMatchObject({
      outboxDead: 1,
      outboxWaiting: 1,
    });
    expect(await within(({ outbox }) => outbox.refused(5))).toEqual([
      { channel: 'incidents', summary: 'refused', error: 'no network', at: expect.any(Number) },
    ]);
    expect(await texts()).toEqual(['2']);
    await revise(id, 'shorter');
    expect(await texts()).toEqual(['shorter']);
    expect(await within(({ outbox }) => outbox.refused(5))).toEqual([]);
  });

  it('notifies one person and holds nobody up for it', async () => {
    const id = db.ids.next<PostId>();
    const place = { channel: 'incidents', thread: 't' };
    await within(({ outbox }) => outbox.notify(id, place, 'vic', someReply('for you')));
    await failed(id, minute);
    await post('for all');
    expect((await sendAll()).map(({ onlyFor, reply }) => [onlyFor, reply.summary])).toEqual([
      [null, 'for all'],
    ]);
    await failed(id, -1);
    expect((await sendAll()).map(({ onlyFor }) => onlyFor)).toEqual(['vic']);
    expect(await take()).toEqual([]);
  });

  it('finds a post by its id and by the name the platform gave it', async () => {
    const id = await post('card', 'answer', null);
    const place = { channel: 'incidents', thread: null, onlyFor: null };
    const found = { id, ...place, reply: someReply('card'), revision: 1, attempts: 0 };
    expect(await within(({ outbox }) => outbox.find(id))).toEqual({ ...found, externalId: null });
    await sent(id, 1, 'm-1');
    const named = (channel: string) => within(({ outbox }) => outbox.named(channel, 'm-1'));
    expect(await named('incidents')).toEqual({ ...found, externalId: 'm-1' });
    expect(await named('general')).toBeUndefined();
  });
});

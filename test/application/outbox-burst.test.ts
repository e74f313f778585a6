import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { createDeliverPosts } from '#application/deliver-posts.ts';
import { createPump } from '#application/pump.ts';
import { Fault } from '#domain/fault.ts';
import type { PostId, WorkspaceId } from '#domain/ids.ts';
import type { Urgency } from '#ports/stores/outbox.ts';
import { createTestCore } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { holdChannel } from '#test/support/hold-channel.ts';
import { someReply, someSpeaker } from '#test/support/rows.ts';
import { away, createStrictChat, refusal, type StrictChat, tooMany } from '#test/support/strict-chat.ts';

describeOnBothEngines('sending into many channels', (open) => {
  let db: TestDatabase;
  let workspace: WorkspaceId;
  /** How often the inbox was told of a new thread. */
  let opened = 0;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    workspace = (await db.workspaces.ensure('slack', randomUUID(), 'Own')).id;
  });

  const post = async (text: string, channel: string, thread = text, urgency: Urgency = 'answer') => {
    const id = db.ids.next<PostId>();
    await db.unitOfWork.within(workspace, ({ outbox }) =>
      outbox.post(id, { channel, thread }, someReply(text), urgency),
    );
    return id;
  };
  const operations = () => db.unitOfWork.within(workspace, (tx) => tx.operations.read());
  /** The outbox of one process at work, until nothing waits. */
  const startSender = async (chat: StrictChat) => {
    const core = await createTestCore(db);
    const delivery = createDeliverPosts({
      ...core,
      postsWaiting: () => pump.wake(),
      deliveriesWaiting: () => {
        opened += 1;
      },
    });
    const pump = createPump(() => delivery.turn(workspace, chat), 50, core.logger);
    return {
      wake: pump.wake,
      stop: async () => {
        await pump.stop();
        await delivery.settle();
      },
    };
  };
  /** Whether nothing may be sent now, although something waits. */
  const waitsFor = async (chat: StrictChat) => {
    const core = await createTestCore(db);
    const delivery = createDeliverPosts({ ...core, deliveriesWaiting: () => undefined });
    return (await operations()).outboxWaiting > 0 && !(await delivery.turn(workspace, chat));
  };
  const sendAll = async (...chats: readonly StrictChat[]) => {
    const senders = await Promise.all(chats.map(startSender));
    await expect.poll(async () => (await operations()).outboxWaiting, { timeout: 60_000 }).toBe(0);
    for (const sender of senders) await sender.stop();
  };
  const textsOf = (chat: StrictChat, channel: string) =>
    chat.accepted.filter((one) => one.channel === channel).map(({ text }) => text);

  it.each([
    ['told by the platform', true],
    ['learnt from refusals', false],
  ])('sends every answer of a burst once, with the pause of a channel %s', async (_title, tells) => {
    const chat = createStrictChat({ everyMs: 60, tells });
    const names = Array.from({ length: 10 }, (_, n) => `c-${n}`);
    for (let n = 0; n < 60; n += 1) await post(`answer ${n}`, names[n % 10] as string);
    await sendAll(chat);
    expect(chat.accepted.map(({ text }) => text).sort()).toEqual(
      Array.from({ length: 60 }, (_, n) => `answer ${n}`).sort(),
    );
    expect(chat.atOnce.channel).toBe(1);
    expect(chat.atOnce.all).toBeGreaterThan(1);
    if (tells) expect(chat.refused).toEqual([]);
  });

  it('never has two senders in one channel, and sends each message once', async () => {
    const chat = createStrictChat({ latencyMs: 3 });
    for (let n = 0; n < 40; n += 1) await post(`${n}`, `c-${n % 4}`, 't');
    await sendAll(chat, chat, chat);
    expect(chat.atOnce.channel).toBe(1);
    for (let channel = 0; channel < 4; channel += 1) {
      const inOrder = Array.from({ length: 10 }, (_, n) => `${n * 4 + channel}`);
      expect(textsOf(chat, `c-${channel}`)).toEqual(inOrder);
    }
  });

  it('keeps order and loses nothing when every third call is told to come back', async () => {
    const fault = (_: string, __: unknown, call: number) => (call % 3 === 0 ? tooMany(5) : undefined);
    const chat = createStrictChat({ fault });
    for (let n = 0; n < 30; n += 1) await post(`${n}`, 'c', 't');
    await sendAll(chat);
    expect(textsOf(chat, 'c')).toEqual(Array.from({ length: 30 }, (_, n) => `${n}`));
  });

  it('sends elsewhere while one channel is held up, and holds up all when the platform says so', async () => {
    let open = false;
    const chat = createStrictChat({
      fault: (channel) => (channel === 'slow' && !open ? tooMany(150) : undefined),
    });
    for (const text of ['1', '2', '3']) {
      await post(text, 'slow', 't');
      await post(text, 'quick', 't');
    }
    const sender = await startSender(chat);
    await expect.poll(() => textsOf(chat, 'quick')).toEqual(['1', '2', '3']);
    expect(textsOf(chat, 'slow')).toEqual([]);
    open = true;
    await expect.poll(() => textsOf(chat, 'slow')).toEqual(['1', '2', '3']);
    await sender.stop();

    const strict = createStrictChat({
      fault: (_, __, call) => (call === 1 ? tooMany(60_000, 'workspace') : undefined),
    });
    await post('first', 'a');
    const stopped = await startSender(strict);
    await expect.poll(() => strict.refused).toEqual(['first']);
    await post('second', 'b');
    await stopped.stop();
    expect(await waitsFor(strict)).toBe(true);
    expect(strict.accepted).toEqual([]);
  });

  it('keeps every message while the token is revoked, and knocks once a pause for all of them', async () => {
    let revoked = true;
    const noToken = () =>
      new Fault('configuration', 'token_revoked', 'The token is revoked.', 'Give a new one.', undefined, {
        retryAfterMs: 60_000,
        holdsUp: 'workspace',
      });
    const chat = createStrictChat({ fault: () => (revoked ? noToken() : undefined) });
    const names = ['a', 'b', 'c'];
    await post('first', 'a');
    const sender = await startSender(chat);
    await expect.poll(() => chat.refused).toEqual(['first']);
    await sender.stop();
    for (const name of names) for (const text of ['1', '2']) await post(text, name, 't');
    expect(await waitsFor(chat)).toBe(true);
    expect(chat.refused).toEqual(['first']);
    revoked = false;
    const held = await holdChannel(db, workspace, 'c');
    await db.unitOfWork.within(workspace, ({ outbox }) => outbox.holdUp(held, 'workspace', 0));
    await sendAll(chat);
    for (const name of names)
      expect(textsOf(chat, name).filter((text) => text !== 'first')).toEqual(['1', '2']);
    expect(await operations()).toMatchObject({ outboxDead: 0 });
  });

  const command = (text: string) =>
    db.unitOfWork.within(workspace, async ({ outbox, openings }) => {
      const id = db.ids.next<PostId>();
      const place = { workspace, channel: 'c', thread: null };
      await outbox.post(id, place, someReply(text), 'answer');
      await openings.add(id, { kind: 'command-given', place, speaker: someSpeaker('rae'), text });
    });

  it('tells the inbox at once that a thread was opened, and of nothing else', async () => {
    const chat = createStrictChat();
    opened = 0;
    await post('in a thread', 'c', 't');
    await command('opens one');
    await sendAll(chat);
    expect(opened).toBe(1);
  });

  it('tells whoever asked when the thread for it cannot be opened, once, and drops what waited', async () => {
    const chat = createStrictChat({
      fault: (_, { summary }) => (summary === 'asked' ? refusal() : undefined),
    });
    await command('asked');
    await post('a refused message that opens nothing', 'c', 't');
    await sendAll(chat);
    expect(chat.accepted.filter(({ kind }) => kind === 'notice')).toMatchObject([
      { key: 'rae', channel: 'c', thread: null, text: expect.stringMatching(/not begun.*Invite me\.$/u) },
    ]);
    expect(await db.unitOfWork.within(workspace, ({ openings }) => openings.takeOpened(5))).toEqual([]);
  });

  it('tries a platform that is down seldom, and sends all when it is back', async () => {
    let down = true;
    const chat = createStrictChat({ fault: () => (down ? away() : undefined) });
    for (let n = 0; n < 20; n += 1) await post(`${n}`, 'c', 't');
    const sender = await startSender(chat);
    await expect.poll(() => chat.refused.length).toBeGreaterThan(1);
    const before = chat.refused.length;
    for (let n = 0; n < 50; n += 1) {
      sender.wake();
      await operations();
    }
    expect(chat.refused.length - before).toBeLessThan(10);
    down = false;
    await expect.poll(() => textsOf(chat, 'c').length).toBe(20);
    await sender.stop();
  });

  it('gives up what is refused for good and goes on with the channel', async () => {
    const chat = createStrictChat({
      fault: (_, { summary }) => (summary === 'bad' ? refusal() : undefined),
    });
    for (const text of ['1', 'bad', '2']) await post(text, 'c', 't');
    await sendAll(chat);
    expect(textsOf(chat, 'c')).toEqual(['1', '2']);
    expect(await operations()).toMatchObject({ outboxDead: 1 });
  });

  it('never sends an edit that a newer one has replaced', async () => {
    const chat = createStrictChat({ everyMs: 0 });
    const id = await post('card', 'c', 't');
    await sendAll(chat);
    for (let n = 1; n <= 9; n += 1) {
      await db.unitOfWork.within(workspace, ({ outbox }) =>
        outbox.revise(id, someReply(`progress ${n}`), 'progress'),
      );
    }
    await sendAll(chat);
    expect(textsOf(chat, 'c')).toEqual(['card', 'progress 9']);
  });

  it('posts with the same key again when the sender died before it could note the answer', async () => {
    const chat = createStrictChat();
    const id = await post('card', 'c', 't');
    const [held] = await db.unitOfWork.within(workspace, ({ outbox }) => outbox.take(1, 'dead', -1));
    await chat.post({ workspace, channel: 'c', thread: 't' }, someReply('card'), id, false);
    expect(held).toMatchObject({ channel: 'c' });
    await sendAll(chat);
    expect(textsOf(chat, 'c')).toEqual(['card']);
  });
});

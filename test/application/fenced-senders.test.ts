import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import type { Core } from '#application/core.ts';
import { createDeliverPosts } from '#application/deliver-posts.ts';
import type { PostId, WorkspaceId } from '#domain/ids.ts';
import type { HeldChannel } from '#ports/stores/outbox.ts';
import type { UnitOfWork } from '#ports/unit-of-work.ts';
import { createTestCore } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { holdChannel } from '#test/support/hold-channel.ts';
import { someReply } from '#test/support/rows.ts';
import { createStrictChat, type StrictChat } from '#test/support/strict-chat.ts';

describeOnBothEngines('a sender that is stopped and wakes up', (open) => {
  let db: TestDatabase;
  let workspace: WorkspaceId;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    workspace = (await db.workspaces.ensure('slack', randomUUID(), 'Own')).id;
  });

  const post = async (): Promise<PostId> => {
    const id = db.ids.next<PostId>();
    const place = { channel: 'c', thread: null };
    await db.unitOfWork.within(workspace, ({ outbox }) =>
      outbox.post(id, place, someReply('card'), 'answer'),
    );
    return id;
  };
  const find = (id: PostId) => db.unitOfWork.within(workspace, ({ outbox }) => outbox.find(id));
  /** One look of a process at the outbox, until what it began has ended. */
  const send = async (chat: StrictChat, parts: Partial<Core> = {}) => {
    const core = { ...(await createTestCore(db)), ...parts };
    const delivery = createDeliverPosts({ ...core, deliveriesWaiting: () => undefined });
    await delivery.turn(workspace, chat);
    await delivery.settle();
  };
  /** Does something after the transaction in which the sender was told what to send. */
  const afterNext = (act: () => Promise<void>): UnitOfWork => {
    let transactions = 0;
    return {
      ...db.unitOfWork,
      within: async (asked, work) => {
        const done = await db.unitOfWork.within(asked, work);
        transactions += 1;
        if (transactions === 2) await act();
        return done;
      },
    };
  };
  /** A clock on which an hour passes between two looks. */
  const leaping = (): Core['clock'] => {
    let now = Date.now();
    return {
      now: () => {
        now += 3_600_000;
        return now;
      },
    };
  };

  it('does not send what it was told to send before, when another has taken its channel', async () => {
    const id = await post();
    const chat = createStrictChat();
    const unitOfWork = afterNext(async () => void (await holdChannel(db, workspace, 'c')));
    await send(chat, { unitOfWork, clock: leaping() });
    expect(chat.accepted).toEqual([]);
    expect(await find(id)).toMatchObject({ externalId: null, attempts: 0 });
  });

  it('sends it when nobody has', async () => {
    const id = await post();
    const chat = createStrictChat();
    await send(chat, { clock: leaping() });
    expect(chat.accepted).toHaveLength(1);
    expect(await find(id)).toMatchObject({ externalId: expect.any(String) });
  });

  it('leaves the message as the other sender left it, when it was stopped in the middle of a call', async () => {
    const id = await post();
    const others: HeldChannel[] = [];
    const chat = createStrictChat();
    const slow: StrictChat = {
      ...chat,
      post: async (...asked) => {
        const late = await chat.post(...asked);
        const held = await holdChannel(db, workspace, 'c');
        await db.unitOfWork.within(workspace, ({ outbox }) => outbox.sent(held, id, 1, 'the other'));
        others.push(held);
        return late;
      },
    };
    await send(slow);
    expect(await find(id)).toMatchObject({ externalId: 'the other' });
    expect(others.map((held) => held.holder)).toEqual([await holder()]);
  });

  const channel = async () => {
    const rows = await inWorkspace(db.open.database, workspace, (executor) =>
      readRows<{ holder: string | null; freeAt: number }>(
        executor,
        sql`select holder, extract(epoch from free_at)::float8 as "freeAt" from outbox_channels where channel = 'c'`,
      ),
    );
    return rows[0];
  };
  const holder = async () => (await channel())?.holder;

  it('keeps its channel for as long as a slow call lasts', async () => {
    await post();
    const seen: number[] = [];
    const chat = createStrictChat();
    const slow: StrictChat = {
      ...chat,
      post: async (...asked) => {
        const first = (await channel())?.freeAt ?? 0;
        await expect.poll(async () => (await channel())?.freeAt, { timeout: 20_000 }).toBeGreaterThan(first);
        seen.push(first);
        return chat.post(...asked);
      },
    };
    await send(slow);
    expect(seen).toHaveLength(1);
    expect(chat.accepted).toHaveLength(1);
    expect(await holder()).toBeNull();
  });
});

import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { WorkspaceId } from '#domain/ids.ts';
import type { ReactionChanged } from '#domain/intent.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { addStory, someSpeaker } from '#test/support/rows.ts';

describeOnBothEngines('what was heard so far', (open) => {
  let db: TestDatabase;
  let workspace: WorkspaceId;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    workspace = (await db.workspaces.ensure('playground', randomUUID(), 'Own')).id;
  });
  const within = <T>(work: (transaction: Transaction) => Promise<T>) => db.unitOfWork.within(workspace, work);

  const react = (
    messageId: string,
    person: string,
    change: ReactionChanged['change'],
    emoji = '+1',
    at?: number,
  ) =>
    within(({ heard }) =>
      heard.noteReaction({
        ...{ channel: 'C1', messageId, personExternalId: person, emoji, change, at },
        ofAnswer: false,
      }),
    );

  it('is nothing before the first delivery, and then as old as the newest one', async () => {
    expect(await within(({ heard }) => heard.lastAt())).toBeNull();
    await within(({ inbox }) =>
      inbox.add('d', {
        kind: 'home-opened',
        place: { workspace, channel: '', thread: null },
        speaker: someSpeaker('rae'),
      }),
    );
    const at = await within(({ heard }) => heard.lastAt());
    expect(Math.abs((at ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('keeps since when something is missing until all was read back, the earliest time of all', async () => {
    const gap = () => within(({ heard }) => heard.gap());
    expect(await gap()).toBeNull();
    await within(({ heard }) => heard.openGap(2_000));
    await within(({ heard }) => heard.openGap(1_000));
    await within(({ heard }) => heard.openGap(3_000));
    expect(await gap()).toBe(1_000);
    const other = await db.workspaces.ensure('playground', randomUUID(), 'Other');
    expect(await db.unitOfWork.within(other.id, ({ heard }) => heard.gap())).toBeNull();
    await db.unitOfWork.within(other.id, ({ heard }) => heard.closeGap());
    expect(await gap()).toBe(1_000);
    await within(({ heard }) => heard.closeGap());
    expect(await gap()).toBeNull();
  });

  it('knows the reactions that stand: the last change of each counts', async () => {
    await react('1', 'rae', 'added');
    await react('1', 'rae', 'added', '-1');
    await react('1', 'ada', 'added');
    await react('1', 'rae', 'removed');
    await react('2', 'ben', 'removed');
    await react('2', 'ben', 'added');
    const stand = await within(({ heard }) => heard.reactions(7));
    expect(
      stand
        .map(({ messageId, personExternalId, emoji }) => `${messageId} ${personExternalId} ${emoji}`)
        .sort(),
    ).toEqual(['1 ada +1', '1 rae -1', '2 ben +1']);
  });

  it('takes no change that is older than what it knows', async () => {
    const now = Date.now();
    expect(await react('1', 'rae', 'removed', '+1', now)).toEqual({ emoji: '+1', ofAnswer: false });
    expect(await react('1', 'rae', 'added', '+1', now - 1000)).toBeUndefined();
    expect(await within(({ heard }) => heard.reactions(7))).toEqual([]);
  });

  it('knows the newest threads with an incident, of this workspace alone', async () => {
    await db.unitOfWork.within(workspace, (transaction) => addStory(transaction, db.ids));
    expect(await within(({ heard }) => heard.threads(7, 10))).toHaveLength(1);
    expect(await within(({ heard }) => heard.threads(7, 0))).toEqual([]);
    const other = await db.workspaces.ensure('playground', randomUUID(), 'Other');
    expect(await db.unitOfWork.within(other.id, ({ heard }) => heard.threads(7, 10))).toEqual([]);
  });
});

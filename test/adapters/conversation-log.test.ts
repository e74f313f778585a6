import { beforeAll, expect, it } from 'vitest';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someReply } from '#test/support/rows.ts';

const message = (id: string, changes: Partial<LoggedMessage> = {}): LoggedMessage => ({
  id,
  channel: 'incidents',
  thread: null,
  author: { externalId: 'rae', name: 'Rae', isBot: false },
  body: { kind: 'text', text: id },
  onlyFor: null,
  reactions: {},
  at: 1_700_000_000_000,
  editedAt: null,
  ...changes,
});

describeOnBothEngines('the conversation log', (open) => {
  let db: TestDatabase;
  const log = () => db.conversationLog;
  beforeAll(async () => {
    db = await open();
  });

  it('keeps the first message of an id, in its workspace alone', async () => {
    await log().add(db.workspace, message('m'));
    await log().add(db.workspace, message('m', { body: { kind: 'text', text: 'again' } }));
    expect(await log().find(db.workspace, 'm')).toEqual(message('m'));
    expect(await log().find(db.other, 'm')).toBeUndefined();
    expect(await log().edit(db.other, 'm', { kind: 'text', text: 'theirs' }, 1)).toBe(false);
  });

  it('edits the body and says when', async () => {
    await log().add(db.workspace, message('edited'));
    const body = { kind: 'reply', reply: someReply('card') } as const;
    expect(await log().edit(db.workspace, 'edited', body, 1_700_000_000_999)).toBe(true);
    expect(await log().find(db.workspace, 'edited')).toEqual(
      message('edited', { body, editedAt: 1_700_000_000_999 }),
    );
    expect(await log().edit(db.workspace, 'nobody', body, 1)).toBe(false);
  });

  it('adds and removes reactions, each once', async () => {
    await log().add(db.workspace, message('liked'));
    const react = (person: string, change: 'added' | 'removed') =>
      log().react(db.workspace, 'liked', '👍', person, change);
    expect(await react('rae', 'added')).toBe(true);
    expect(await react('rae', 'added')).toBe(false);
    expect(await react('ada', 'added')).toBe(true);
    expect((await log().find(db.workspace, 'liked'))?.reactions).toEqual({ '👍': ['ada', 'rae'] });
    expect(await react('rae', 'removed')).toBe(true);
    expect(await react('rae', 'removed')).toBe(false);
    expect((await log().find(db.workspace, 'liked'))?.reactions).toEqual({ '👍': ['ada'] });
  });

  it('takes no reaction for a message that is not there', async () => {
    expect(await log().react(db.workspace, 'nobody', '👍', 'rae', 'added')).toBe(false);
  });

  it('reads a channel and a thread, newest kept, oldest first', async () => {
    const at = (seconds: number) => ({ channel: 'busy', at: 1_700_000_000_000 + seconds * 1000 });
    for (const root of [1, 2, 3]) await log().add(db.workspace, message(`root-${root}`, at(root)));
    for (const reply of [4, 5, 6])
      await log().add(db.workspace, message(`reply-${reply}`, { ...at(reply), thread: 'root-3' }));
    await log().add(db.workspace, message('whisper', { ...at(7), thread: 'root-3', onlyFor: 'vic' }));
    const channel = await log().channel(db.workspace, 'busy', 2);
    expect(channel.map(({ message: { id }, replies }) => [id, replies])).toEqual([
      ['root-2', 0],
      ['root-3', 3],
    ]);
    const thread = await log().thread(db.workspace, 'root-3', 2);
    expect(thread.map(({ id }) => id)).toEqual(['root-3', 'reply-6', 'whisper']);
    expect(await log().thread(db.other, 'root-3', 2)).toEqual([]);
  });
});

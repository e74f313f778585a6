import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { MessagePosted } from '#domain/intent.ts';
import { createOwnBot, runbookSource, type TestBot } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';

const problem = 'disk is full on web-01';
const people = ['rae', 'ada', 'ben', 'vic'];

/** Replicas are calls at the same time past the inbox: on a server each has a connection of its own. */
describeOnBothEngines('one answer when several replicas answer', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    const text = runbookSource('Disk full on a web host', [{ section: 'Check', command: 'df -h' }]);
    bot = await createOwnBot(db, { runbooks: [{ slug: 'disk-full', text }] });
  });

  const root = (id: string, changes: Partial<MessagePosted> = {}): MessagePosted => ({
    kind: 'message-posted',
    ...bot.asking('rae'),
    id,
    text: problem,
    mentionsBot: false,
    at: 1,
    ...changes,
  });
  const atOnce = async (messages: readonly MessagePosted[]): Promise<void> => {
    await Promise.all(messages.map((message) => bot.dispatch(message)));
    await bot.settle();
  };
  const count = async (thread: string) => (await bot.replies(thread)).length;

  it.each([false, true])('to the same message, when it mentions the bot: %s', async (mentionsBot) => {
    const id = db.ids.nonce();
    await atOnce(Array.from({ length: 4 }, () => root(id, { mentionsBot })));
    expect(await count(id)).toBe(1);
    const incident = await bot.within(({ incidents }) => incidents.inThread('incidents', id));
    expect(incident).toMatchObject({ problem, state: 'open' });
  });

  it('to a greeting that mentions the bot', async () => {
    const id = db.ids.nonce();
    await atOnce(Array.from({ length: 4 }, () => root(id, { text: 'hello @recourse', mentionsBot: true })));
    expect(await count(id)).toBe(1);
  });

  it('to each message that mentions the bot in one thread, and the unasked one at most once', async () => {
    const id = db.ids.nonce();
    const { place } = bot.asking('rae');
    const mentions = people.map((who) =>
      root(db.ids.nonce(), {
        speaker: bot.asking(who).speaker,
        place: { ...place, thread: id },
        mentionsBot: true,
      }),
    );
    await atOnce([...mentions, root(id), ...mentions, root(id)]);
    expect([people.length, people.length + 1]).toContain(await count(id));
  });

  it('and none unasked once a mention in the thread was answered', async () => {
    const id = db.ids.nonce();
    const { place } = bot.asking('rae');
    await atOnce([root(db.ids.nonce(), { place: { ...place, thread: id }, mentionsBot: true })]);
    await atOnce([root(id), root(id)]);
    expect(await count(id)).toBe(1);
  });

  it('to an alert that its bot sends several times at once', async () => {
    bot.seeAs('grafana', { standing: 'bot' });
    const { speaker } = bot.asking('grafana');
    const ids = Array.from({ length: 4 }, () => db.ids.nonce());
    await atOnce(ids.map((id, index) => root(id, { speaker, text: `${problem}: ${90 + index}%` })));
    const counts = await Promise.all(ids.map(count));
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(1);
  });
});

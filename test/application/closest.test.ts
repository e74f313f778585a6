import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { SolutionSearch } from '#ports/solution-search.ts';
import {
  actionOf,
  buttonsOf,
  createTestBot,
  createTestCore,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';
import { textOf } from '#test/support/run-story.ts';

const weakProblem = 'disk is full on web-01';
/** Less than any threshold, whatever the search is sure of. */
const doubt = 0.45;
/** What every "No good match" asks: whether that was right. */
const opinions = ['👍 Yes', '🤔 Partly', '👎 No', '💬 Comment'];

describeOnBothEngines('asking for the closest', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  let trust = doubt;
  /** What is found at all is at least this similar. */
  let least = 0;
  /** The search as it is, only less sure of what it finds. */
  const doubtful = async (): Promise<SolutionSearch> => {
    const { search } = await createTestCore(db);
    return {
      find: async (query) =>
        (await search.find(query)).map((one) => ({
          ...one,
          similarity: Math.max(least, one.similarity * trust),
        })),
    };
  };
  beforeEach(async () => {
    trust = doubt;
    least = 0;
    const { id } = await db.workspaces.ensure('playground', db.ids.nonce(), 'Own');
    bot = await createTestBot(db, undefined, { in: id, search: await doubtful() });
    await bot.within(({ hosts }) => hosts.sync([someHost()]));
    const look = [{ section: 'Check', command: 'df -h' }];
    await bot.load(
      { slug: 'disk', text: runbookSource('Disk full on a web host', look) },
      { slug: 'redis', text: runbookSource('Redis reached its memory limit', look) },
      { slug: 'dns', text: runbookSource('Names are not resolved', look) },
    );
  });

  const askWeakly = async (text = weakProblem, at: { thread?: string; mentionsBot?: boolean } = {}) => {
    const thread = await bot.say('rae', text, at);
    const [reply] = await bot.replies(at.thread ?? thread);
    return { thread, reply };
  };

  it('offers it beside the honest answer, and shows it clearly unlike an answer', async () => {
    const { thread, reply } = await askWeakly();
    expect(textOf(reply)).toContain('No good match');
    expect(buttonsOf(reply).map(({ label }) => label)).toEqual(['Show the closest', ...opinions]);
    await bot.press('vic', thread, actionOf(reply, 'closest'));
    const [, card, ...more] = await bot.replies(thread);
    expect(more).toEqual([]);
    expect(card?.summary).toMatch(/^Closest, but not sure: Disk full on a web host/);
    expect(textOf(card)).toContain('an answer needs 50 %');
    for (const word of ['Confidence', 'fits', '1. ']) expect(textOf(card)).not.toContain(word);
    expect(buttonsOf(card).some(({ style }) => style === 'primary')).toBe(false);
  });

  it('starts what is used from there like anything else: with an approval', async () => {
    const { thread, reply } = await askWeakly();
    await bot.press('rae', thread, actionOf(reply, 'closest'));
    const use = actionOf((await bot.replies(thread))[1], 'use');
    expect(await bot.press('rae', thread, use)).toMatchObject({
      kind: 'form',
      form: { fields: [{ name: 'host', initial: 'web-01' }] },
    });
    await bot.submit('vic', thread, use.id, { host: 'web-01' });
    expect(await bot.told('vic', thread)).toEqual([expect.stringContaining('role responder')]);
    await bot.submit('rae', thread, use.id, { host: 'web-01' });
    const [, , step] = await bot.replies(thread);
    expect(buttonsOf(step).map(({ action }) => action.verb)).toContain('approve');
  });

  it('answers once, also when two press at the same time, and tells the second', async () => {
    const { thread, reply } = await askWeakly();
    const action = actionOf(reply, 'closest');
    await Promise.all([bot.press('rae', thread, action), bot.press('ada', thread, action)]);
    await bot.press('ben', thread, action);
    expect(await bot.replies(thread)).toHaveLength(2);
    const told = [...(await bot.told('rae', thread)), ...(await bot.told('ada', thread))];
    expect(told).toEqual([expect.stringContaining('already')]);
    expect(await bot.told('ben', thread)).toEqual([expect.stringContaining('already')]);
  });

  it('offers others beside an answer, and shows what the thread has not seen, until nothing is left', async () => {
    trust = 1;
    least = 0.4;
    await bot.load({
      slug: 'disk-of-db',
      text: runbookSource('Disk of a database is slow', [{ section: 'Check', command: 'iostat' }]),
    });
    const { thread, reply } = await askWeakly();
    const others = actionOf(reply, 'others');
    await bot.press('vic', thread, others);
    const [, next] = await bot.replies(thread);
    expect(next?.summary).toMatch(/^Closest, but not sure: Disk of a database/);
    expect(next?.summary).not.toContain('web host');
    await bot.press('rae', thread, others);
    expect(await bot.replies(thread)).toHaveLength(2);
    expect(await bot.told('rae', thread)).toEqual([expect.stringContaining('Nothing else')]);
  });

  it('works after a restart', async () => {
    const { thread, reply } = await askWeakly();
    const restarted = await createTestBot(db, undefined, { in: bot.workspace, search: await doubtful() });
    await restarted.press('rae', thread, actionOf(reply, 'closest'));
    expect((await restarted.replies(thread))[1]?.summary).toContain('Closest');
  });

  it('gives a real answer when a good one has come since', async () => {
    const { thread, reply } = await askWeakly();
    trust = 1;
    await bot.press('rae', thread, actionOf(reply, 'closest'));
    expect((await bot.replies(thread))[1]?.summary).toMatch(/fits: Disk full/);
  });

  it('is about what was said last until something was shown', async () => {
    const { thread, reply } = await askWeakly();
    await bot.say('rae', '@recourse names are not resolved', { thread, mentionsBot: true });
    await bot.press('rae', thread, actionOf(reply, 'closest'));
    const replies = await bot.replies(thread);
    expect(replies.at(-1)?.summary).toMatch(/^Closest, but not sure: Names are not resolved/);
    await bot.say('rae', `@recourse ${weakProblem}`, { thread, mentionsBot: true });
    expect(buttonsOf((await bot.replies(thread)).at(-1)).map(({ label }) => label)).toEqual(opinions);
  });

  it('is not offered when nothing comes close, and a forged one finds nothing', async () => {
    const { thread, reply } = await askWeakly('the flux capacitor is broken');
    expect(buttonsOf(reply).map(({ label }) => label)).toEqual(opinions);
    for (const id of ['not-an-id', '0198c0de-0000-7000-8000-000000000000'])
      await bot.press('rae', thread, { verb: 'closest', id });
    const incident = await bot.within(({ incidents }) => incidents.inThread('incidents', thread));
    await bot.press('rae', thread, { verb: 'closest', id: incident?.id ?? '' });
    expect(await bot.told('rae', thread)).toEqual([
      expect.stringContaining('gone'),
      expect.stringContaining('gone'),
      'Nothing comes close either.',
    ]);
    expect(await bot.replies(thread)).toHaveLength(1);
  });
});

import { beforeAll, beforeEach, expect, it } from 'vitest';
import { mergeCases } from '#application/merge-cases.ts';
import { actionOf, createOwnBot, type TestBot, type Who } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { textOf } from '#test/support/run-story.ts';

describeOnBothEngines('thanking the author of a case', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  let thread: string;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, {});
    thread = await bot.say('rae', 'good morning');
    await bot.submit(
      'rae',
      thread,
      { verb: 'save-case', id: thread },
      {
        title: 'Zookeeper lost its quorum',
        symptoms: 'zookeeper quorum lost, kafka brokers complain',
        resolution: 'Restarted the second zookeeper node.',
      },
    );
  });

  const thanks = async () =>
    (await bot.replies(thread)).filter(({ summary }) => summary.startsWith('Your case helped'));
  /** Somebody has the problem, uses the case, and says how it went. */
  const use = async (who: Who, verb: 'worked' | 'failed' | 'partly' = 'worked') => {
    const asked = await bot.say(who, 'zookeeper quorum lost, kafka brokers complain');
    const { id } = actionOf((await bot.replies(asked))[0], 'use');
    await bot.press(who, asked, { verb: 'use', id });
    await bot.press(who, asked, { verb, id });
    return { asked, id };
  };

  it('tells them once a day that it helped somebody else, and names nobody who voted', async () => {
    const { asked, id } = await use('ada', 'failed');
    await bot.press('rae', asked, { verb: 'worked', id });
    await use('rae');
    expect(await thanks()).toEqual([]);
    await bot.press('ada', asked, { verb: 'worked', id });
    await use('max');
    const [card, ...more] = await thanks();
    expect(more).toEqual([]);
    for (const words of ['"name":"rae"', 'your case helped somebody else', 'Zookeeper lost its quorum'])
      expect(textOf(card)).toContain(words);
    expect(textOf(card)).not.toMatch(/ada|max/);
  });

  it('tells nothing to whoever does not want it, and again once they do', async () => {
    expect(JSON.stringify(await bot.slash('rae', 'thanks off'))).toContain('not told');
    expect(JSON.stringify(await bot.slash('rae', 'thanks perhaps'))).toContain('neither on nor off');
    expect(JSON.stringify(await bot.slash('rae', 'thanks'))).toContain('not told');
    await use('ada');
    expect(await thanks()).toEqual([]);
    await bot.slash('rae', 'thanks on');
    await use('ada');
    expect(await thanks()).toHaveLength(1);
  });

  it('thanks those too whose cases were merged into the one that helped, each once and in their own thread', async () => {
    const title = 'Kafka complains of zookeeper';
    const merged = [];
    for (const who of ['ada', 'ada', 'rae', 'max'] as const) {
      const own = await bot.say(who, 'good morning');
      const fields = { title, symptoms: 'kafka brokers complain', resolution: 'Restarted zookeeper.' };
      await bot.submit(who, own, { verb: 'save-case', id: own }, fields);
      const saved = await bot.within(({ incidents }) => incidents.inThread('incidents', own));
      merged.push({ own, slug: `case-${saved?.id}` });
    }
    const first = await bot.within(({ incidents }) => incidents.inThread('incidents', thread));
    const [one, ...others] = merged;
    const by = { externalId: 'max', name: 'Max' };
    const merge = (from = '', into = '') =>
      bot.within((transaction) => mergeCases(transaction, { from, into, by, refuse: async () => undefined }));
    // Through one another, and one of them directly.
    await merge(one?.slug, others[0]?.slug);
    for (const { slug } of others) await merge(slug, `case-${first?.id}`);
    await use('max');
    expect(await thanks()).toHaveLength(1);
    const told = await Promise.all(merged.map(async ({ own }) => (await bot.replies(own)).at(-1)));
    const thanked = told.filter((reply) => reply?.summary === `Your case helped: ${title}`);
    expect(thanked).toHaveLength(1);
    expect(textOf(thanked[0])).toMatch(/"name":"ada".*the case that it was merged into/);
    await use('ben');
    const entries = await bot.within(({ audit }) => audit.after(0, 900));
    const noted = entries.filter(({ event }) => event === 'author.thanked');
    expect(noted.map(({ details }) => details.author)).toEqual(['rae', 'ada', 'max']);
  });

  it('thanks once however many votes come at the same time', async () => {
    const uses = [await use('ada', 'partly'), await use('max', 'partly'), await use('ben', 'partly')];
    const who = ['ada', 'max', 'ben'] as const;
    await Promise.all(
      uses.map(({ asked, id }, at) => bot.press(who[at] ?? 'ada', asked, { verb: 'worked', id })),
    );
    expect(await thanks()).toHaveLength(1);
  });
});

import { beforeAll, beforeEach, expect, it } from 'vitest';
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

  it('thanks once however many votes come at the same time', async () => {
    const uses = [await use('ada', 'partly'), await use('max', 'partly'), await use('ben', 'partly')];
    const who = ['ada', 'max', 'ben'] as const;
    await Promise.all(
      uses.map(({ asked, id }, at) => bot.press(who[at] ?? 'ada', asked, { verb: 'worked', id })),
    );
    expect(await thanks()).toHaveLength(1);
  });
});

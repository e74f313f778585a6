import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { RecommendationId } from '#domain/ids.ts';
import type { Verdict } from '#domain/learning/verdict.ts';
import type { Received } from '#ports/inbound.ts';
import { createOwnBot, knownSecret, type TestBot, type Who } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';
import { startRun, textOf } from '#test/support/run-story.ts';

describeOnBothEngines('what people say of a recommendation', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, { hosts: [someHost({ name: 'demo-web-01' })] });
  });

  /** What stands in a form, without what was left open. */
  const initials = (received: Received) => {
    if (received.kind !== 'form') throw new Error(`no form: ${JSON.stringify(received)}`);
    const all = received.form.fields.map(({ name, initial }) => [name, initial] as const);
    return Object.fromEntries(all.filter(([, initial]) => initial !== '' && initial !== 'not said'));
  };
  const stopped = async () => {
    const run = await startRun(bot, [{ section: 'Check', command: 'df -h' }]);
    await run.press('rae', 'stop');
    const { thread, recommendation } = run;
    const id = recommendation as RecommendationId;
    const comment = { verb: 'comment', id } as const;
    return {
      thread,
      id,
      say: (who: Who, values: Readonly<Record<string, string>>) => bot.submit(who, thread, comment, values),
      form: async (who: Who) => initials(await bot.press(who, thread, comment)),
      vote: (who: Who, verb: Verdict) => bot.press(who, thread, { verb, id }),
      votes: async () =>
        (await bot.within(({ recommendations }) => recommendations.votes(id))).map(({ verdict }) => verdict),
      stored: () => bot.within(({ recommendations }) => recommendations.comments(id)),
      card: async () => textOf((await bot.replies(thread)).at(-1)),
      state: async () =>
        (await bot.within(({ incidents }) => incidents.inThread('incidents', thread)))?.state,
    };
  };

  it('keeps one comment a person and shows it on the verdict card', async () => {
    const run = await stopped();
    expect(await run.form('rae')).toEqual({});
    expect(await run.say('rae', { comment: ' ' })).toMatchObject({ kind: 'invalid' });
    await run.say('rae', { comment: 'Step 2 needs sudo.' });
    await run.say('rae', { comment: 'Step 1 needs sudo.' });
    await run.say('vic', { comment: 'Me too.' });
    expect(await run.card()).toContain('💬 rae: Step 1 needs sudo.');
    expect(await run.card()).not.toContain('Step 2');
    expect(await bot.told('vic', run.thread)).toEqual([expect.stringContaining('role responder')]);
    expect(await run.form('rae')).toEqual({ comment: 'Step 1 needs sudo.' });
    expect(await run.votes()).toEqual([]);
    expect(JSON.stringify(await bot.slash('vic', 'insights'))).toContain('💬 1');
  });

  it('keeps every part of the form, shows it, and brings it back', async () => {
    const run = await stopped();
    const said = {
      outcome: 'partial',
      accuracy: 'missed',
      comment: 'it came back',
      fixed_by: 'a bigger disk',
      by_hand: 'stopped the job\nand began it again',
      missing: 'who owns it',
      better: 'say where the logs are',
      stars: '2',
    };
    await run.say('rae', said);
    expect(await run.form('rae')).toEqual(said);
    const card = await run.card();
    for (const words of ['💬 rae (missed, 2 of 5): it came back', 'Fixed by: a bigger disk', 'Votes: 🤔 rae'])
      expect(card).toContain(words);
    for (const words of ['by hand: stopped the job and', 'Missing: who owns it', 'Better: say where'])
      expect(card).toContain(words);
    await run.say('rae', { ...said, fixed_by: '', stars: 'not said' });
    expect(await run.form('rae')).toEqual({ ...said, fixed_by: undefined, stars: undefined });
    expect(await run.form('ada')).toEqual({});
  });

  it.each([
    ['resolved', 'worked', '👍 rae', 'resolved'],
    ['partial', 'partly', '🤔 rae', 'open'],
    ['no effect', 'failed', '👎 rae (no effect)', 'open'],
    ['made worse', 'failed', '👎 rae (made worse)', 'open'],
  ])('takes the outcome %s for the vote %s', async (outcome, verdict, shown, state) => {
    const run = await stopped();
    await run.say('rae', { outcome });
    expect(await run.votes()).toEqual([verdict]);
    expect(await run.card()).toContain(`Votes: ${shown}`);
    expect(await run.card()).not.toContain('💬 rae');
    expect(await run.state()).toBe(state);
    expect((await run.card()).includes('Resolved in less than a minute.')).toBe(state === 'resolved');
  });

  it('counts one vote a person, whichever way it was given last', async () => {
    const run = await stopped();
    await run.say('rae', { outcome: 'made worse' });
    await run.vote('rae', 'worked');
    expect(await run.votes()).toEqual(['worked']);
    expect(await run.form('rae')).toEqual({});
    await run.say('rae', { comment: 'after a while' });
    expect(await run.votes()).toEqual(['worked']);
    await run.say('rae', { outcome: 'no effect', comment: 'after a while' });
    expect(await run.votes()).toEqual(['failed']);
    expect(await run.state()).toBe('open');
    await run.say('rae', { outcome: 'not said', comment: 'after a while' });
    expect(await run.votes()).toEqual([]);
  });

  it('says what is wrong with a value, beside its field', async () => {
    const run = await stopped();
    const wrong = { stars: '6', outcome: 'fine', missing: 'x'.repeat(1001), comment: 'a' };
    expect(await run.say('rae', wrong)).toEqual({
      kind: 'invalid',
      errors: {
        stars: 'Say one of 1, 2, 3, 4, 5, or not said.',
        outcome: expect.stringContaining('made worse'),
        missing: 'Keep it to 1000 characters at most.',
      },
    });
    expect(await run.say('rae', { fixed_by: `log in with ${knownSecret}` })).toMatchObject({
      kind: 'invalid',
      errors: { fixed_by: expect.stringContaining('secret') },
    });
    expect(await run.stored()).toEqual([]);
  });

  it('brings what fixed it into the case that is made of the thread', async () => {
    const run = await stopped();
    await run.say('rae', { fixed_by: 'a bigger disk', by_hand: 'stopped the job' });
    const form = initials(await bot.press('rae', run.thread, { verb: 'save-case', id: run.thread }));
    expect(form.resolution).toBe('a bigger disk\nstopped the job');
  });
});

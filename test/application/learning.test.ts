import { beforeAll, beforeEach, expect, it } from 'vitest';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import { createLoadSolutions } from '#application/load-solutions.ts';
import type { RecommendationId } from '#domain/ids.ts';
import {
  actionOf,
  buttonsOf,
  createOwnBot,
  runbookSource,
  type TestBot,
  type Who,
} from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { someHost, someVersion } from '#test/support/rows.ts';
import { startRun, textOf } from '#test/support/run-story.ts';

const steps = [{ section: 'Check', command: 'df -h' }];

describeOnEmbedded('verdicts and the fold', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, { hosts: [someHost({ name: 'demo-web-01' })] });
  });

  const fold = () => createFoldWorkspace(bot.core)(bot.workspace);
  const votesOn = async (id: string) =>
    (await bot.within(({ recommendations }) => recommendations.votes(id as RecommendationId))).map(
      ({ verdict }) => verdict,
    );
  const incidentIn = (thread: string) =>
    bot.within(({ incidents }) => incidents.inThread('incidents', thread));
  const rates = () =>
    bot.within(async ({ solutions }) => solutions.rates((await solutions.all()).map(({ id }) => id)));
  /** A run that was stopped at once, so that its verdict card is there. */
  const stopped = async () => {
    const run = await startRun(bot, steps);
    await run.press('rae', 'stop');
    const verdict = async () => (await bot.replies(run.thread)).at(-1);
    const message = (await bot.thread(run.thread)).at(-1);
    if (!message) throw new Error('no verdict card');
    return { ...run, verdict, message: message.id };
  };

  it('counts one vote a person, shows who said what, and resolves what worked', async () => {
    const run = await stopped();
    await run.press('rae', 'worked', await run.verdict());
    expect(await incidentIn(run.thread)).toMatchObject({ state: 'resolved' });
    await run.press('rae', 'failed', await run.verdict());
    await run.press('ada', 'partly', await run.verdict());
    expect(await votesOn(run.recommendation)).toEqual(['failed', 'partly']);
    expect(textOf(await run.verdict())).toContain('👎 rae, 🤔 ada');
    expect(await incidentIn(run.thread)).toMatchObject({ state: 'open' });
  });

  it('lets a viewer not vote, by button or by reaction', async () => {
    const run = await stopped();
    await run.press('vic', 'worked', await run.verdict());
    await bot.react('vic', run.thread, run.message, '👍', 'added');
    expect(await votesOn(run.recommendation)).toEqual([]);
    expect(await bot.told('vic', run.thread)).toEqual([expect.stringContaining('role responder')]);
  });

  it('counts a reaction like a button, and takes it back with it', async () => {
    const run = await stopped();
    await bot.react('rae', run.thread, run.message, '👍🏽', 'added');
    expect(await votesOn(run.recommendation)).toEqual(['worked']);
    expect(textOf(await run.verdict())).toContain('👍 rae');
    await bot.react('rae', run.thread, run.message, '👎', 'added');
    await bot.react('rae', run.thread, run.message, '👍🏽', 'removed');
    expect(await votesOn(run.recommendation)).toEqual(['failed']);
    await bot.react('rae', run.thread, run.message, '👎', 'removed');
    await bot.react('rae', run.thread, run.message, '🎉', 'added');
    expect(await votesOn(run.recommendation)).toEqual([]);
    expect(textOf(await run.verdict())).toContain('One vote a person');
  });

  it('goes by when reactions changed, in whatever order it hears of them, and back to one that still stands', async () => {
    const run = await stopped();
    const now = Date.now();
    await bot.react('rae', run.thread, run.message, '👎', 'removed', now);
    await bot.react('rae', run.thread, run.message, '👎', 'added', now - 1000);
    expect(await votesOn(run.recommendation)).toEqual([]);
    await bot.react('rae', run.thread, run.message, '👍', 'added', now + 1000);
    await bot.react('rae', run.thread, run.message, '👎', 'added', now + 2000);
    expect(await votesOn(run.recommendation)).toEqual(['failed']);
    await bot.react('rae', run.thread, run.message, '👎', 'removed', now + 3000);
    expect(await votesOn(run.recommendation)).toEqual(['worked']);
  });

  it('counts a reaction on the answer for the solution that was chosen from it', async () => {
    const run = await startRun(bot, steps);
    const answer = (await bot.thread(run.thread)).find(({ body }) => body.kind === 'reply');
    await bot.react('ada', run.thread, answer?.id ?? '', 'thumbsup', 'added');
    expect(await votesOn(run.recommendation)).toEqual(['worked']);
  });

  it('shows the votes on the card of a past case, by button and by reaction', async () => {
    await createLoadSolutions(bot.core)(bot.workspace, [someVersion('hung', 'text', 'Checkout worker hung')]);
    const thread = await bot.say('rae', 'checkout worker hung, requests hang');
    const use = actionOf((await bot.replies(thread))[0], 'use');
    await bot.press('rae', thread, use);
    await bot.press('rae', thread, { verb: 'worked', id: use.id });
    expect(await votesOn(use.id)).toEqual(['worked']);
    const card = (await bot.replies(thread)).at(-1);
    expect(textOf(card)).toContain('Votes: 👍 rae');
    await bot.react('ada', thread, (await bot.thread(thread)).at(-1)?.id ?? '', 'thumbsup', 'added');
    expect(textOf((await bot.replies(thread)).at(-1))).toContain('👍 ada');
  });

  it('folds the same rows to the same rates, and forgets a vote that was taken back', async () => {
    const run = await stopped();
    await run.press('rae', 'worked', await run.verdict());
    await run.press('ada', 'partly', await run.verdict());
    expect(await fold()).toMatchObject({ signals: 2, solutions: 1, deprecated: [] });
    const first = [...(await rates()).values()];
    expect(first).toMatchObject([{ worked: 1.5, tried: 2, success: 0.5 }]);
    await fold();
    expect([...(await rates()).values()].map(({ worked, tried }) => ({ worked, tried }))).toEqual([
      { worked: 1.5, tried: 2 },
    ]);
    for (const [who, emoji] of [
      ['rae', '👍'],
      ['ada', '🤔'],
    ] as const)
      await bot.react(who, run.thread, run.message, emoji, 'removed');
    expect(await fold()).toMatchObject({ signals: 0, solutions: 0 });
    expect([...(await rates()).values()]).toMatchObject([
      { worked: 0, tried: 0, success: 0.5, recommended: 1 },
    ]);
  });

  it('tells how many others a case helped, without whoever wrote it', async () => {
    const saved = await bot.say('rae', 'good morning');
    const fields = {
      title: 'Relay stuck',
      symptoms: 'relay stuck, warbler silent',
      resolution: 'Restarted it.',
    };
    await bot.submit('rae', saved, { verb: 'save-case', id: saved }, fields);
    const ask = async (who: string) => {
      const thread = await bot.say(who, 'relay stuck, warbler silent');
      const [answer] = await bot.replies(thread);
      return { thread, answer, use: actionOf(answer, 'use').id };
    };
    const { thread, answer, use } = await ask('ada');
    expect(textOf(answer)).not.toContain('helped');
    for (const [who, verb] of [
      ['rae', 'worked'],
      ['ada', 'worked'],
      ['ben', 'failed'],
    ] as const)
      await bot.press(who, thread, { verb, id: use });
    await fold();
    expect(textOf((await ask('ben')).answer)).toMatch(/helped 1 other".*changed [^"]+ ago/);
    await bot.press('ben', thread, { verb: 'worked', id: use });
    await fold();
    expect(textOf((await ask('ben')).answer)).toContain('helped 2 others');
  });

  it('leaves the fold to whoever is at it', async () => {
    await db.leases.acquire(`fold:${bot.workspace}`, 'another replica', 60_000);
    expect(await fold()).toBe('busy');
    await db.leases.release(`fold:${bot.workspace}`, 'another replica');
    expect(await fold()).toMatchObject({ signals: 0, solutions: 0 });
  });

  it('changes what is shown first: enough against the first and for the second swap them', async () => {
    const problem = 'Mailgate queue is stuck';
    await bot.load(
      { slug: 'mailgate-a', text: runbookSource('Mailgate queue is stuck', steps) },
      { slug: 'mailgate-b', text: runbookSource('Mailgate queue is stuck again', steps) },
    );
    const ask = async () => {
      const thread = await bot.say('rae', `${problem} on demo-web-01`);
      const [answer] = await bot.replies(thread);
      const uses = buttonsOf(answer).filter(({ action }) => action.verb === 'use');
      return { thread, answer, ids: uses.map(({ action }) => action.id) };
    };
    const solutionOf = async (id = '') =>
      (await bot.within(({ recommendations }) => recommendations.find(id as RecommendationId)))?.solutionId;
    const before = await ask();
    const order = await Promise.all(before.ids.map(solutionOf));
    expect(order).toHaveLength(2);
    for (const who of ['rae', 'ada', 'ben', 'max'] satisfies Who[]) {
      await bot.press(who, before.thread, { verb: 'failed', id: before.ids[0] ?? '' });
      await bot.press(who, before.thread, { verb: 'worked', id: before.ids[1] ?? '' });
    }
    // One solution of the thread worked, whatever was said last about the other.
    await bot.press('rae', before.thread, { verb: 'failed', id: before.ids[0] ?? '' });
    expect(await incidentIn(before.thread)).toMatchObject({ state: 'resolved' });
    await fold();
    const after = await ask();
    expect(await Promise.all(after.ids.map(solutionOf))).toEqual([...order].reverse());
    expect(textOf(after.answer)).toContain('worked 4 of 4');
    expect(textOf(after.answer)).toContain('worked 0 of 4');
  });
});

import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { PostId, RecommendationId } from '#domain/ids.ts';
import type { SolutionSearch } from '#ports/solution-search.ts';
import {
  actionOf,
  buttonsOf,
  createOwnBot,
  createTestCore,
  runbookSource,
  type TestBot,
  type Who,
} from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';
import { textOf } from '#test/support/run-story.ts';

describeOnBothEngines('what people say of an answer', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  /** How alike everything found is; undefined for what the search is sure of. */
  let trust: number | undefined;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    trust = undefined;
    const text = (title: string, command: string) => runbookSource(title, [{ section: 'Check', command }]);
    const parts = {
      hosts: [someHost()],
      runbooks: [
        { slug: 'pool', text: text('Checkout slow, pool exhausted', 'ss -tn state established') },
        { slug: 'cache', text: text('Checkout slow, cache cold', 'uptime') },
      ],
    };
    const { search } = await createTestCore(db);
    const sure: SolutionSearch = {
      find: async (query) =>
        (await search.find(query)).map((one) => ({ ...one, similarity: trust ?? one.similarity })),
    };
    bot = await createOwnBot(db, parts, { search: sure });
  });

  const noMatch = async () => {
    const thread = await bot.say('rae', 'the warblers flummox and nobody snorkels', {
      mentionsBot: true,
    });
    const card = async () => (await bot.replies(thread))[0];
    const post = actionOf(await card(), 'worked').id as PostId;
    const press = (who: Who, verb: 'worked' | 'partly' | 'failed') =>
      bot.press(who, thread, { verb, id: post });
    const opinions = () => bot.within(({ answerFeedback }) => answerFeedback.of(post));
    return { thread, card, post, press, opinions, action: { verb: 'comment', id: post } as const };
  };

  it('lets "No good match" be voted on, one vote a person, and shows who did', async () => {
    const { thread, card, press, opinions } = await noMatch();
    expect(textOf(await card())).toContain('Was that right?');
    await press('rae', 'failed');
    await press('rae', 'worked');
    await press('ada', 'failed');
    await press('vic', 'failed');
    expect(textOf(await card())).toContain('Votes: 👍 rae, 👎 ada.');
    expect(await bot.told('vic', thread)).toEqual([expect.stringContaining('role responder')]);
    expect((await opinions()).map(({ verdict }) => verdict)).toEqual(['worked', 'failed']);
    const incident = await bot.within(({ incidents }) => incidents.inThread('incidents', thread));
    expect(incident?.state).toBe('open');
  });

  it('takes a comment on it, brings it back, and proposes what fixed it for the case', async () => {
    const { thread, card, press, action } = await noMatch();
    const said = { accuracy: 'missed', comment: 'look at the warblers', fixed_by: 'fed them' };
    expect(await bot.submit('rae', thread, action, { comment: ' ' })).toMatchObject({ kind: 'invalid' });
    await bot.submit('rae', thread, action, said);
    await press('rae', 'partly');
    const text = textOf(await card());
    for (const words of ['💬 rae (missed): look at the warblers', 'Fixed by: fed them', 'Votes: 🤔 rae'])
      expect(text).toContain(words);
    expect(JSON.stringify(await bot.press('rae', thread, action))).toContain('look at the warblers');
    expect(await bot.press('vic', thread, action)).toEqual({ kind: 'accepted' });
    const form = await bot.press('rae', thread, { verb: 'save-case', id: thread });
    expect(JSON.stringify(form)).toContain('fed them');
  });

  it('says so when what is judged is gone, and takes no other post for an answer', async () => {
    const { thread } = await noMatch();
    await bot.press('rae', thread, { verb: 'failed', id: db.ids.next() });
    await bot.submit('rae', thread, { verb: 'comment', id: db.ids.next() }, { comment: 'a' });
    expect(await bot.told('rae', thread)).toEqual(Array(2).fill(expect.stringContaining('is gone')));
  });

  let second = 0;
  const react = async (thread: string, emoji: string, change: 'added' | 'removed') => {
    const post = (await bot.thread(thread)).find(({ body }) => body.kind === 'reply');
    await bot.react('rae', thread, post?.id ?? '', emoji, change, Date.now() + 1000 * second++);
  };

  it('counts a reaction on it, and the one that still stands when one is taken back', async () => {
    const { thread, card } = await noMatch();
    await react(thread, '👎', 'added');
    await react(thread, '🤔', 'added');
    expect(textOf(await card())).toContain('Votes: 🤔 rae');
    await react(thread, '🤔', 'removed');
    expect(textOf(await card())).toContain('Votes: 👎 rae');
    await react(thread, '👎', 'removed');
    expect(textOf(await card())).toContain('Was that right?');
  });

  it('takes a reaction on an answer of several for one on the whole, until one of them is chosen', async () => {
    // Equally good and each below the threshold: two causes are possible.
    trust = 0.45;
    const thread = await bot.say('rae', 'checkout is slow');
    const [answer] = await bot.replies(thread);
    const post = await bot.within(async ({ recommendations, incidents }) => {
      const incident = await incidents.inThread('incidents', thread);
      const shown = incident ? await recommendations.inIncident(incident.id) : [];
      expect(shown).toHaveLength(2);
      return shown[0]?.postId as PostId;
    });
    const opinions = () => bot.within(({ answerFeedback }) => answerFeedback.of(post));
    await react(thread, '👍', 'added');
    expect(await opinions()).toMatchObject([{ verdict: 'worked' }]);
    const use = actionOf(answer, 'use');
    await bot.submit('rae', thread, use.id, { host: 'web-01' });
    await react(thread, '👍', 'removed');
    expect(await opinions()).toMatchObject([{ verdict: null }]);
    await react(thread, '👎', 'added');
    expect(await opinions()).toMatchObject([{ verdict: null }]);
    expect(await votesOn(use.id)).toEqual(['failed']);
  });

  const severalFor = async (words: string) => {
    trust = 0.45;
    const thread = await bot.say('rae', words);
    const answer = async () => (await bot.replies(thread))[0];
    const uses = buttonsOf(await answer()).filter(({ action }) => action.verb === 'use');
    const [first, second] = uses.map(({ action }) => action.id);
    if (first === undefined || second === undefined) throw new Error('not several');
    return { thread, answer, first, second };
  };

  it('asks of an answer of several what it is worth as a whole, and of none of its solutions by that', async () => {
    const { thread, answer, first } = await severalFor('checkout is slow');
    expect(textOf(await answer())).toContain('Is what you need among these?');
    const whole = buttonsOf(await answer()).at(-1)?.action;
    if (whole?.verb !== 'comment') throw new Error('no comment on all');
    await bot.press('rae', thread, { ...whole, verb: 'failed' });
    await bot.submit('ada', thread, whole, { comment: 'it is the database' });
    const text = textOf(await answer());
    for (const words of ['Votes: 👎 rae.', '💬 ada: it is the database', 'Checkout slow, cache cold'])
      expect(text).toContain(words);
    expect(await votesOn(first)).toEqual([]);
  });

  it('takes a comment on a solution before it is used, beside it, and shows it with the verdict from then on', async () => {
    const { thread, answer, first, second } = await severalFor('checkout is slow');
    const action = (id: string) => ({ verb: 'comment', id }) as const;
    expect(await bot.press('rae', thread, action(first))).toMatchObject({ kind: 'form' });
    await bot.submit('rae', thread, action(first), { comment: 'wrong shop', outcome: 'no effect' });
    await bot.submit('ada', thread, action(second), { comment: 'looks right' });
    await bot.submit('ada', thread, action(first), { comment: 'wrong town' });
    await bot.submit('ada', thread, action(first), { comment: 'right town' });
    const blocks = textOf(await answer()).split('Confidence');
    expect(blocks[1]).toContain('Votes: 👎 rae');
    expect(blocks[1]).toContain('wrong shop');
    expect(blocks[1]).toContain('right town');
    expect(blocks[2]).toContain('looks right');
    expect(blocks.join()).not.toContain('wrong town');
    expect(buttonsOf(await answer())).toHaveLength(12);
    await bot.submit('rae', thread, first, { host: 'web-01' });
    await bot.press('rae', thread, actionOf((await bot.replies(thread)).at(-1), 'stop'));
    const verdict = (await bot.replies(thread)).find(({ summary }) => summary.startsWith('Did this solve'));
    expect(textOf(verdict)).toContain('wrong shop');
    expect(textOf(verdict)).toContain('👎 rae');
  });

  const votesOn = async (id: string) => {
    const votes = await bot.within(({ recommendations }) => recommendations.votes(id as RecommendationId));
    return votes.map(({ verdict }) => verdict);
  };

  it('keeps what was said of the whole apart from what was said of the one that was chosen', async () => {
    trust = 0.45;
    const thread = await bot.say('rae', 'checkout is slow');
    const [answer] = await bot.replies(thread);
    const use = actionOf(answer, 'use');
    const post = await bot.within(async ({ recommendations }) => {
      const shown = await recommendations.find(use.id as RecommendationId);
      return shown?.postId as PostId;
    });
    const ofWhole = async () =>
      (await bot.within(({ answerFeedback }) => answerFeedback.of(post))).map(({ verdict }) => verdict);
    await react(thread, '👍', 'added');
    await bot.submit('rae', thread, use.id, { host: 'web-01' });
    await react(thread, '🤔', 'added');
    await react(thread, '👎', 'added');
    await react(thread, '👎', 'removed');
    expect([await ofWhole(), await votesOn(use.id)]).toEqual([['worked'], ['partly']]);
    await react(thread, '👍', 'removed');
    expect([await ofWhole(), await votesOn(use.id)]).toEqual([[null], ['partly']]);
    await react(thread, '👍', 'added');
    await react(thread, '🤔', 'removed');
    await react(thread, '👍', 'removed');
    expect([await ofWhole(), await votesOn(use.id)]).toEqual([[null], []]);
  });
});

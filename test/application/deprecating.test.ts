import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DeprecatedDecision, decideDeprecatedNamed } from '#application/decide-deprecated.ts';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import type { RecommendationId } from '#domain/ids.ts';
import { checkLearning } from '#src/composition/check-learning.ts';
import {
  actionOf,
  buttonsOf,
  createOwnBot,
  createTestBot,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { noteAlert } from '#test/support/note-alert.ts';
import { someHost } from '#test/support/rows.ts';
import { textOf } from '#test/support/run-story.ts';

const steps = [{ section: 'Check', command: 'df -h' }];
const source = { slug: 'relay', text: runbookSource('Warbler relay is stuck', steps) };
const voters = Array.from({ length: 8 }, (_, number) => `voter-${number}`);

describeOnBothEngines('a solution that stops working', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, { hosts: [someHost({ name: 'demo-web-01' })] });
    await bot.load(source);
    await bot.within(async ({ people }) => {
      for (const name of voters) await people.setRole(name, name, 'responder');
    });
  });

  const fold = (instance = 'test') => createFoldWorkspace({ ...bot.core, instance })(bot.workspace);
  const ask = async () => {
    const thread = await bot.say('rae', 'Warbler relay is stuck on demo-web-01');
    return { thread, answer: (await bot.replies(thread))[0] };
  };
  /** Incidents, each with one of the voters against the answer. */
  const fail = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      const { thread, answer } = await ask();
      const { id } = actionOf(answer, 'use');
      await bot.press(voters[time % voters.length] ?? '', thread, { verb: 'failed', id });
    }
  };
  const decide = (slug: string, decision: DeprecatedDecision, notes = '') =>
    bot.within((transaction) =>
      decideDeprecatedNamed(transaction, slug, { externalId: 'shell', name: 'shell' }, { decision, notes }),
    );
  const events = () =>
    bot.within(async ({ audit }) => (await audit.after(0, 1000)).map(({ event }) => event));

  it('is deprecated with its reason, shown no more, and stays so when its file is read again', async () => {
    await fail(8);
    expect(await fold()).toMatchObject({ signals: 8, deprecated: ['relay'] });
    expect(await bot.within(({ solutions }) => solutions.deprecated(10))).toMatchObject([
      { slug: 'relay', reason: expect.stringContaining('8 people in 8 incidents') },
    ]);
    expect(textOf((await ask()).answer)).toContain('No good match');
    await bot.load(source);
    expect(textOf((await ask()).answer)).toContain('No good match');
    expect(await fold()).toMatchObject({ deprecated: [] });
  });

  it('is deprecated once by two replicas that fold at the same moment', async () => {
    await fail(8);
    const reports = await Promise.all([fold('one'), fold('other')]);
    const after = await fold();
    const told = reports.flatMap((report) => (report === 'busy' ? [] : report.deprecated));
    expect([...told, ...(after === 'busy' ? ['busy'] : after.deprecated)]).toEqual(['relay']);
    expect((await events()).filter((event) => event === 'solution.deprecated')).toHaveLength(1);
  });

  it('changes nothing when the same rows are folded again', async () => {
    await fail(2);
    await fold();
    const rates = () =>
      bot.within(async ({ solutions }) => [
        ...(await solutions.rates((await solutions.slugs()).map(({ id }) => id))),
      ]);
    const before = await rates();
    expect(before).toMatchObject([[expect.any(String), { recommended: 2, tried: 2 }]]);
    await fold();
    expect(await rates()).toEqual(before);
  });

  it('is revived by a person, found again, and not buried by the same votes', async () => {
    await fail(8);
    await fold();
    expect(await decide('nothing', 'revived')).toBe(false);
    expect(await decide('relay', 'revived')).toBe(true);
    expect(await decide('relay', 'revived')).toBe(false);
    expect(await fold()).toMatchObject({ deprecated: [] });
    expect(textOf((await ask()).answer)).toContain('worked 0 of 8');
    await fail(8);
    expect(await fold()).toMatchObject({ deprecated: ['relay'] });
    expect(await events()).toContain('solution.revived');
  });

  describe('waits for a person', () => {
    const listed = async (who: string) => {
      const received = await bot.slash(who, 'review');
      return received.kind === 'shown' ? received.reply : undefined;
    };
    const open = async (who: string, verb: 'revive' | 'retire') =>
      bot.press(who, null, actionOf(await listed('ada'), verb));
    const submit = async (who: string, verb: 'revive' | 'retire', notes: string) =>
      bot.submit(who, null, actionOf(await listed('ada'), verb), { notes });
    beforeEach(() =>
      bot.within(async ({ solutions, searchIndex }) => {
        const relay = await solutions.named('relay');
        if (!relay) throw new Error('no runbook');
        await solutions.deprecate(relay.versionId, 'stopped working');
        await searchIndex.remove([relay.id]);
      }),
    );

    it('in the list of reviews, where an approver revives it, and nobody else', async () => {
      expect((await listed('ada'))?.summary).toBe('No versions wait for a review, 1 stopped working');
      expect(await open('vic', 'revive')).toMatchObject({ kind: 'accepted' });
      expect(await open('rae', 'revive')).toMatchObject({ kind: 'form', form: { title: 'Revive' } });
      await submit('rae', 'revive', 'it is mended');
      expect(await bot.toldIn('incidents', 'rae')).toEqual([
        'Deciding on a version needs the role of an approver.',
      ]);
      const action = actionOf(await listed('ada'), 'revive');
      const both = ['ada', 'ben'].map((who) => bot.submit(who, null, action, { notes: 'it is mended' }));
      await Promise.all(both);
      expect((await events()).filter((event) => event === 'solution.revived')).toHaveLength(1);
      expect(textOf((await ask()).answer)).toContain('Warbler relay is stuck');
      expect((await listed('ada'))?.summary).toBe('No versions wait for a review');
    });

    it('and is out for good once it is retired, with a reason', async () => {
      expect(await submit('ada', 'retire', ' ')).toMatchObject({ kind: 'invalid' });
      const action = actionOf(await listed('ada'), 'retire');
      await submit('ada', 'retire', 'nobody has this relay any more');
      expect(await decide('relay', 'revived')).toBe(false);
      expect(await events()).toContain('solution.retired');
      await bot.load(source);
      expect(textOf((await ask()).answer)).toContain('No good match');
      await bot.submit('ada', null, { ...action, verb: 'revive' }, { notes: '' });
      expect((await bot.toldIn('incidents', 'ada')).at(-1)).toContain('does not wait any more');
    });

    it('or for its next version, which takes its place', async () => {
      const action = actionOf(await listed('ada'), 'make-runbook');
      const form = await bot.press('rae', null, action);
      if (form.kind !== 'form') throw new Error(form.kind);
      const values = Object.fromEntries(form.form.fields.map(({ name, initial }) => [name, initial]));
      await bot.submit('rae', null, action, {
        ...values,
        steps: values.steps?.replace('df -h', 'df -i') ?? '',
      });
      const [review] = await bot.within(({ reviews }) => reviews.waiting(5));
      await bot.submit('ada', null, { verb: 'approve-version', id: review?.versionId ?? '' }, { notes: '' });
      expect((await listed('ada'))?.summary).toBe('No versions wait for a review');
      expect(await bot.within(({ solutions }) => solutions.named('relay'))).toMatchObject({ version: 2 });
    });
  });

  it('is told to the owners, whose card says what became of it', async () => {
    const own = (await db.workspaces.all()).find(({ id }) => id === bot.workspace);
    const place = { platform: 'playground', workspace: own?.externalId ?? '', channel: 'owners' } as const;
    const owners = { ...bot.core.settings.owners, channels: [place] };
    const settings = { ...bot.core.settings, owners };
    bot = await createTestBot(db, undefined, { in: bot.workspace, settings });
    await fail(8);
    await fold();
    const card = async () => {
      await bot.settle();
      const [post] = await db.conversationLog.channel(bot.workspace, 'owners', 5);
      return post?.message.body.kind === 'reply' ? post.message.body.reply : undefined;
    };
    expect(textOf(await card())).toContain('8 people in 8 incidents');
    await bot.submit('ada', null, actionOf(await card(), 'retire'), { notes: 'gone' });
    expect((await card())?.summary).toBe('Retired: Warbler relay is stuck, version 1');
    expect(buttonsOf(await card())).toEqual([]);
  });

  it('is not deprecated for what an earlier version of it did', async () => {
    await fail(8);
    await bot.load({ ...source, text: source.text.replace('df -h', 'df -i') });
    expect(await fold()).toMatchObject({ signals: 8, deprecated: [] });
    expect(textOf((await ask()).answer)).toContain('worked 0 of 8');
  });

  it('counts an alert as a signal, and the last word of it', async () => {
    const { answer } = await ask();
    const { id } = actionOf(answer, 'use');
    const note = (resolved: boolean) => noteAlert(db, bot.workspace, id as RecommendationId, resolved);
    await note(false);
    await note(true);
    expect(await fold()).toMatchObject({ signals: 1, solutions: 1 });
  });

  it('is missed by doctor when nobody votes', async () => {
    const find = async () =>
      (await checkLearning({ core: { ...bot.core, workspaces: only(bot) } })).map(({ status }) => status);
    expect(await find()).toEqual([]);
    const { thread, answer } = await ask();
    expect(await find()).toEqual(['warning']);
    await bot.press('rae', thread, { verb: 'worked', id: actionOf(answer, 'use').id });
    expect(await find()).toEqual(['ok']);
  });
});

function only({ workspace, core }: TestBot): TestBot['core']['workspaces'] {
  return {
    ...core.workspaces,
    all: async () => (await core.workspaces.all()).filter(({ id }) => id === workspace),
  };
}

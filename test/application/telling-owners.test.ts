import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Core } from '#application/core.ts';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import type { VersionId } from '#domain/ids.ts';
import type { Reply } from '#domain/reply.ts';
import {
  actionOf,
  buttonsOf,
  createOwnBot,
  createTestBot,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';
import { textOf } from '#test/support/run-story.ts';

describeOnBothEngines('what the fold asks of owners', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  const voters = Array.from({ length: 9 }, (_, number) => `voter-${number}`);
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, { hosts: [someHost({ name: 'demo-web-01' })] });
    await bot.within(async ({ people }) => {
      for (const name of voters) await people.setRole(name, name, 'responder');
    });
  });

  const fold = (instance = 'test') => createFoldWorkspace({ ...bot.core, instance })(bot.workspace);
  const told = async (kind: 'suggested' | 'declined', by = fold()) => {
    const report = await by;
    return report === 'busy' ? [] : report[kind];
  };
  /** The same workspace with other settings. */
  const set = async (changes: Partial<Core['settings']>): Promise<void> => {
    const settings = { ...bot.core.settings, ...changes };
    bot = await createTestBot(db, undefined, { in: bot.workspace, settings });
  };
  const ownersIn = async (channel: string) => {
    const own = (await db.workspaces.all()).find(({ id }) => id === bot.workspace);
    const { owners } = bot.core.settings;
    const place = { platform: 'playground', workspace: own?.externalId ?? '', channel } as const;
    await set({ owners: { ...owners, channels: [place] } });
  };
  const saved = async (visibility = 'workspace'): Promise<string> => {
    const thread = await bot.say('rae', 'Warbler relay is stuck on demo-web-01');
    const fields = {
      ...{ title: 'Warbler relay stuck', symptoms: 'Warbler relay is stuck.', resolution: 'Restarted it.' },
      visibility,
      steps: '$ sudo systemctl restart warbler\n(succeeded)',
    };
    await bot.submit('rae', thread, { verb: 'save-case', id: thread }, fields);
    return thread;
  };
  /** Incidents in which it is shown, each with a vote of somebody else. */
  const vote = async (verdict: 'worked' | 'failed', times: number): Promise<void> => {
    for (const who of voters.slice(0, times)) {
      const thread = await bot.say('rae', 'Warbler relay is stuck on demo-web-01');
      await bot.press(who, thread, { verb: verdict, id: actionOf((await bot.replies(thread))[0], 'use').id });
    }
  };
  const cardIn = async (thread: string, words: string): Promise<Reply | undefined> => {
    await bot.settle();
    return (await bot.replies(thread)).find(({ summary }) => summary.includes(words));
  };
  const events = async (event: string) =>
    (await bot.within(({ audit }) => audit.after(0, 1000))).filter((entry) => entry.event === event);
  const waiting = () => bot.within(({ reviews }) => reviews.waiting(10));

  it('tells once of a case that keeps helping, in its thread where no channel is named', async () => {
    const thread = await saved();
    await vote('worked', 4);
    expect(await told('suggested')).toEqual([]);
    await vote('worked', 1);
    const [one, other] = await Promise.all([
      told('suggested', fold('one')),
      told('suggested', fold('other')),
    ]);
    expect([...one, ...other, ...(await told('suggested'))]).toEqual([expect.stringMatching(/^case-/)]);
    const card = await cardIn(thread, 'keeps helping');
    expect(textOf(card)).toContain('worked 4 of 4');
    expect(await events('runbook.suggested')).toHaveLength(1);
    const action = actionOf(card, 'make-runbook');
    const form = await bot.press('rae', thread, action);
    if (form.kind !== 'form') throw new Error(form.kind);
    const values = Object.fromEntries(form.form.fields.map(({ name, initial }) => [name, initial]));
    await bot.submit('rae', thread, action, values);
    expect(await waiting()).toMatchObject([{ slug: 'warbler-relay-stuck' }]);
    expect(await cardIn(thread, 'keeps helping')).toBeUndefined();
    const settled = await cardIn(thread, 'A runbook was made of Warbler relay stuck');
    expect(buttonsOf(settled)).toEqual([]);
  });

  it('tells of none that does not work often enough, or of which a runbook waits', async () => {
    const thread = await saved();
    await vote('worked', 4);
    await vote('failed', 2);
    expect(await told('suggested')).toEqual([]);
    await vote('worked', 6);
    const slug = (await bot.within(({ solutions }) => solutions.all()))[0]?.slug;
    const origin = `cases/${slug}`;
    const id = await bot.within(({ reviews }) =>
      reviews.propose({
        version: {
          ...{ slug: 'made', text: 'x', origin, author: 'rae', source: 'case' },
          content: { kind: 'runbook', runbook: {} as never },
        },
        ...{ parent: null, why: '', evidence: '', runs: [] },
      }),
    );
    expect(await told('suggested')).toEqual([]);
    await bot.within(({ reviews }) => reviews.decide(id, { decision: 'rejected', by: 'ada', notes: 'no' }));
    expect(await told('suggested')).toEqual([slug]);
    expect(textOf(await cardIn(thread, 'keeps helping'))).toContain('shown in 12 incidents');
  });

  it('tells in the channel of the owners, and never again of what a responder wants no runbook of', async () => {
    await saved();
    await vote('worked', 5);
    await ownersIn('owners');
    expect(await told('suggested')).toHaveLength(1);
    await bot.settle();
    const [post] = await db.conversationLog.channel(bot.workspace, 'owners', 10);
    const card = post?.message.body.kind === 'reply' ? post.message.body.reply : undefined;
    const action = actionOf(card, 'no-runbook');
    await bot.press('vic', null, action);
    expect(await bot.toldIn('incidents', 'vic')).toEqual(['This needs the role responder or higher.']);
    await Promise.all([bot.press('rae', null, action), bot.press('ada', null, action)]);
    expect(await events('suggestion.dismissed')).toHaveLength(1);
    await vote('worked', 1);
    expect(await told('suggested')).toEqual([]);
    const [after] = await db.conversationLog.channel(bot.workspace, 'owners', 10);
    expect(textOf(after?.message.body.kind === 'reply' ? after.message.body.reply : undefined)).toContain(
      'It is not suggested again.',
    );
  });

  it('tells in the thread of a case that is for its channel alone', async () => {
    const thread = await saved('channel');
    await vote('worked', 5);
    await ownersIn('owners');
    expect(await told('suggested')).toHaveLength(1);
    await bot.settle();
    expect(await cardIn(thread, 'keeps helping')).toBeDefined();
    expect(await db.conversationLog.channel(bot.workspace, 'owners', 10)).toEqual([]);
  });

  it('tells nobody where the policy hides the case from who is there', async () => {
    const thread = await saved();
    await vote('worked', 5);
    const rules = [{ name: 'hidden', scope: { runbooks: ['case-*'] }, terms: { see: 'approver' } }] as const;
    await set({ policy: { ...bot.core.settings.policy, rules } });
    expect(await told('suggested')).toEqual([]);
    expect(await cardIn(thread, 'keeps helping')).toBeUndefined();
  });

  const source = (command: string) => ({
    slug: 'relay',
    text: runbookSource('Warbler relay is stuck', [{ section: 'Check', command }]),
  });
  const approveNext = async (): Promise<VersionId> => {
    const first = await bot.within(({ solutions }) => solutions.named('relay'));
    const action = { verb: 'make-runbook', id: first?.versionId ?? '' } as const;
    const form = await bot.press('rae', null, action);
    if (form.kind !== 'form') throw new Error(form.kind);
    const values = Object.fromEntries(form.form.fields.map(({ name, initial }) => [name, initial]));
    await bot.submit('rae', null, action, {
      ...values,
      steps: values.steps?.replace('df -h', 'df -i') ?? '',
    });
    const id = (await waiting())[0]?.versionId ?? ('' as VersionId);
    await bot.submit('ada', null, { verb: 'approve-version', id }, { notes: 'looks right' });
    return id;
  };

  it('tells once that an approved version does worse, and proposes the former one again', async () => {
    await bot.load(source('df -h'));
    await vote('worked', 6);
    const id = await approveNext();
    await fold();
    await vote('failed', 2);
    await ownersIn('owners');
    expect(await told('declined')).toEqual([]);
    await vote('failed', 5);
    const both = await Promise.all([told('declined', fold('one')), told('declined', fold('other'))]);
    expect([...both.flat(), ...(await told('declined'))]).toEqual(['relay']);
    await bot.settle();
    const [post] = await db.conversationLog.channel(bot.workspace, 'owners', 10);
    const card = post?.message.body.kind === 'reply' ? post.message.body.reply : undefined;
    expect(card?.summary).toBe('Warbler relay is stuck: version 2 works less often than version 1 did');
    expect(textOf(card)).toContain('worked 6 of 6');
    expect(textOf(card)).toContain('"externalId":"ada"');
    expect(await events('version.declined')).toMatchObject([{ details: { version: id, slug: 'relay' } }]);
    const again = actionOf(card, 'restore-version');
    await bot.press('vic', null, again);
    expect(await waiting()).toEqual([]);
    await bot.press('rae', null, again);
    await bot.press('rae', null, again);
    expect(await bot.toldIn('incidents', 'rae')).toContain(
      'relay waits for a review with this text already.',
    );
    const all = await waiting();
    expect(all).toMatchObject([{ slug: 'relay', version: 3, author: 'rae', before: { version: 2 } }]);
    expect(all[0]?.text).toBe(source('df -h').text);
    await bot.submit('ada', null, { verb: 'approve-version', id: all[0]?.versionId ?? '' }, { notes: '' });
    expect((await bot.within(({ solutions }) => solutions.named('relay')))?.version).toBe(3);
  });
});

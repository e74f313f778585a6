import { beforeAll, beforeEach, expect, it } from 'vitest';
import { createLoadSolutions } from '#application/load-solutions.ts';
import {
  actionOf,
  buttonsOf,
  createOwnBot,
  knownSecret,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { someHost, someVersion } from '#test/support/rows.ts';
import { textOf } from '#test/support/run-story.ts';

const look = [{ section: 'Check', command: 'df -h {{path}}' }];
const parameters = '  host: { type: host }\n  path: { type: path, default: /var/log }';

describeOnEmbedded('answering and choosing', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    const hosts = [someHost({ parameters: { path: '/srv/log' } }), someHost({ name: 'web-02' })];
    const text = runbookSource('Disk full on a web host', look, parameters);
    bot = await createOwnBot(db, { hosts, runbooks: [{ slug: 'disk-full', text }] });
  });

  const problem = 'disk is full on web-01';
  const ask = async () => {
    const thread = await bot.say('rae', problem);
    const [answer] = await bot.replies(thread);
    return { thread, answer, action: actionOf(answer, 'use') };
  };

  it('answers a problem in its thread, once, with what can be used', async () => {
    const { thread, answer } = await ask();
    expect(await bot.replies(thread)).toHaveLength(1);
    expect(answer?.summary).toContain('Disk full on a web host');
    expect(textOf(answer)).toContain('not tried yet');
    expect(buttonsOf(answer).map(({ action }) => action.verb)).toEqual(['use', 'dismiss', 'more', 'comment']);
    await bot.say('rae', `${problem} and it gets worse`, { thread });
    expect(await bot.replies(thread)).toHaveLength(1);
  });

  it('answers again in the thread when it is mentioned there', async () => {
    const { thread } = await ask();
    await bot.say('rae', `@recourse ${problem}`, { thread, mentionsBot: true });
    expect(await bot.replies(thread)).toHaveLength(2);
  });

  it('answers a message once that is delivered twice, also when the first handler died before it said so', async () => {
    const intent = {
      kind: 'message-posted',
      place: { workspace: bot.workspace, channel: 'incidents', thread: null },
      speaker: { externalId: 'rae', name: 'Rae', standing: 'member', groups: [] },
      id: 'm-1',
      text: problem,
      mentionsBot: false,
      at: 1,
    } as const;
    expect(await bot.hand(intent, 'd-1')).toEqual({ kind: 'accepted' });
    expect(await bot.hand(intent, 'd-1')).toEqual({ kind: 'duplicate' });
    expect(await bot.hand(intent, 'd-2')).toEqual({ kind: 'accepted' });
    expect(await bot.replies('m-1')).toHaveLength(1);
  });

  it.each(['thanks!', 'good morning', 'anyone up for lunch?', ''])('stays silent on %j', async (text) => {
    expect(await bot.replies(await bot.say('rae', text))).toEqual([]);
  });

  it('greets back when it is mentioned', async () => {
    const [reply] = await bot.replies(await bot.say('rae', '@recourse hello', { mentionsBot: true }));
    expect(reply?.summary).toContain('Describe a problem');
  });

  it('says honestly that nothing fits, with what it looked for', async () => {
    const [reply, ...more] = await bot.replies(await bot.say('rae', 'the flux capacitor is broken'));
    expect(more).toEqual([]);
    expect(textOf(reply)).toContain('No good match');
    expect(textOf(reply)).toContain('capacitor');
    // Nothing to use, and nothing close to ask for: only whether that was right.
    expect(buttonsOf(reply).map(({ action }) => action.verb)).toEqual([
      'worked',
      'partly',
      'failed',
      'comment',
    ]);
  });

  it('bears a message of 40,000 characters and text that is no text', async () => {
    expect(
      (await bot.replies(await bot.say('rae', `${problem} ${'x'.repeat(40_000)}`))).length,
    ).toBeLessThanOrEqual(1);
    const broken = await bot.say('rae', `${problem} \ud800 \u0007`);
    expect((await bot.replies(broken))[0]?.summary).toContain('Disk full');
  });

  it('stores no known secret of a message', async () => {
    await bot.say('rae', `${problem}, the password is ${knownSecret}`);
    const tables = await db.open.database.execute(
      `select (select jsonb_agg(intent)::text from inbox) || (select string_agg(problem, ' ') from incidents) as text`,
    );
    expect(JSON.stringify(tables)).not.toContain(knownSecret);
    expect(JSON.stringify(tables)).toContain('the password is');
  });

  it('opens the form with what the named host and the runbook give, and stores nothing', async () => {
    const { thread, action } = await ask();
    const received = await bot.press('rae', thread, action);
    expect(received).toMatchObject({
      kind: 'form',
      form: {
        action: { verb: 'parameters', id: action.id },
        fields: [
          { name: 'host', kind: 'choice', options: ['web-01', 'web-02'], initial: 'web-01' },
          { name: 'path', kind: 'text', initial: '/srv/log' },
        ],
      },
    });
    expect(await bot.replies(thread)).toHaveLength(1);
  });

  it.each([
    [{ host: 'web-01', path: 'relative' }, { path: expect.stringContaining('absolute path') }],
    [{ host: 'db-99', path: '/var' }, { host: expect.stringContaining('db-99') }],
    [{ host: 'web-01' }, { path: expect.any(String) }],
    [{ host: 'web-01', path: `/${knownSecret}` }, { path: expect.stringContaining('secret') }],
  ])('tells beside the field what is wrong with %j', async (values, errors) => {
    const { thread, action } = await ask();
    expect(await bot.submit('rae', thread, action.id, values as Record<string, string>)).toEqual({
      kind: 'invalid',
      errors,
    });
    expect(await bot.replies(thread)).toHaveLength(1);
  });

  it('proposes the first step from an accepted form, with values trimmed and nothing that the runbook does not ask', async () => {
    const { thread, action } = await ask();
    const values = { host: ' web-01 ', path: ' /srv/my log ', extra: 'forged' };
    expect(await bot.submit('rae', thread, action.id, values)).toEqual({ kind: 'accepted' });
    const [, card] = await bot.replies(thread);
    expect(card?.blocks).toContainEqual({ kind: 'code', role: 'command', text: "df -h '/srv/my log'" });
    const run = await bot.within(({ runs }) => runs.ofRecommendation(action.id as never));
    expect(run?.parameters).toEqual({ host: 'web-01', path: '/srv/my log' });
  });

  it('lets a viewer look on and says why', async () => {
    const { thread, action } = await ask();
    expect(await bot.press('vic', thread, action)).toEqual({ kind: 'accepted' });
    await bot.submit('vic', thread, action.id, { host: 'web-01', path: '/var' });
    expect(await bot.told('vic', thread)).toEqual(Array(2).fill(expect.stringContaining('role responder')));
    expect(await bot.replies(thread)).toHaveLength(1);
  });

  it('tells the second who wants to use it', async () => {
    const { thread, action } = await ask();
    await bot.submit('rae', thread, action.id, { host: 'web-01', path: '/var' });
    expect(await bot.press('ada', thread, action)).toEqual({ kind: 'accepted' });
    await bot.submit('ada', thread, action.id, { host: 'web-01', path: '/var' });
    expect(await bot.told('ada', thread)).toEqual(Array(2).fill(expect.stringContaining('already in use')));
    expect(await bot.replies(thread)).toHaveLength(2);
  });

  it('shows a past case in full, once, and asks whether it helped', async () => {
    await createLoadSolutions(bot.core)(bot.workspace, [
      someVersion('worker-hung', 'text', 'Checkout worker hung'),
    ]);
    const thread = await bot.say('rae', 'checkout worker hung, requests hang');
    const action = actionOf((await bot.replies(thread))[0], 'use');
    await bot.press('rae', thread, action);
    await bot.press('rae', thread, action);
    const [, shown, verdict, ...more] = await bot.replies(thread);
    expect(textOf(shown)).toContain('Restarted the worker.');
    expect(buttonsOf(verdict).map(({ action: { verb } }) => verb)).toEqual([
      'worked',
      'partly',
      'failed',
      'comment',
      'save-case',
    ]);
    expect(more).toEqual([]);
    expect(await bot.told('rae', thread)).toEqual([expect.stringContaining('opened already')]);
  });

  it('sets a solution aside once, for those who may', async () => {
    const { thread, answer } = await ask();
    const dismiss = actionOf(answer, 'dismiss');
    await bot.press('vic', thread, dismiss);
    await bot.press('rae', thread, dismiss);
    await bot.press('ada', thread, dismiss);
    expect(await bot.told('vic', thread)).toEqual([expect.stringContaining('cannot be set aside')]);
    expect(await bot.told('rae', thread)).toEqual([expect.stringContaining('Noted')]);
    expect(await bot.told('ada', thread)).toEqual([expect.stringContaining('cannot be set aside')]);
  });

  it.each(['use', 'approve', 'stop', 'worked', 'dismiss', 'skip', 'retry'] as const)(
    'tells whoever presses a forged %s button that there is nothing behind it',
    async (verb) => {
      for (const id of ['not-an-id', '0198c0de-0000-7000-8000-000000000000']) {
        const thread = db.ids.nonce();
        await bot.press('max', thread, { verb, id });
        expect(await bot.told('max', thread)).toHaveLength(1);
        expect(await bot.replies(thread)).toEqual([]);
      }
    },
  );
});

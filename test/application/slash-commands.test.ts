import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { PostId } from '#domain/ids.ts';
import type { Received } from '#ports/inbound.ts';
import {
  actionOf,
  buttonsOf,
  createOwnBot,
  createTestBot,
  knownSecret,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';
import { textOf } from '#test/support/run-story.ts';
import { someRate } from '#test/support/solutions.ts';

const look = [{ section: 'Check', command: 'df -h {{path}}' }];
const parameters = '  host: { type: host }\n  path: { type: path, default: /var/log }';

describeOnBothEngines('a slash command', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    const runbooks = [
      { slug: 'disk-full', text: runbookSource('Disk full on a web host', look, parameters) },
      { slug: 'disk-slow', text: runbookSource('Disk slow', look, parameters) },
      { slug: 'dns', text: runbookSource('Names are not resolved', look, parameters) },
    ];
    bot = await createOwnBot(db, { hosts: [someHost()], runbooks });
  });

  const shown = (received: Received) => {
    if (received.kind !== 'shown') throw new Error(`not shown: ${JSON.stringify(received)}`);
    return received.reply;
  };
  const formOf = (received: Received) => {
    if (received.kind !== 'form') throw new Error(`no form: ${JSON.stringify(received)}`);
    return received.form;
  };
  const roots = () => db.conversationLog.channel(bot.workspace, 'incidents', 100);

  it('of nobody but a viewer lists only what a viewer may do', async () => {
    const forViewer = textOf(shown(await bot.slash('vic', 'help')));
    expect(forViewer).toContain('/recourse ask TEXT');
    expect(forViewer).not.toContain('/recourse run NAME');
    expect(forViewer).not.toContain('[WHO ROLE]');
    expect(textOf(shown(await bot.slash('max', 'help')))).toContain('/recourse role [WHO ROLE]');
    expect(textOf(shown(await bot.slash('rae', '')))).toContain('/recourse run NAME');
    expect(await roots()).toEqual([]);
  });

  it('that is none says so, with the nearest one', async () => {
    expect(shown(await bot.slash('rae', 'runbook disk')).summary).toBe(
      'There is no command "runbook". Did you mean runbooks?',
    );
    expect(shown(await bot.slash('rae', 'disk is full')).summary).toMatch(/^There is no command "disk"/);
  });

  it.each(['stranger', 'guest'] as const)(
    'tells a %s nothing of the channels that they do not see',
    async (standing) => {
      const speaker = { externalId: 'sam', name: 'Sam', standing, groups: [] } as const;
      const place = { workspace: bot.workspace, channel: 'incidents', thread: null };
      const give = async (text: string) =>
        textOf(shown(await bot.hand({ kind: 'command-given', place, speaker, text })));
      expect(await give('runs')).toContain('for members of this workspace');
      expect(await give('help')).not.toContain('/recourse runs');
      const home = await bot.hand({ kind: 'home-opened', place, speaker });
      expect(shown(home).summary).toContain('for members');
      expect(await give('ask disk is full on web-01')).toContain('in the thread');
    },
  );

  it('shows and sets when the bot speaks and who may what, as far as the person may', async () => {
    expect(textOf(shown(await bot.slash('vic', 'mode')))).toContain('suggest');
    expect(shown(await bot.slash('rae', 'mode off')).summary).toContain('role admin');
    await bot.slash('max', 'mode off');
    expect((await bot.within(({ channels }) => channels.settings('incidents')))?.mode).toBe('off');
    expect(shown(await bot.slash('rae', 'role vic admin')).summary).toContain('role admin');
  });

  it('gives a role once: the same request sent again does not restore what was taken since', async () => {
    await bot.slash('max', 'role user:uma admin', { delivery: 'give' });
    await bot.slash('max', 'role user:uma viewer', { delivery: 'take' });
    expect(await bot.slash('max', 'role user:uma admin', { delivery: 'give' })).toEqual({
      kind: 'duplicate',
    });
    expect(textOf(shown(await bot.slash('uma', 'role')))).toContain('Your role here is viewer');
  });

  it('needs its role', async () => {
    expect(shown(await bot.slash('vic', 'run disk-full')).summary).toContain('role responder');
    expect(shown(await bot.slash('rae', 'ask')).summary).toContain('/recourse ask TEXT');
  });

  it('asks in a thread of its own, once however often it is delivered', async () => {
    const text = `ask disk is full on web-01, password is ${knownSecret}`;
    const first = await bot.slash('vic', text, { delivery: 'd-1' });
    expect(shown(first).summary).toContain('in the thread');
    expect(await bot.slash('vic', text, { delivery: 'd-1' })).toEqual({ kind: 'duplicate' });
    expect(await roots()).toHaveLength(1);
    const [question, answer, ...more] = await bot.replies(await bot.opened());
    expect(textOf(question)).toContain('disk is full on web-01');
    expect(textOf(question)).not.toContain(knownSecret);
    expect(answer?.summary).toContain('Disk full on a web host');
    expect(more).toEqual([]);
  });

  it('asks nothing in a channel where the bot is off, and tells the person alone', async () => {
    await bot.slash('max', 'mode off');
    expect(textOf(shown(await bot.slash('rae', 'ask disk is full on web-01')))).toContain('off');
    expect(await roots()).toEqual([]);
  });

  it('asks in the thread where it is given', async () => {
    const thread = await bot.say('rae', 'good morning');
    await bot.slash('rae', 'ask disk is full on web-01', { thread });
    const [question, answer] = await bot.replies(thread);
    expect(question?.summary).toContain('rae asks: disk is full');
    expect(answer?.summary).toContain('Disk full on a web host');
  });

  it.each(['disk-full', 'Disk FULL on a web host', 'disk-f', 'Names'])(
    'opens the form of the runbook that %s names',
    async (name) => {
      const form = formOf(await bot.slash('rae', `run ${name}`));
      expect(form).toMatchObject({ action: { verb: 'run' }, fields: [{ name: 'host' }, { name: 'path' }] });
      expect(await roots()).toEqual([]);
    },
  );

  it.each([
    ['disk', 2],
    ['web host', 1],
    ['nonsense', 0],
    ['', 3],
    ['100%', 0],
  ])('lets a person choose when %j may mean %i runbooks', async (name, count) => {
    expect(buttonsOf(shown(await bot.slash('rae', `run ${name}`)))).toHaveLength(count);
  });

  it('starts what was asked for by name in a thread of its own, once, with the same approvals', async () => {
    const { action } = formOf(await bot.slash('rae', 'run disk-full'));
    const values = { host: 'web-01', path: '/srv' };
    expect(await bot.submit('rae', null, action, { ...values, path: 'relative' })).toMatchObject({
      kind: 'invalid',
      errors: { path: expect.any(String) },
    });
    await bot.submit('rae', null, action, values);
    await bot.submit('rae', null, action, values);
    expect(await roots()).toHaveLength(1);
    const thread = await bot.opened();
    const [root, step, ...more] = await bot.replies(thread);
    expect(root?.summary).toContain('asked for by name');
    expect(buttonsOf(step).map(({ action: { verb } }) => verb)).toContain('approve');
    expect(more).toEqual([]);
    const incident = await bot.within(({ incidents }) => incidents.inThread('incidents', thread));
    expect(incident?.problem).toBe('Disk full on a web host');
    const post = action.id.split('/')[1] as PostId;
    expect((await bot.within(({ recommendations }) => recommendations.behindPost(post)))?.rank).toBe(0);
  });

  it('starts in the incident where it is given, from a list too', async () => {
    const thread = await bot.say('rae', 'disk is full on web-01');
    const list = shown(await bot.slash('rae', 'run disk', { thread }));
    const { action } = formOf(await bot.press('rae', thread, actionOf(list, 'run')));
    await bot.submit('rae', thread, action, { host: 'web-01', path: '/srv' });
    expect((await bot.replies(thread)).map(({ summary }) => summary)).toEqual([
      expect.stringContaining('fit'),
      expect.stringContaining('asked for by name'),
      expect.stringContaining('Step 1 of 1'),
    ]);
    expect(await roots()).toEqual([]);
  });

  it('starts nothing for a viewer or from a forged form', async () => {
    const { action } = formOf(await bot.slash('rae', 'run disk-full'));
    const values = { host: 'web-01', path: '/srv' };
    await bot.submit('vic', null, action, values);
    for (const id of ['x', '0198c0de-0000-7000-8000-000000000000/x', '/'])
      await bot.submit('rae', null, { verb: 'run', id }, values);
    const public_ = (await roots()).filter(({ message }) => message.onlyFor === null);
    expect(public_).toEqual([]);
  });

  it('lists runbooks with what they did and who keeps them', async () => {
    const all = textOf(shown(await bot.slash('vic', 'runbooks')));
    for (const part of ['disk-full', 'disk-slow', 'dns', 'not tried yet', '@sre'])
      expect(all).toContain(part);
    const some = textOf(shown(await bot.slash('vic', 'runbooks DISK web')));
    expect(some).toContain('disk-full');
    expect(some).not.toContain('disk-slow');
    expect(shown(await bot.slash('vic', 'runbooks 100%')).summary).toContain('No runbook about 100%');
  });

  it('lists runs, and shows on the home page what waits, with what this person may do', async () => {
    expect(shown(await bot.slash('vic', 'runs')).summary).toContain('Nothing was run');
    const { action } = formOf(await bot.slash('rae', 'run disk-full'));
    await bot.submit('rae', null, action, { host: 'web-01', path: '/srv' });
    const thread = await bot.opened();
    const runs = shown(await bot.slash('vic', 'runs'));
    expect(textOf(runs)).toContain(JSON.stringify({ channel: 'incidents', thread }).slice(1, -1));
    expect(textOf(runs)).toContain('by rae');
    const home = shown(await bot.home('rae'));
    expect(home.summary).toBe('Waiting for approval: 1. Your open incidents: 1.');
    expect(textOf(home)).toContain('You can decide.');
    expect(textOf(shown(await bot.home('vic')))).toContain('It needs the role responder.');
    expect(shown(await bot.home('max')).summary).toContain('Your open incidents: 0.');
  });

  it('tells in insights what was voted and what found no answer', async () => {
    const thread = await bot.say('rae', 'the flux capacitor is broken', { mentionsBot: true });
    expect((await bot.replies(thread)).length).toBe(1);
    const insights = textOf(shown(await bot.slash('vic', 'insights')));
    expect(insights).toContain('flux capacitor');
    expect(insights).toContain('1 of 1 incidents (100 %) found no good answer.');
    expect(insights).not.toContain('👍 0');
    expect(textOf(shown(await bot.slash('vic', 'insights 7d')))).toContain('flux capacitor');
    expect(shown(await bot.slash('vic', 'insights soon')).summary).toMatch(/^Say how far back/);
    const place = { workspace: bot.workspace, channel: 'elsewhere', thread: null };
    const elsewhere = { ...bot.asking('vic'), place, kind: 'command-given', text: 'insights' } as const;
    expect(textOf(shown(await bot.hand(elsewhere)))).not.toContain('flux capacitor');
  });

  it('tells in insights nothing of what somebody may not see, and of reviews only to whom they are for', async () => {
    const vote = async (problem: string) => {
      const thread = await bot.say('rae', problem);
      await bot.press('rae', thread, { ...actionOf((await bot.replies(thread))[0], 'use'), verb: 'worked' });
    };
    await vote('disk is full on web-01');
    await vote('names are not resolved on web-01');
    await bot.within(async ({ solutions, signals }) => {
      const rates = (await solutions.all()).map(
        ({ id }) => [id, someRate({ worked: 4, tried: 4, success: 0.9 })] as const,
      );
      await signals.saveFold(new Map(rates), 8);
    });
    const rules = [{ name: 'hidden', scope: { runbooks: ['disk-*'] }, terms: { see: 'admin' } }] as const;
    const settings = { ...bot.core.settings, policy: { ...bot.core.settings.policy, rules } };
    bot = await createTestBot(db, undefined, { in: bot.workspace, settings });
    const [viewer, approver, admin] = [
      textOf(shown(await bot.slash('vic', 'insights'))),
      textOf(shown(await bot.slash('ada', 'insights'))),
      textOf(shown(await bot.slash('max', 'insights'))),
    ];
    for (const text of [viewer, approver]) {
      expect(text).toContain('Names are not resolved');
      expect(text).not.toMatch(/Disk (full|slow)/);
      expect(text).toContain('👍 1 ');
    }
    expect(admin).toContain('Disk full');
    expect(admin).toContain('👍 2 ');
    expect(viewer).not.toContain('Reviews');
    expect(approver).toContain('Reviews');
    expect(textOf(shown(await bot.home('ada')))).not.toMatch(/Disk (full|slow)/);
    expect(textOf(shown(await bot.home('max')))).toContain('Disk full');
    bot.seeAs('gus', { standing: 'guest' });
    expect(shown(await bot.slash('gus', 'insights')).summary).toMatch(/for members/);
  });

  it('shows all of a solution to whoever wants more, alone', async () => {
    const thread = await bot.say('rae', 'disk is full on web-01');
    const more = shown(await bot.press('vic', thread, actionOf((await bot.replies(thread))[0], 'more')));
    expect(textOf(more)).toContain('df -h {{path}}');
    expect(await bot.replies(thread)).toHaveLength(1);
  });
});

import { eq, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { auditEntries } from '#adapters/postgres/schema/runs.ts';
import { createExplainPolicy } from '#application/explain-policy.ts';
import { defaultPolicy, type Policy } from '#domain/policy/policy.ts';
import { createOwnBot, createTestBot, type TestBot } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';
import { startRun, textOf } from '#test/support/run-story.ts';

const readOnly = { section: 'Check', command: 'df -h' };
const mutating = { section: 'Fix', command: 'systemctl restart nginx' };
const destructive = { section: 'Fix', command: 'rm -r /srv/old' };

describeOnBothEngines('the policy', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    const host = someHost({ name: 'demo-web-01', context: { environment: ['prod'] } });
    bot = await createOwnBot(db, { hosts: [host] });
    db.jobs.length = 0;
  });

  /** From now on this counts for the bot. */
  const decree = async (changes: Partial<Policy>): Promise<void> => {
    const settings = { ...bot.core.settings, policy: { ...defaultPolicy, ...changes } };
    bot = await createTestBot(db, undefined, { in: bot.workspace, settings });
  };
  const rule = (terms: Policy['rules'][number]['terms'], scope: Policy['rules'][number]['scope'] = {}) => ({
    rules: [{ name: 'a rule', scope, terms }],
  });
  /** The details of the audit's entries of one event, oldest first. */
  const audited = async (event: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    const rows = await inWorkspace(db.open.database, bot.workspace, (executor) =>
      executor
        .select({ details: auditEntries.details })
        .from(auditEntries)
        .where(eq(auditEntries.event, event))
        .orderBy(auditEntries.sequence),
    );
    return rows.map(({ details }) => details);
  };

  describe('at the click', () => {
    it('asks for the role that a rule names, and the card says so', async () => {
      await decree(rule({ approve: 'admin' }, { environments: ['prod'] }));
      const run = await startRun(bot, [mutating]);
      expect(textOf(await run.card())).toContain('Waits for an admin other than rae.');
      await run.press('ada', 'approve');
      expect(await bot.told('ada', run.thread)).toEqual([
        'This needs the role admin or higher. One person can, who has not written here yet.',
      ]);
      expect(db.jobs).toEqual([]);
      await run.press('max', 'approve');
      expect(db.jobs).toHaveLength(1);
    });

    it('lets nobody approve what a rule forbids, and says so', async () => {
      await decree(rule({ approve: 'nobody' }));
      const run = await startRun(bot, [mutating]);
      expect(textOf(await run.card())).toContain('The policy lets nobody approve this.');
      await run.press('max', 'approve');
      expect((await bot.told('max', run.thread))[0]).toContain('The policy lets nobody approve this.');
      expect(db.jobs).toEqual([]);
    });

    it('takes more people for what only changes, where a rule asks for them', async () => {
      await decree(rule({ approvals: 2 }));
      const run = await startRun(bot, [mutating]);
      await run.press('ada', 'approve');
      expect(db.jobs).toEqual([]);
      await run.press('ben', 'approve');
      expect(db.jobs).toHaveLength(1);
    });

    it('lets whoever asked approve a change only where a rule says so', async () => {
      await decree(rule({ requesterApproves: true }));
      const run = await startRun(bot, [mutating], undefined, 'ada');
      await run.press('ada', 'approve');
      expect(db.jobs).toHaveLength(1);
      expect((await audited('step.approved')).at(-1)).toMatchObject({ approvedByRequester: true });
    });

    it('lets one operator alone do up to what was set, and no more', async () => {
      await decree({ singleOperator: 'mutating' });
      const change = await startRun(bot, [mutating], undefined, 'ada');
      await change.press('ada', 'approve');
      expect(db.jobs).toHaveLength(1);
      const loss = await startRun(bot, [destructive], undefined, 'ada');
      await loss.press('ada', 'approve');
      expect(db.jobs).toHaveLength(1);
      await decree({ singleOperator: 'destructive' });
      const another = await startRun(bot, [destructive], undefined, 'ada');
      await another.press('ada', 'approve');
      expect(db.jobs).toHaveLength(2);
    });

    it('begins no run for whom a rule does not name', async () => {
      await decree(rule({ request: 'approver' }));
      const refused = await startRun(bot, [readOnly]);
      expect(await refused.cards()).toEqual([]);
      expect(await bot.told('rae', refused.thread)).toEqual([
        'Using this solution needs the role approver or higher; you are a responder.',
      ]);
      const begun = await startRun(bot, [readOnly], undefined, 'ada');
      expect(await begun.cards()).toHaveLength(1);
    });

    it('stops a run before a step that whoever began it may not ask for', async () => {
      await decree(rule({ request: 'admin' }, { risks: ['mutating'], environments: ['prod'] }));
      const run = await startRun(bot, [mutating]);
      expect(await run.cards()).toEqual([]);
      const said = (await bot.replies(run.thread)).map(({ summary }) => summary).join('\n');
      expect(said).toContain(
        'The policy asks for the role admin or higher to run what is mutating on demo-web-01 here.',
      );
      expect(said).toContain('The run stops here; nothing was sent.');
    });
  });

  describe('when it is about to run', () => {
    it('refuses what whoever began it may not run any more', async () => {
      const run = await startRun(bot, [readOnly]);
      const { id } = await run.newestStep();
      await run.press('ben', 'approve');
      await bot.within(({ people }) => people.setRole('rae', 'rae', 'viewer'));
      await bot.work();
      expect(await run.stateOf(id)).toBe('rejected');
      expect(textOf(await run.card())).toContain('no longer the right to run it');
    });

    it('refuses what the policy has forbidden meanwhile', async () => {
      const run = await startRun(bot, [mutating]);
      const { id } = await run.newestStep();
      await run.press('ada', 'approve');
      const [job] = db.jobs;
      await decree(rule({ approve: 'nobody' }));
      if (job?.kind === 'execute-step') await bot.execute(job.stepId);
      expect((await bot.within(({ runs }) => runs.step(id)))?.state).toBe('rejected');
    });
  });

  describe('change windows', () => {
    const never = { days: [], hours: { from: '00:00', to: '23:59', zone: 'UTC' } };

    it('keep changes from being approved and let reading through', async () => {
      await decree({ windows: [never] });
      const change = await startRun(bot, [mutating]);
      await change.press('ada', 'approve');
      expect((await bot.told('ada', change.thread))[0]).toContain('Changes are made');
      expect(await change.stateOf((await change.newestStep()).id)).toBe('proposed');
      const look = await startRun(bot, [readOnly]);
      await look.press('ada', 'approve');
      expect(db.jobs).toHaveLength(1);
    });
  });

  describe('a freeze from the chat', () => {
    it('stops every change until it is ended, and everybody sees it', async () => {
      const approved = await startRun(bot, [mutating]);
      await approved.press('ada', 'approve');
      const { id } = await approved.newestStep();
      const shown = await bot.slash('rae', 'freeze on 2h database upgrade');
      expect(textOf(shown.kind === 'shown' ? shown.reply : undefined)).toContain('Changes are frozen until');
      const root = await bot.opened();
      expect(textOf((await bot.replies(root))[0])).toContain('rae froze all changes until');

      await bot.work();
      expect(await approved.stateOf(id)).toBe('rejected');
      expect(textOf(await approved.card())).toContain('Changes are frozen: database upgrade');

      const waiting = await startRun(bot, [mutating]);
      await waiting.press('ada', 'approve');
      expect((await bot.told('ada', waiting.thread))[0]).toContain('Changes are frozen: database upgrade');

      await bot.slash('rae', 'freeze off');
      await waiting.press('ada', 'approve');
      expect(db.jobs).toEqual([]);
      await bot.slash('ada', 'freeze off');
      await waiting.press('ada', 'approve');
      expect(db.jobs).toHaveLength(1);
      expect(await audited('freeze.set')).toMatchObject([{ reason: 'database upgrade' }]);
      expect(await audited('freeze.lifted')).toHaveLength(1);
    });

    it('is for responders and shown to anybody; ending it is for approvers', async () => {
      const said = async (who: string, text: string) => {
        const received = await bot.slash(who, text);
        return received.kind === 'shown' ? received.reply.summary : received.kind;
      };
      expect(await said('vic', 'freeze')).toBe('Nothing is frozen here.');
      expect(await said('vic', 'freeze on x')).toBe('This needs the role responder or higher.');
      expect(await said('rae', 'freeze on x')).toContain('until somebody ends it: x');
      expect(await said('rae', 'freeze off')).toBe('This needs the role approver or higher.');
      expect(await said('ada', 'freeze off')).toBe('Nothing is frozen here.');
      expect(await said('ada', 'freeze off')).toBe('Nothing was frozen here.');
      expect(await said('ada', 'freeze never')).toContain('Write it as');
    });

    it('ends by itself', async () => {
      await bot.slash('rae', 'freeze on 1ms x');
      expect(await bot.within(({ freezes }) => freezes.current())).toBeUndefined();
    });

    it('is of one workspace alone', async () => {
      await bot.slash('rae', 'freeze on x');
      const other = await createOwnBot(db);
      expect(await other.within(({ freezes }) => freezes.current())).toBeUndefined();
    });
  });

  describe('what may be seen', () => {
    const hidden =
      '---\ntitle: Gizmo relay stuck\nowner: "@sre"\n---\n\n## Check\n\nLook at the gizmo.\n\n```sh {"id":"look"}\nuptime\n```\n';

    it('is decided before anything is ranked, listed or shown', async () => {
      await decree(rule({ see: 'approver' }, { runbooks: ['gizmo-*'] }));
      await bot.load({ slug: 'gizmo-relay', text: hidden });
      const asked = async (who: 'rae' | 'ada') =>
        textOf((await bot.replies(await bot.say(who, 'gizmo relay is stuck, please help')))[0]);
      expect(await asked('rae')).not.toContain('Gizmo relay stuck');
      expect(await asked('ada')).toContain('Gizmo relay stuck');
      const listed = async (who: 'rae' | 'ada') => JSON.stringify(await bot.slash(who, 'runbooks gizmo'));
      expect(await listed('rae')).not.toContain('Gizmo relay stuck');
      expect(await listed('ada')).toContain('Gizmo relay stuck');
      expect(JSON.stringify(await bot.slash('rae', 'run gizmo-relay'))).not.toContain('Gizmo relay stuck');
      expect((await bot.slash('ada', 'run gizmo-relay')).kind).toBe('form');
    });

    it('leaves out of every list of runs what somebody may not see, where they ask or where it ran', async () => {
      const [gizmo, plover] = ['Gizmo pump stuck', 'Plover pump stuck'];
      await startRun(bot, [{ section: 'Check', command: 'uptime' }], gizmo, 'ada');
      await startRun(bot, [{ section: 'Check', command: 'uptime' }], plover, 'ada');
      /** Whether the list of runs and the home page, with its runs and what waits, tell of it. */
      const tell = async (who: 'rae' | 'ben', title: string) =>
        [await bot.slash(who, 'runs'), await bot.home(who)].map((list) =>
          JSON.stringify(list).includes(title),
        );
      expect(await tell('rae', gizmo)).toEqual([true, true]);
      await decree(rule({ see: 'approver' }, { runbooks: ['gizmo-*'] }));
      expect(await tell('ben', gizmo)).toEqual([true, true]);
      expect(await tell('rae', gizmo)).toEqual([false, false]);
      expect(await tell('rae', plover)).toEqual([true, true]);
      // It may be seen anywhere but where it ran, so the page, which is in no channel, does not tell of it either.
      const { channel } = bot.asking('rae').place;
      await decree(rule({ see: 'nobody' }, { runbooks: ['plover-*'], channels: [channel] }));
      expect(await tell('ben', plover)).toEqual([false, false]);
    });

    it('leaves room in a list and among names for what may be seen', async () => {
      await decree(rule({ see: 'approver' }, { runbooks: ['gizmo-*'] }));
      const named = (title: string) => hidden.replace('Gizmo relay stuck', title);
      const many = Array.from({ length: 26 }, (_, number) => ({
        slug: `gizmo-${number}`,
        text: named(`Gizmo relay ${String.fromCharCode(97 + number)}`),
      }));
      await bot.load(...many, { slug: 'relay', text: named('Relay of the widget') });
      for (const text of ['runbooks relay', 'run gizmo'])
        expect(JSON.stringify(await bot.slash('ada', text))).toContain('Gizmo');
      for (const text of ['runbooks relay', 'run relay of']) {
        expect(JSON.stringify(await bot.slash('rae', text))).toContain('Relay of the widget');
        expect(JSON.stringify(await bot.slash('rae', text))).not.toContain('Gizmo');
      }
      expect(await bot.suggest('rae', 'runbook', 'relay')).toEqual([
        { label: 'Relay of the widget', value: 'relay' },
      ]);
    });
  });

  describe('autonomy', () => {
    /** So many people said of what was recommended there that it worked, or that it did not. */
    const proven = async (
      { recommendation }: Awaited<ReturnType<typeof startRun>>,
      worked: number,
      tried: number,
    ) => {
      for (let number = 0; number < tried; number += 1)
        await inWorkspace(db.open.database, bot.workspace, (executor) =>
          executor.execute(sql`with person as (
              insert into people (id, workspace_id, external_id, name, role)
              values (gen_random_uuid(), ${bot.workspace}, ${`voter-${recommendation}-${number}`}, 'V', 'viewer') returning id)
            insert into feedback (workspace_id, recommendation_id, person_id, verdict)
            select ${bot.workspace}, ${recommendation}, id, ${number < worked ? 'worked' : 'failed'} from person`),
        );
    };

    it('lets a proven runbook look by itself, and never change anything', async () => {
      const steps = [readOnly, mutating];
      const title = 'Zulu relay stuck';
      await proven(await startRun(bot, steps, title), 9, 10);
      await decree({ autonomy: [{ success: 0.8, uses: 5 }] });
      db.jobs.length = 0;
      const run = await startRun(bot, steps, title);
      expect(db.jobs).toHaveLength(1);
      expect(textOf(await run.card())).toContain('approved by the policy');
      expect((await audited('step.approved')).at(-1)).toMatchObject({ step: (await run.newestStep()).id });
      await run.press('rae', 'stop');
    });

    it('lets nothing run by itself where a rule asks for more than one yes of a responder', async () => {
      const title = 'Whisky relay stuck';
      const autonomy = [{ success: 0.8, uses: 5 }];
      await proven(await startRun(bot, [readOnly], title), 9, 10);
      for (const terms of [{ approve: 'nobody' }, { approve: 'admin' }, { approvals: 2 }] as const) {
        await decree({ autonomy, ...rule(terms, { environments: ['prod'] }) });
        db.jobs.length = 0;
        const run = await startRun(bot, [readOnly], title);
        expect(db.jobs, JSON.stringify(terms)).toEqual([]);
        expect(textOf(await run.card())).not.toContain('approved by the policy');
        await run.press('rae', 'stop');
      }
    });

    it('asks again, before it is sent, whether whoever began the run may still run it', async () => {
      const title = 'Victor relay stuck';
      await proven(await startRun(bot, [readOnly], title), 9, 10);
      await decree({ autonomy: [{ success: 0.8, uses: 5 }] });
      db.jobs.length = 0;
      const run = await startRun(bot, [readOnly], title);
      expect(db.jobs).toHaveLength(1);
      await bot.within(({ people }) => people.setRole('rae', 'rae', 'viewer'));
      await bot.execute((await run.newestStep()).id);
      expect(textOf(await run.card())).toContain('no longer the right to run it');
    });

    it('does not take what a former version did for what a changed one does', async () => {
      const title = 'Xray relay stuck';
      await proven(await startRun(bot, [readOnly], title), 9, 10);
      await decree({ autonomy: [{ success: 0.8, uses: 5 }] });
      db.jobs.length = 0;
      await startRun(bot, [{ section: 'Check', command: 'cat /etc/hostname' }], title);
      expect(db.jobs).toEqual([]);
    });

    it('lets nothing run by itself where it is off, or not proven', async () => {
      const title = 'Yankee relay stuck';
      await proven(await startRun(bot, [readOnly], title), 3, 5);
      db.jobs.length = 0;
      await startRun(bot, [readOnly], title);
      await decree({ autonomy: [{ success: 0.8, uses: 5 }] });
      await startRun(bot, [readOnly], title);
      expect(db.jobs).toEqual([]);
    });
  });

  describe('explained', () => {
    const explain = (person: string, command: string, host = 'demo-web-01') =>
      createExplainPolicy(bot.core)(bot.workspace, { person, command, host, channel: null, runbook: null });

    it('names the risk, the terms with their rules, and who could approve', async () => {
      await decree(rule({ approve: 'admin' }, { environments: ['prod'] }));
      const explained = await explain('rae', 'systemctl restart nginx');
      expect(explained).toMatchObject({
        person: { name: 'rae', role: 'responder' },
        verdict: { risk: 'mutating' },
        environments: ['prod'],
        settled: { approve: { value: 'admin', rule: 'a rule' }, request: { value: 'responder', rule: null } },
        closed: null,
        approvers: ['max'],
      });
    });

    it('tells of a person or host that nobody knows', async () => {
      await expect(explain('zoe', 'uptime')).rejects.toThrow('Nobody is known here as zoe.');
      await expect(explain('rae', 'uptime', 'web-99')).rejects.toThrow('No host named web-99');
    });
  });
});

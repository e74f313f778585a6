import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { createExecuteStep } from '#application/execute-step.ts';
import { createSweep } from '#application/sweep.ts';
import type { RunId, StepId } from '#domain/ids.ts';
import { defaultPolicy, type Policy } from '#domain/policy/policy.ts';
import type { Reply } from '#domain/reply.ts';
import { actionOf, buttonsOf, createTestBot, type TestBot } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { type GroupSteps, startGroupRun } from '#test/support/group-story.ts';
import { openHostGroup } from '#test/support/host-group.ts';
import { createMortal } from '#test/support/mortal.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { napping, uniqueNap } from '#test/support/remote-host.ts';
import { textOf } from '#test/support/run-story.ts';

type Group = Awaited<ReturnType<typeof openHostGroup>>;

describeWithPeer('sshd', 'a step over a group of hosts', () => {
  let group: Group;
  beforeAll(async () => {
    group = await openHostGroup(4);
  });
  afterAll(() => group?.close());

  describeOnBothEngines('on real hosts', (open) => {
    let db: TestDatabase;
    let bot: TestBot;
    let number = 0;
    beforeAll(async () => {
      db = await open();
    });
    beforeEach(async () => {
      const { id } = await db.workspaces.ensure('playground', db.ids.nonce(), 'Own');
      bot = await createTestBot(db, undefined, { in: id });
      await bot.within(({ hosts }) => hosts.sync(group.entries));
      db.jobs.length = 0;
    });
    afterEach(() => {
      number += 1;
    });

    /** A file of this test, in the home of each host. */
    const file = (name: string) => `${name}-${db.open.engine}-${number}`;

    const start = (steps: GroupSteps, host = 'web', chat: TestBot = bot) =>
      startGroupRun({ db, bot: chat }, { title: `Sierra worker stuck ${number}`, steps, host });
    const verbs = (reply: Reply | undefined) => buttonsOf(reply).map(({ action }) => action.verb);
    const audited = async (event: string) =>
      (await bot.within(({ audit }) => audit.after(0, 1000))).filter((entry) => entry.event === event);

    it('lists every host on one card, runs the canary first and then the others, each once', async () => {
      const [log, order] = [file('once'), file('order')];
      const shared = join(group.dirOf(1), order);
      const run = await start([
        { section: 'Fix', command: `echo {{host}} >> "$HOME/${log}"; echo {{host}} >> ${shared}; sleep 0.2` },
      ]);
      const proposed = await run.card();
      for (const { name, user, port } of group.entries) {
        expect(textOf(proposed)).toContain(`▫️ ${name}"`);
        expect(textOf(proposed)).toContain(`${user}@127.0.0.1:${port}`);
      }
      expect(textOf(proposed)).toContain('web-1 first and alone; once it succeeded, at most 5 at a time');
      await run.press('ada', 'approve');
      await run.work();
      expect(group.lines(log)).toEqual([['web-1'], ['web-2'], ['web-3'], ['web-4']]);
      expect(group.lines(order)[0]?.[0]).toBe('web-1');
      expect(textOf(await run.card())).toContain('4 of 4 hosts succeeded.');
      // One entry a host and one of the whole.
      expect(await audited('step.running')).toHaveLength(5);
      expect(await audited('step.succeeded')).toHaveLength(5);
    });

    it('goes no further when the canary does not show what is expected', async () => {
      const log = file('canary');
      const command = `echo ran >> "$HOME/${log}"; echo broken`;
      const run = await start([{ section: 'Fix', command, attributes: { expect: 'healthy' } }]);
      await run.press('ada', 'approve');
      await run.work();
      expect(group.lines(log)).toEqual([['ran'], [], [], []]);
      const card = await run.card();
      expect(textOf(card)).toContain(
        '0 of 4 hosts succeeded. Not on web-1. Never begun on web-2, web-3, web-4, because the canary did not succeed.',
      );
      expect(verbs(card)).toContain('retry');
    });

    it('begins on no further host once so many have failed, and proposes again only where it did not succeed', async () => {
      const log = file('limit');
      const broken = join(group.dirOf(1), file('broken'));
      writeFileSync(broken, 'web-2\n');
      const command = `echo ran >> "$HOME/${log}"; ! grep -qx {{host}} ${broken}`;
      const run = await start([{ section: 'Fix', command, attributes: { parallel: 1 } }]);
      await run.press('ada', 'approve');
      await run.work();
      expect(group.lines(log)).toEqual([['ran'], ['ran'], [], []]);
      expect(textOf(await run.card())).toContain('1 of 4 hosts succeeded. Not on web-2.');

      writeFileSync(broken, '\n');
      await run.press('rae', 'retry');
      expect(textOf(await run.card())).not.toContain('▫️ web-1');
      await run.press('ada', 'approve');
      await run.work();
      expect(group.lines(log)).toEqual([['ran'], ['ran', 'ran'], ['ran'], ['ran']]);
      expect(textOf(await run.card())).toContain('3 of 3 hosts succeeded.');
    });

    it('works on no more hosts at a time than it may', async () => {
      const shared = join(group.dirOf(1), file('cap'));
      const command = `echo + >> ${shared}; sleep 0.4; echo - >> ${shared}`;
      const run = await start([{ section: 'Fix', command, attributes: { parallel: 2 } }]);
      await run.press('ada', 'approve');
      await run.work();
      const signs = group.lines(file('cap'))[0] ?? [];
      expect(signs).toHaveLength(8);
      const atWork = signs.map((_, at) =>
        signs.slice(0, at + 1).reduce((sum, sign) => sum + (sign === '+' ? 1 : -1), 0),
      );
      expect(Math.max(...atWork)).toBe(2);
      // The canary was alone.
      expect(signs.slice(0, 2)).toEqual(['+', '-']);
    });

    it('is stopped on all hosts at once', async () => {
      const [log, late] = [file('began'), file('late')];
      const command = `echo ran >> "$HOME/${log}"; test {{host}} = web-1 || { sleep 30; echo late >> "$HOME/${late}"; }`;
      const run = await start([{ section: 'Fix', command, attributes: { parallel: 2 } }]);
      await run.press('ada', 'approve');
      const worked = run.work();
      await expect.poll(() => group.lines(log).filter((lines) => lines.length > 0).length).toBe(3);
      await run.press('rae', 'stop');
      await worked;
      expect(group.lines(late)).toEqual([[], [], [], []]);
      expect(group.lines(log)[3]).toEqual([]);
      expect(textOf(await run.card())).toContain('1 of 4 hosts succeeded.');
      expect(verbs(await run.card())).toEqual([]);
    }, 60_000);

    it('is stopped also where it is unknown as a whole after a crash', async () => {
      const nap = uniqueNap();
      const run = await start([{ section: 'Fix', command: `sleep ${nap}` }]);
      const { id } = actionOf(await run.card(), 'approve');
      const due = () => db.jobs.splice(0).flatMap((job) => (job.kind === 'execute-step' ? job.stepId : []));
      await run.press('ada', 'approve');
      const mortal = createMortal(bot.core);
      const { signal } = new AbortController();
      for (const step of due()) await createExecuteStep(mortal.core)(bot.workspace, step, signal);
      for (const step of due()) void createExecuteStep(mortal.core)(bot.workspace, step, signal);
      await expect.poll(() => napping(nap), { timeout: 15_000 }).not.toEqual([]);
      mortal.die();
      const stateOf = async () => (await bot.within(({ runs }) => runs.step(id as StepId)))?.state;
      const lapse = async (): Promise<unknown> => {
        await inWorkspace(db.open.database, bot.workspace, (executor) =>
          executor.execute(
            sql`update run_steps set runner_until = now() - interval '1 s' where state = 'running' and part_of is not null`,
          ),
        );
        await createSweep(bot.core)(bot.workspace);
        for (const step of due()) await bot.execute(step);
        return stateOf();
      };
      await expect.poll(lapse).toBe('unknown');
      await run.press('rae', 'stop');
      await run.work();
      await expect.poll(() => napping(nap)).toEqual([]);
      expect(await stateOf()).toBe('unknown');
      expect(verbs(await run.card())).toEqual([]);
    }, 60_000);

    it('is refused as a whole when one host is another one than was approved', async () => {
      const log = file('moved');
      const run = await start([{ section: 'Fix', command: `echo ran >> "$HOME/${log}"` }]);
      await run.press('ada', 'approve');
      await bot.within(({ hosts }) =>
        hosts.sync(group.entries.map((one) => (one.name === 'web-3' ? { ...one, user: 'root2' } : one))),
      );
      await run.work();
      expect(group.lines(log)).toEqual([[], [], [], []]);
      expect(textOf(await run.card())).toContain('no longer what was approved');
    });

    it('asks what the strictest host asks', async () => {
      const policy: Policy = {
        ...defaultPolicy,
        rules: [{ name: 'last', scope: { hosts: ['web-4'] }, terms: { approve: 'admin' } }],
      };
      const { settings } = bot.core;
      const strict = await createTestBot(db, undefined, {
        in: bot.workspace,
        settings: { ...settings, policy },
      });
      const run = await start([{ section: 'Fix', command: 'touch /tmp/x-{{host}}' }], 'web', strict);
      expect(textOf(await run.card())).toContain('Waits for an admin');
      const home = await strict.home('ada');
      expect(JSON.stringify(home)).toContain('group web (4 hosts)');
      expect(JSON.stringify(home)).toContain('It needs the role admin.');
      await run.press('ada', 'approve');
      expect(db.jobs).toEqual([]);
    });

    it('undoes it on the hosts where something was changed', async () => {
      const log = file('undone');
      const run = await start([
        {
          section: 'Fix',
          command: `echo did >> "$HOME/${log}"; test {{host}} = web-1`,
          attributes: { parallel: 1 },
        },
        { section: 'Rollback', command: `echo undone >> "$HOME/${log}"` },
      ]);
      await run.press('ada', 'approve');
      await run.work();
      expect(group.lines(log)).toEqual([['did'], ['did'], [], []]);
      await run.press('rae', 'rollback');
      expect(textOf(await run.card())).not.toContain('web-3');
      await run.press('ada', 'approve');
      await run.work();
      expect(group.lines(log)).toEqual([['did', 'undone'], ['did', 'undone'], [], []]);
    });

    it('tries again on each host by itself, and counts a failure only when no try is left', async () => {
      const ready = file('ready');
      const attributes = { parallel: 3, retry: { times: 8, pause: '250ms' } };
      const run = await start([{ section: 'Verify', command: `cat "$HOME/${ready}"`, attributes }]);
      for (const number of [1, 2, 4]) writeFileSync(join(group.dirOf(number), ready), 'ready');
      await run.press('rae', 'approve');
      const worked = run.work();
      const { id } = actionOf(await run.card(), 'stop');
      const third = async () =>
        (await bot.within(({ runs }) => runs.parts(id as RunId))).find(({ tries }) => tries.length > 1);
      while (!(await third())) await new Promise((resume) => setTimeout(resume, 20));
      writeFileSync(join(group.dirOf(3), ready), 'ready');
      await worked;
      const card = textOf(await run.card());
      expect(card).toContain('4 of 4 hosts succeeded.');
      expect(card.match(/This was attempt \d of 9\./g)).toHaveLength(1);
    }, 60_000);

    it('is looked at again on every host once the group was changed, and compared host by host', async () => {
      const state = file('state');
      const run = await start([
        { section: 'Check', command: `cat "$HOME/${state}" 2>/dev/null || echo none` },
        { section: 'Check', command: `test ! -e "$HOME/${state}"` },
        { section: 'Fix', command: `echo {{host}} >> "$HOME/${state}"` },
      ]);
      for (const who of ['rae', 'rae', 'ada']) {
        await run.press(who, 'approve');
        await run.work();
      }
      const replies = () => bot.replies(run.thread);
      for (const number of [1, 2]) {
        const again = (await replies()).at(-1);
        expect(again?.summary).toBe(`Check again ${number} of 2: waits for approval`);
        await bot.press('rae', run.thread, actionOf(again, 'approve'));
        await run.work();
      }
      // The canary of the second fails this time, so the others are not asked; that holds up nothing.
      const difference = (await replies()).find(({ summary }) => summary.startsWith('Before and after'));
      expect(difference?.summary).toBe('Before and after: 5 of 8 checks differ');
      for (const { name } of group.entries) expect(textOf(difference)).toContain(`-none\\n+${name}`);
      expect(textOf(difference)).toContain(' on web-1: succeeded (exit 0) before, failed (exit 1) now');
      expect(textOf(difference)).toContain(' on web-2: not run again.');
      expect((await replies()).at(-1)?.summary).toContain('solve');
    });

    it('gives what each host wrote as a file of its own', async () => {
      const run = await start([{ section: 'Check', command: 'seq 1 3; echo {{host}}' }]);
      await run.press('rae', 'approve');
      await run.work();
      const files = (await bot.replies(run.thread)).flatMap(({ blocks }) =>
        blocks.flatMap((block) => (block.kind === 'file' ? [`${block.name}:${block.text.trim()}`] : [])),
      );
      expect(files.toSorted()).toEqual(
        [1, 2, 3, 4].map((one) => `step-1-web-${one}-output.txt:1\n2\n3\nweb-${one}`),
      );
    });

    it('begins on no host when there are too many to be shown', async () => {
      const many = Array.from({ length: 60 }, (_, index) => ({
        ...group.entries[0],
        name: `worker-with-a-long-name-${index}`,
        context: { hostGroup: 'many' },
      }));
      await bot.within(({ hosts }) => hosts.sync(many as typeof group.entries));
      const run = await start([{ section: 'Fix', command: 'true' }], 'many');
      expect(await run.card()).toBeUndefined();
      expect(textOf((await bot.replies(run.thread)).at(-2))).toContain('60 hosts of group many, too many');
    });
  });
});

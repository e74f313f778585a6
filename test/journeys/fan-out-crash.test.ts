import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { openServer } from '#adapters/postgres/open-server.ts';
import { createSweep } from '#application/sweep.ts';
import type { StepId } from '#domain/ids.ts';
import { actionOf, createOwnBot, runbookSource, type TestBot } from '#test/support/application.ts';
import { openMigrated, type TestDatabase } from '#test/support/databases.ts';
import { createFreshDatabase } from '#test/support/fresh-database.ts';
import { openHostGroup, workTogether } from '#test/support/host-group.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { textOf } from '#test/support/run-story.ts';

const program = fileURLToPath(new URL('../support/fan-out-process.ts', import.meta.url));
/** Each moment so many times; `npm run test:crash` plays twenty. */
const rounds = Number(process.env.RECOURSE_CAMPAIGN_CRASHES ?? 1);

/** Killed once so many hosts have begun. */
const moments = [
  {
    begun: 1,
    expected: [1, 0, 0, 0],
    never: 'Never begun on web-2, web-3, web-4, because the canary did not succeed.',
  },
  { begun: 3, expected: [1, 1, 1, 0], never: 'Never begun on web-4, because' },
];

describeWithPeer('postgres', 'a step over a group whose runner was killed', (serverUrl) => {
  describeWithPeer('sshd', 'on real hosts', () => {
    let group: Awaited<ReturnType<typeof openHostGroup>>;
    let fresh: Awaited<ReturnType<typeof createFreshDatabase>>;
    let db: TestDatabase;
    let bot: TestBot;
    beforeAll(async () => {
      group = await openHostGroup(4);
      fresh = await createFreshDatabase(serverUrl);
      const open = openServer(fresh.url);
      await open.migrate();
      await open.close();
      db = await openMigrated(fresh.url);
    });
    afterAll(async () => {
      await group?.close();
      await db?.open.close();
      await fresh?.drop();
    });

    /** Whatever a queue would deliver again, after the lease of the dead runner is over. */
    const recover = async (id: StepId): Promise<void> => {
      await inWorkspace(db.open.database, bot.workspace, (executor) =>
        executor.execute(
          sql`update run_steps set runner_until = now() - interval '1 s' where runner like 'killed/%'`,
        ),
      );
      await createSweep(bot.core)(bot.workspace);
      db.jobs.push({ kind: 'execute-step', workspace: bot.workspace, stepId: id });
      await workTogether(db, bot.core);
      await bot.settle();
    };

    const begin = async (log: string) => {
      bot = await createOwnBot(db, { hosts: group.entries });
      const title = `Tango worker stuck ${log}`;
      const command = `echo ran >> "$HOME/${log}"; test {{host}} = web-1 -a ${log.startsWith('3') ? 1 : 0} = 1 || sleep 3`;
      const steps = [{ section: 'Fix', command, attributes: { parallel: 2 } }];
      await bot.load({ slug: `tango-${log}`, text: runbookSource(title, steps) });
      const thread = await bot.say('rae', `${title}: workers are failing`);
      await bot.submit('rae', thread, actionOf((await bot.replies(thread))[0], 'use').id, { host: 'web' });
      const card = async () =>
        (await bot.replies(thread)).findLast(({ summary }) => /^Step \d+ of/.test(summary));
      const action = actionOf(await card(), 'approve');
      await bot.press('ada', thread, action);
      return { thread, card, id: action.id as StepId };
    };

    /** Approves, kills the runner once so many hosts have begun, and lets another one find what is left. */
    const crash = async ({ begun, expected }: (typeof moments)[number], round: number) => {
      const log = `${begun}-${round}`;
      const run = await begin(log);
      db.jobs.length = 0;
      const words = [program, fresh.url, bot.workspace, run.id];
      const child = spawn(process.execPath, words, { stdio: 'inherit' });
      const times = () => group.lines(log).map(({ length }) => length);
      const patience = { timeout: 60_000 };
      await expect.poll(() => times().filter((count) => count > 0).length, patience).toBe(begun);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await recover(run.id);
      expect(times()).toEqual(expected);
      return run;
    };

    it.each(moments)(
      'after $begun of 4 hosts had begun: never twice on any, unknown where it ran, and no further one',
      async (moment) => {
        for (let round = 0; round < rounds; round += 1) {
          const run = await crash(moment, round);
          expect((await bot.within(({ runs }) => runs.step(run.id)))?.state).toBe('unknown');
          const all = (await bot.replies(run.thread)).map(textOf);
          expect(all.filter((text) => text.includes('was interrupted'))).toHaveLength(
            moment.begun === 1 ? 1 : 2,
          );
          expect(textOf(await run.card())).toContain(moment.never);
        }
      },
      rounds * 60_000,
    );
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { createExecuteStep } from '#application/execute-step.ts';
import { createSweep } from '#application/sweep.ts';
import type { StepId } from '#domain/ids.ts';
import type { RemoteShell } from '#ports/remote-shell.ts';
import { buttonsOf, type TestBot } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { startRun, textOf } from '#test/support/run-story.ts';
import { useOwnBot } from '#test/support/use-own-bot.ts';

describeOnBothEngines('a runner that is stopped and wakes up', (open) => {
  let db: TestDatabase;
  let sandbox: Sandbox;
  let bot: TestBot;
  useOwnBot(open, (made) => {
    ({ db, sandbox, bot } = made);
  });

  let files = 0;
  const fresh = () => `woke-${db.open.engine}-${files++}.txt`;
  const linesOf = (file: string) => {
    const path = join(sandbox.scratch, file);
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
  };
  const stateOf = async (id: StepId) => (await bot.within(({ runs }) => runs.step(id)))?.state;
  /** What everybody else does once the runner has given no sign of life for too long; here it may give one meanwhile. */
  const lapse = async (id: StepId) => {
    const before = await stateOf(id);
    for (let turn = 0; turn < 20 && (await stateOf(id)) === before; turn += 1) {
      await inWorkspace(db.open.database, bot.workspace, (executor) =>
        executor.execute(sql`update run_steps set runner_until = now() - interval '1 s' where id = ${id}`),
      );
      await createSweep(bot.core)(bot.workspace);
    }
    await bot.settle();
  };
  type Sleeps = 'before-it-is-sent' | 'before-it-is-sent-again' | 'after-its-end' | 'connecting';
  /** A process that stands still at one place of its way, where `meanwhile` happens. */
  const execute = async (id: StepId, sleeps: Sleeps, meanwhile: () => Promise<void>) => {
    const { connect } = bot.core.shell;
    const sent: string[] = [];
    const shell: RemoteShell = {
      ...bot.core.shell,
      connect: async (...asked) => {
        const connection = await connect(...asked);
        if (sleeps === 'connecting') {
          await meanwhile();
          now += 3_600_000;
        }
        if (connection.kind === 'refused') return connection;
        const { session } = connection;
        const run: typeof session.run = async (command, ...others) => {
          const mayBegin = async (): Promise<boolean> => {
            const may = (await command.mayBegin?.()) ?? true;
            if (may) sent.push(command.command);
            return may;
          };
          const result = await session.run({ ...command, mayBegin }, ...others);
          if (sleeps === 'after-its-end') await meanwhile();
          return result;
        };
        return { kind: 'connected', session: { ...session, run } };
      },
    };
    let now = 0;
    const clock = { now: () => now };
    const unitOfWork: typeof bot.core.unitOfWork = {
      ...bot.core.unitOfWork,
      within: async (workspace, work) => {
        let begun: Sleeps | undefined;
        const done = await bot.core.unitOfWork.within(workspace, (transaction) =>
          work({
            ...transaction,
            runs: {
              ...transaction.runs,
              begin: async (...asked) => {
                const isBegun = await transaction.runs.begin(...asked);
                if (isBegun) begun = 'before-it-is-sent';
                return isBegun;
              },
              tryAgain: async (...asked) => {
                const next = await transaction.runs.tryAgain(...asked);
                if (next) begun = 'before-it-is-sent-again';
                return next;
              },
            },
          }),
        );
        if (begun === sleeps) {
          await meanwhile();
          now += 3_600_000;
        }
        return done;
      },
    };
    const run = createExecuteStep({ ...bot.core, shell, clock, unitOfWork });
    await run(bot.workspace, id, new AbortController().signal);
    await bot.settle();
    return sent;
  };
  const start = async (command: string) => {
    const run = await startRun(bot, [
      { section: 'Fix', command },
      { section: 'Verify', command: 'echo verified' },
    ]);
    const { id } = await run.newestStep();
    await run.press('ada', 'approve');
    db.jobs.length = 0;
    return { run, id };
  };
  const lastSaid = async (thread: string) => (await bot.replies(thread)).at(-1);
  const said = async (thread: string, text: string) =>
    (await bot.replies(thread)).filter(({ summary }) => summary.includes(text));
  const eventsOf = async (id: StepId) =>
    (await bot.within(({ audit }) => audit.after(0, 500)))
      .filter(({ details }) => details.step === id)
      .map(({ event }) => event);

  it('sends nothing by a claim that was given up, though the same process has the step again', async () => {
    const file = fresh();
    const { run, id } = await start(`echo ran >> ${file}`);
    let second: readonly string[] = [];
    const first = await execute(id, 'connecting', async () => {
      await lapse(id);
      second = await execute(id, 'connecting', async () => {
        await expect.poll(() => run.stateOf(id)).toBe('claimed');
      });
    });
    expect([first.length, second.length]).toEqual([0, 1]);
    expect(linesOf(file)).toBe(1);
    expect(await run.stateOf(id)).toBe('succeeded');
  });

  it('leaves a claim that it lost to whoever has it by then, also in the same process', async () => {
    const { run, id } = await start('echo ran');
    const sent = await execute(id, 'connecting', async () => {
      await lapse(id);
      await bot.within(({ runs }) => runs.claim(id, 'test/other', 60_000));
    });
    expect(sent).toEqual([]);
    expect(await run.stateOf(id)).toBe('claimed');
    expect(await bot.within(({ runs }) => runs.begin(id, 'test/other', 60_000))).toBe(true);
  });

  it('counts a late result while nobody has chosen, tells it and goes on', async () => {
    const { run, id } = await start('echo ran');
    await execute(id, 'after-its-end', async () => {
      await lapse(id);
      expect(await run.stateOf(id)).toBe('unknown');
    });
    expect(await run.stateOf(id)).toBe('succeeded');
    expect(await said(run.thread, 'came late: succeeded')).toHaveLength(1);
    expect(textOf(await run.card())).toContain('echo verified');
  });

  it.each(['retry', 'skip', 'stop'] as const)(
    'keeps a result that comes after somebody pressed %s, and changes nothing by it',
    async (choice) => {
      const { run, id } = await start('echo output-of-it');
      let before: readonly unknown[] = [];
      await execute(id, 'after-its-end', async () => {
        await lapse(id);
        await run.press('rae', choice);
        before = await run.cards();
      });
      expect(await run.stateOf(id)).toBe('unknown');
      expect(await run.cards()).toEqual(before);
      expect(await said(run.thread, 'Somebody had chosen by then')).toHaveLength(1);
      expect(textOf(await lastSaid(run.thread))).toContain('output-of-it');
      expect(await eventsOf(id)).toContain('step.too-late');
      expect(await eventsOf(id)).not.toContain('step.succeeded');
    },
  );

  it('keeps a result out that comes after the same step was proposed again and approved', async () => {
    const { run, id } = await start('echo ran');
    await execute(id, 'after-its-end', async () => {
      await lapse(id);
      await run.press('rae', 'retry');
      await run.press('ada', 'approve');
    });
    expect(await run.stateOf(id)).toBe('unknown');
    expect(await said(run.thread, 'Somebody had chosen by then')).toHaveLength(1);
  });

  it('keeps a result out that comes after it was skipped and what followed expired', async () => {
    const { run, id } = await start('echo ran');
    await execute(id, 'after-its-end', async () => {
      await lapse(id);
      await run.press('rae', 'skip');
      await inWorkspace(db.open.database, bot.workspace, (executor) =>
        executor.execute(sql`update run_steps set expires_at = now() - interval '1 s' where id <> ${id}`),
      );
      await createSweep(bot.core)(bot.workspace);
    });
    expect(await run.stateOf(id)).toBe('unknown');
    expect(await said(run.thread, 'Somebody had chosen by then')).toHaveLength(1);
    expect(await run.cards()).toHaveLength(2);
  });

  it('frees its host for the next change by a result that comes too late', async () => {
    const file = fresh();
    const { run, id } = await start('echo ran');
    const other = await startRun(bot, [{ section: 'Fix', command: `echo next >> ${file}` }]);
    const { id: next } = await other.newestStep();
    await execute(id, 'after-its-end', async () => {
      await lapse(id);
      await run.press('rae', 'skip');
      // The host is not asked meanwhile: it would say the same.
      db.jobs.length = 0;
      await other.approve('ada');
      expect(await stateOf(next)).toBe('approved');
    });
    await bot.work();
    expect(await stateOf(next)).toBe('succeeded');
    expect(linesOf(file)).toBe(1);
    expect(await run.stateOf(id)).toBe('unknown');
    expect(textOf(await run.card(0))).not.toContain('may still be at work');
  });

  it('takes the buttons from a step once somebody has chosen', async () => {
    const { run, id } = await start('false');
    await bot.execute(id);
    expect(buttonsOf(await run.card(0))).not.toEqual([]);
    await run.press('rae', 'retry');
    expect(buttonsOf(await run.card(0))).toEqual([]);
    expect(buttonsOf(await run.card(1))).not.toEqual([]);
  });

  it('does not send what it had begun when it was stopped before that', async () => {
    const file = fresh();
    const { run, id } = await start(`echo ran >> ${file}`);
    const sent = await execute(id, 'before-it-is-sent', async () => {
      await lapse(id);
      await run.press('rae', 'retry');
    });
    expect(sent).toEqual([]);
    expect(linesOf(file)).toBe(0);
    expect(await run.stateOf(id)).toBe('unknown');
    expect((await lastSaid(run.thread))?.summary).toContain('Nothing was sent');
  });

  it('does not send a further try when it was stopped after the commit for it', async () => {
    const attributes = { retry: { times: 1, pause: '1ms' } };
    const run = await startRun(bot, [{ section: 'Check', command: 'cat nothing-here', attributes }]);
    const { id } = await run.newestStep();
    await run.press('rae', 'approve');
    const sent = await execute(id, 'before-it-is-sent-again', () => lapse(id));
    expect(sent).toHaveLength(1);
    const told = await said(run.thread, 'Nothing of this attempt was sent. Recourse stood still');
    expect(told).toHaveLength(1);
    expect(told[0]?.summary).toContain('It counts');
  });

  it.each(['connecting', 'before-it-is-sent'] as const)(
    'does not send what was frozen while it was %s',
    async (sleeps) => {
      const file = fresh();
      const { run, id } = await start(`echo ran >> ${file}`);
      const sent = await execute(id, sleeps, async () => {
        await bot.slash('rae', 'freeze on 1h The payment provider is down');
      });
      expect(sent).toEqual([]);
      expect(linesOf(file)).toBe(0);
      expect(await run.stateOf(id)).toBe('failed');
      expect(textOf(await run.card())).toContain('Nothing was sent.');
      expect(textOf(await run.card())).toContain('The payment provider is down');
    },
  );

  it('sends it when the claim is still its own', async () => {
    const file = fresh();
    const { run, id } = await start(`echo ran >> ${file}`);
    expect(await execute(id, 'before-it-is-sent', async () => undefined)).toHaveLength(1);
    expect(linesOf(file)).toBe(1);
    expect(await run.stateOf(id)).toBe('succeeded');
  });
});

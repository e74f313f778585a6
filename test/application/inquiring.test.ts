import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { createExecuteStep } from '#application/execute-step.ts';
import { createInquireStep } from '#application/inquire-step.ts';
import { createSweep } from '#application/sweep.ts';
import type { StepId } from '#domain/ids.ts';
import { looksInVain, pauseAfterLook } from '#domain/run/next-look.ts';
import { buttonsOf, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { createMortal } from '#test/support/mortal.ts';
import { startRun, textOf } from '#test/support/run-story.ts';
import { useOwnBot } from '#test/support/use-own-bot.ts';

describeOnEmbedded('asking a host about a step that was lost sight of', (open) => {
  let db: TestDatabase;
  let sandbox: Sandbox;
  let bot: TestBot;
  useOwnBot(open, (made) => {
    ({ db, sandbox, bot } = made);
  });

  let files = 0;
  const fresh = () => `asked-${files++}.txt`;
  const linesOf = (file: string) => {
    const path = join(sandbox.scratch, file);
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
  };
  const summaries = async (thread: string) => (await bot.replies(thread)).map(({ summary }) => summary);
  const said = async (thread: string, text: string) =>
    (await summaries(thread)).filter((summary) => summary.includes(text));
  /** As it is when the process died after the host had taken the step. */
  const loseSight = async (id: StepId) => {
    await db.open.database.execute(sql`update run_steps set state = 'running', result = null, runner = 'dead',
      runner_until = now() - interval '1 s' where id = ${id}`);
    await createSweep(bot.core)(bot.workspace);
    await bot.settle();
  };
  /** A step that runs on its host, and that nobody follows. */
  const abandon = async (command: string, file: string, more: Parameters<typeof startRun>[1] = []) => {
    const run = await startRun(bot, [{ section: 'Fix', command }, ...more]);
    const { id } = await run.newestStep();
    await run.press('ada', 'approve');
    db.jobs.length = 0;
    const mortal = createMortal(bot.core);
    void createExecuteStep(mortal.core)(bot.workspace, id, new AbortController().signal);
    await expect.poll(() => linesOf(file), { timeout: 15_000 }).toBe(1);
    mortal.die();
    await expect
      .poll(async () => {
        await loseSight(id);
        return run.stateOf(id);
      })
      .toBe('unknown');
    return { run, id };
  };
  const inquire = (id: StepId, look: number, shell = bot.core.shell) =>
    createInquireStep({ ...bot.core, shell })(bot.workspace, id, new AbortController().signal, look);
  const lookOf = (look: number, stepId: StepId) => ({
    kind: 'inquire-step',
    workspace: bot.workspace,
    stepId,
    look,
  });

  it('follows what still runs until it ends, and tells each change once', async () => {
    const file = fresh();
    const { run, id } = await abandon(
      `echo ran >> ${file}; until test -e ${file}.go; do sleep 0.1; done; exit 5`,
      file,
    );
    await bot.work();
    expect(await said(run.thread, 'it still runs there')).toHaveLength(1);
    expect(db.jobs).toEqual([lookOf(1, id)]);
    await bot.work();
    expect(await said(run.thread, 'it still runs there')).toHaveLength(1);
    expect(db.jobs).toEqual([lookOf(2, id)]);
    writeFileSync(join(sandbox.scratch, `${file}.go`), '');
    await expect
      .poll(
        async () => {
          await bot.work();
          return db.jobs.length;
        },
        { timeout: 10_000 },
      )
      .toBe(0);
    expect(await said(run.thread, 'exit code 5')).toHaveLength(1);
    expect(await run.stateOf(id)).toBe('unknown');
  });

  it('ends on the host what still runs there when somebody stops the run', async () => {
    const file = fresh();
    const { run, id } = await abandon(`echo ran >> ${file}; sleep 300; echo late >> ${file}`, file);
    await bot.work();
    expect(await said(run.thread, 'press Stop the run to end it there')).toHaveLength(1);
    await run.press('rae', 'stop');
    db.jobs.splice(0, db.jobs.length, ...db.jobs.filter((job) => job.kind === 'inquire-step' && !job.look));
    await bot.work();
    expect(db.jobs).toEqual([]);
    const last = (await summaries(run.thread)).at(-1);
    expect(last).toMatch(/exit code 143|its processes are gone/);
    expect(linesOf(file)).toBe(1);
    expect(await run.stateOf(id)).toBe('unknown');
  });

  it('keeps asking a host that is away, and tells it after some minutes, once', async () => {
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${fresh()}` }]);
    const { id } = await run.newestStep();
    await run.approve('ada');
    await loseSight(id);
    db.jobs.length = 0;
    const before = await summaries(run.thread);
    const away = { kind: 'refused', reason: 'unreachable', message: 'It is away.', advice: 'Wait.' } as const;
    const shell = { ...bot.core.shell, connect: () => Promise.resolve(away) };
    for (let look = 0; look < looksInVain; look += 1) await inquire(id, look, shell);
    await bot.settle();
    expect(await summaries(run.thread)).toEqual(before);
    expect(db.jobs.at(-1)).toEqual(lookOf(looksInVain, id));
    for (const look of [looksInVain, looksInVain, looksInVain + 1]) await inquire(id, look, shell);
    await bot.settle();
    expect(await said(run.thread, 'could not be asked so far: It is away.')).toHaveLength(1);
    await inquire(id, looksInVain + 2);
    await bot.settle();
    expect((await summaries(run.thread)).at(-1)).toContain('exit code 0');
  });

  it('says so when nobody asks any more', async () => {
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${fresh()}` }]);
    const { id } = await run.newestStep();
    await run.approve('ada');
    await loseSight(id);
    db.jobs.length = 0;
    const away = { kind: 'refused', reason: 'unreachable', message: 'It is away.', advice: 'Wait.' } as const;
    const shell = { ...bot.core.shell, connect: () => Promise.resolve(away) };
    let last = 0;
    while (pauseAfterLook(last) !== undefined) last += 1;
    await inquire(id, last, shell);
    await bot.settle();
    expect(db.jobs).toEqual([]);
    expect((await summaries(run.thread)).at(-1)).toContain('is not asked any more');
  });

  it('names no button that is gone when the run is over', async () => {
    const file = fresh();
    const { run, id } = await abandon(`echo ran >> ${file}; sleep 300`, file);
    await run.press('rae', 'skip');
    await bot.work();
    const last = (await summaries(run.thread)).at(-1) ?? '';
    expect(last).toMatch(/as process group (\d+)\. Its end .* The run is over; .* kill -s TERM -- -\1 /);
    expect(last).not.toContain('before you choose');
    expect(await run.stateOf(id)).toBe('unknown');
    process.kill(-Number(/group (\d+)/.exec(last)?.[1]), 'SIGKILL');
  });

  it('asks after what a version sent that bound less of it than this one', async () => {
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${fresh()}; exit 6` }]);
    const { id } = await run.newestStep();
    await run.approve('ada');
    await db.open.database.execute(sql`update run_steps set binding = 'another shape' where id = ${id}`);
    await loseSight(id);
    await bot.work();
    expect((await summaries(run.thread)).at(-1)).toContain('exit code 6');
  });

  it('asks after what was sent before the way to its host was kept', async () => {
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${fresh()}; exit 7` }]);
    const { id } = await run.newestStep();
    await run.approve('ada');
    await db.open.database.execute(sql`update run_steps set way = null where id = ${id}`);
    await loseSight(id);
    await bot.work();
    expect((await summaries(run.thread)).at(-1)).toContain('exit code 7');
  });

  it('asks no other host in its place, and says that', async () => {
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${fresh()}` }]);
    const { id } = await run.newestStep();
    await run.approve('ada');
    await loseSight(id);
    await bot.within(({ hosts }) => hosts.sync([{ ...sandbox.host, port: 1 }]));
    await bot.work();
    expect(db.jobs).toEqual([]);
    expect((await summaries(run.thread)).at(-1)).toContain('was changed since');
    expect(textOf(await run.card())).toContain('was changed since');
  });

  it('keeps the next change off the host, and Roll back closed, until the host says that it has ended', async () => {
    const [file, next] = [fresh(), fresh()];
    const { run, id } = await abandon(
      `echo ran >> ${file}; until test -e ${file}.go; do sleep 0.1; done`,
      file,
      [{ section: 'Rollback', command: 'echo back' }],
    );
    const other = await startRun(bot, [{ section: 'Fix', command: `echo next >> ${next}` }]);
    const waiting = await other.newestStep();
    expect(textOf(await other.card())).toContain('may still be at work on demo-web-01');
    await other.approve('ada');
    expect(await other.stateOf(waiting.id)).toBe('approved');
    expect(textOf(await other.card())).toContain('Go on all the same');
    const lost = await run.card();
    expect(textOf(lost)).toContain('No other change begins there');
    expect(buttonsOf(lost).map(({ action }) => action.verb)).not.toContain('rollback');
    writeFileSync(join(sandbox.scratch, `${file}.go`), '');
    await expect
      .poll(
        async () => {
          await inquire(id, 0);
          await bot.work();
          return other.stateOf(waiting.id);
        },
        { timeout: 10_000 },
      )
      .toBe('succeeded');
    expect(linesOf(next)).toBe(1);
    const ended = await run.card();
    expect(textOf(ended)).not.toContain('may still be at work');
    expect(buttonsOf(ended).map(({ action }) => action.verb)).toContain('rollback');
  });

  it('frees the host when nothing of it is left, though nobody noted how it ended', async () => {
    const [file, next] = [fresh(), fresh()];
    const { run, id } = await abandon(`echo ran >> ${file}; sleep 300`, file, [
      { section: 'Rollback', command: 'echo back' },
    ]);
    const other = await startRun(bot, [{ section: 'Fix', command: `echo next >> ${next}` }]);
    const waiting = await other.newestStep();
    await other.approve('ada');
    expect(await other.stateOf(waiting.id)).toBe('approved');
    const [told] = await said(run.thread, 'it still runs there');
    process.kill(-Number(/group (\d+)/.exec(told ?? '')?.[1]), 'SIGKILL');
    await expect
      .poll(async () => {
        await inquire(id, 0);
        await bot.work();
        return other.stateOf(waiting.id);
      })
      .toBe('succeeded');
    expect(await said(run.thread, 'its processes are gone, and none of them noted it')).toHaveLength(1);
    expect(linesOf(next)).toBe(1);
    const card = await run.card();
    expect(textOf(card)).not.toContain('may still be at work');
    expect(buttonsOf(card).map(({ action }) => action.verb)).toContain('rollback');
  });

  it('lets an approver, and nobody below, go on although a host is away, and keeps who did', async () => {
    const next = fresh();
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${fresh()}` }]);
    const { id } = await run.newestStep();
    await run.approve('ada');
    await loseSight(id);
    db.jobs.length = 0;
    const other = await startRun(bot, [{ section: 'Fix', command: `echo next >> ${next}` }]);
    const waiting = await other.newestStep();
    await other.approve('ada');
    expect(await other.stateOf(waiting.id)).toBe('approved');
    await other.press('rae', 'let-go');
    await bot.work();
    expect(await other.stateOf(waiting.id)).toBe('approved');
    bot.seeAs('ben', { standing: 'guest' });
    await other.press('ben', 'let-go');
    await bot.work();
    expect(await other.stateOf(waiting.id)).toBe('approved');
    await other.press('ada', 'let-go');
    await bot.work();
    expect(await other.stateOf(waiting.id)).toBe('succeeded');
    expect(linesOf(next)).toBe(1);
    const kept = (await bot.within(({ audit }) => audit.after(0, 1000))).filter(
      ({ event }) => event === 'step.let-go',
    );
    expect(kept.at(-1)).toMatchObject({ details: { step: id } });
    expect(textOf(await run.card())).not.toContain('may still be at work');
  });
});

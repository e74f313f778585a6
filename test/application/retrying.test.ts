import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { createExecuteStep } from '#application/execute-step.ts';
import { verifyAudit } from '#application/verify-audit.ts';
import type { StepId } from '#domain/ids.ts';
import { createOwnBot, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { startRun, textOf } from '#test/support/run-story.ts';
import { useOwnBot } from '#test/support/use-own-bot.ts';

describeOnEmbedded('a step that is tried again', (open) => {
  let db: TestDatabase;
  let sandbox: Sandbox;
  let bot: TestBot;
  let file = '';
  let files = 0;
  useOwnBot(open, (made) => {
    ({ db, sandbox, bot } = made);
    files += 1;
    file = `ready-${files}.txt`;
  });

  const waiting = (times: number, pause = '200ms', more: object = {}) => ({
    section: 'Verify',
    command: `cat ${file}`,
    attributes: { retry: { times, pause }, expect: 'ready', ...more },
  });
  const write = (text: string) => writeFileSync(join(sandbox.scratch, file), text);
  const triesOf = async (id: StepId) => (await bot.within(({ runs }) => runs.step(id)))?.tries ?? [];
  const until = async (id: StepId, count: number): Promise<void> => {
    while ((await triesOf(id)).length < count) await sleep(10);
  };
  const audited = async (event: string) =>
    (await bot.within(({ audit }) => audit.after(0, 1000))).filter((entry) => entry.event === event);

  it('says on its card how often, and tells of each try until one succeeds', async () => {
    write('starting\n');
    const run = await startRun(bot, [waiting(9)]);
    expect(textOf(await run.card())).toContain('up to 10 attempts, 200 ms apart, 10 min in all at most');
    const { id } = await run.newestStep();
    await run.press('rae', 'approve');
    const worked = bot.work();
    await until(id, 2);
    write('ready\n');
    await worked;
    const tries = await triesOf(id);
    expect(tries[0]).toEqual({
      exitCode: 0,
      why: 'Exit 0, but the output does not match ready.',
      output: 'starting',
    });
    const card = textOf(await run.card());
    expect(card).toContain('Attempt 1 of 10: Exit 0, but the output does not match ready.');
    expect(card).toContain('succeeded, approved by rae');
    expect(card).toContain(`This was attempt ${tries.length + 1} of 10.`);
    expect(await audited('step.tried-again')).toHaveLength(tries.length);
    expect(await audited('step.succeeded')).toHaveLength(1);
    expect(await verifyAudit(bot.core, bot.workspace, new Map())).toMatchObject({ kind: 'fits' });
  });

  it('fails once no try is left', async () => {
    const run = await startRun(bot, [waiting(2, '1ms')]);
    const { id } = await run.newestStep();
    const card = await run.approve('rae');
    expect(textOf(card)).toContain('Attempt 2 of 3: Exit 1, expected 0.');
    expect(textOf(card)).toContain('failed, approved by rae');
    expect(await triesOf(id)).toHaveLength(2);
    expect(await audited('step.failed')).toHaveLength(1);
  });

  it('tries again after a time-out that ended all of it on the host', async () => {
    const run = await startRun(bot, [
      {
        section: 'Check',
        command: 'sleep 30',
        attributes: { timeout: '300ms', retry: { times: 1, pause: '1ms' } },
      },
    ]);
    const card = textOf(await run.approve('rae'));
    expect(card).toContain('Attempt 1 of 2: No end within 300 ms. Its processes are gone.');
    expect(card).toContain('timed out');
  });

  it('is over when the run is stopped between two tries', async () => {
    const run = await startRun(bot, [waiting(3, '1m')]);
    const { id } = await run.newestStep();
    await run.press('rae', 'approve');
    const worked = bot.work();
    while (!textOf(await run.card()).includes('The next begins in 60 s')) {
      await sleep(50);
      await bot.settle();
    }
    await run.press('rae', 'stop');
    await worked;
    expect(await run.stateOf(id)).toBe('cancelled');
    expect(textOf(await run.card())).toContain('It was not tried again: It was stopped.');
    expect(await triesOf(id)).toEqual([]);
  });

  it('is not tried again once whoever approved it may not any more', async () => {
    const run = await startRun(bot, [waiting(9, '300ms')]);
    const { id } = await run.newestStep();
    await run.press('ben', 'approve');
    const worked = bot.work();
    await until(id, 1);
    await bot.within(({ people }) => people.setRole('ben', 'ben', 'viewer'));
    await worked;
    expect(await run.stateOf(id)).toBe('failed');
    expect(textOf(await run.card())).toContain('It was not tried again: An approver has lost the right');
    await bot.within(({ people }) => people.setRole('ben', 'ben', 'approver'));
  });

  /** The host as the second try finds it. */
  const executeWith = (id: StepId, second: typeof bot.core.shell.connect) => {
    let asked = 0;
    const { connect } = bot.core.shell;
    const shell: typeof bot.core.shell = {
      ...bot.core.shell,
      connect: (...words) => {
        asked += 1;
        return asked === 1 ? connect(...words) : second(...words);
      },
    };
    return createExecuteStep({ ...bot.core, shell })(bot.workspace, id, new AbortController().signal);
  };
  const refusal = { kind: 'refused', message: 'It lets nobody in.', advice: 'Look at it.' } as const;

  it('says of a further try that nothing of it was sent, and not of the whole step', async () => {
    const run = await startRun(bot, [waiting(1, '1ms')]);
    const { id } = await run.newestStep();
    await run.press('rae', 'approve');
    await executeWith(id, async () => ({ ...refusal, reason: 'login-failed' }));
    await bot.settle();
    const card = textOf(await run.card());
    expect(card).toContain('Nothing of this attempt was sent. It lets nobody in. Look at it.');
    expect(card).toContain('Attempt 1 of 2: Exit 1, expected 0.');
    expect(await run.stateOf(id)).toBe('failed');
  });

  it('is cancelled when the run is stopped while a further try connects', async () => {
    const run = await startRun(bot, [waiting(1, '1ms')]);
    const { id } = await run.newestStep();
    await run.press('rae', 'approve');
    await executeWith(id, async (_host, _jumps, signal) => {
      await run.press('rae', 'stop');
      if (!signal.aborted) await once(signal, 'abort');
      return { ...refusal, reason: 'cancelled' };
    });
    await bot.settle();
    expect(await run.stateOf(id)).toBe('cancelled');
    expect(textOf(await run.card())).toContain('Nothing of this attempt was sent. It was stopped');
  });

  it('is tried once where its command does not only read, and the card says so', async () => {
    const run = await startRun(bot, [
      {
        section: 'Check',
        command: `touch ${file}; false`,
        attributes: { retry: { times: 3, pause: '1ms' } },
      },
    ]);
    expect(textOf(await run.card())).toContain('tried once, because it does not only read');
    const { id } = await run.newestStep();
    await run.approve('ada');
    expect(await run.stateOf(id)).toBe('failed');
    expect(await triesOf(id)).toEqual([]);
  });

  it('is not tried again when the connection broke after it was sent', async () => {
    const broken = await createOwnBot(db, { sandbox });
    const run = await startRun(broken, [{ ...waiting(3, '1ms'), command: `echo $PPID; sleep 20` }]);
    const { id } = await run.newestStep();
    await run.press('rae', 'approve');
    const worked = broken.work();
    while ((await run.stateOf(id)) !== 'running') await sleep(10);
    await sleep(300);
    await broken.core.shell.close();
    await worked;
    expect(await broken.within(({ runs }) => runs.step(id))).toMatchObject({ state: 'unknown', tries: [] });
  });
});

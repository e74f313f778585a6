import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { createDispatch } from '#application/dispatch.ts';
import { createExecuteStep } from '#application/execute-step.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import { actionOf, createOwnBot, openSandbox, type TestBot, type Who } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someSpeaker } from '#test/support/rows.ts';
import { startRun } from '#test/support/run-story.ts';

/** A short slice; `npm run test:campaign` plays all hundred. */
const rounds = Number(process.env.RECOURSE_CAMPAIGN_ROUNDS ?? 2);
const clicks = 200;
const patienceMs = 1_800_000;
const approvers: readonly Who[] = ['ada', 'ben', 'max'];

describeOnBothEngines('clicks that race', (open) => {
  let db: TestDatabase;
  let sandbox: Sandbox;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
    sandbox = await openSandbox();
    bot = await createOwnBot(db, { sandbox });
  });
  afterAll(() => sandbox?.close());

  const timesRun = (file: string): number => {
    const path = join(sandbox.scratch, file);
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
  };

  it(
    `${clicks} at once, ${rounds} times over: one run each, counted on the host`,
    async () => {
      for (let round = 0; round < rounds; round += 1) {
        const file = `race-${round}.txt`;
        const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${file}` }]);
        db.jobs.length = 0;
        const action = actionOf(await run.card(), 'approve');
        const place = { workspace: bot.workspace, channel: 'incidents', thread: run.thread };
        const press = (who: Who): ButtonPressed => ({
          kind: 'button-pressed',
          place,
          speaker: someSpeaker(who),
          action,
        });
        // As many replicas would: past the inbox, each with a transaction of its own.
        const dispatch = createDispatch(bot.core);
        await Promise.all(
          Array.from({ length: clicks }, (_, index) =>
            dispatch(press(approvers[index % approvers.length] ?? 'ada')),
          ),
        );
        const jobs = db.jobs.filter((job) => job.kind === 'execute-step');
        expect(jobs).toHaveLength(1);
        // A job may be delivered more than once, to several runners at the same time.
        const execute = createExecuteStep(bot.core);
        const { id } = await run.newestStep();
        await Promise.all(
          Array.from({ length: 5 }, () => execute(bot.workspace, id, new AbortController().signal)),
        );
        expect(await run.stateOf(id)).toBe('succeeded');
        expect(timesRun(file)).toBe(1);
        expect(await bot.within(({ runs }) => runs.approvals(id))).toHaveLength(1);
      }
    },
    patienceMs,
  );
});

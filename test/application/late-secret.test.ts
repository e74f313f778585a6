import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { createRedactor } from '#domain/redaction/redact.ts';
import { createTestBot, openSandbox } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { startRun, textOf } from '#test/support/run-story.ts';

describeOnEmbedded('a secret that becomes known after its step was proposed', (open) => {
  let db: TestDatabase;
  let sandbox: Sandbox;
  beforeAll(async () => {
    db = await open();
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox?.close());

  const secret = ['blue', 'kettle', '99'].join('-');

  const startBot = async () => {
    const { id } = await db.workspaces.ensure('playground', db.ids.nonce(), 'Own');
    let redact = createRedactor([]);
    const bot = await createTestBot(db, sandbox, { in: id, redact: (...asked) => redact(...asked) });
    const learn = () => {
      redact = createRedactor([secret]);
    };
    return { bot, learn };
  };

  it.each([
    ['in its command', { section: 'Check', command: `echo ${secret}` }],
    ['in what it is given', { section: 'Check', command: 'env', attributes: { env: { WHAT: secret } } }],
  ])('is not approved, and whoever tries is told what to do: %s', async (_where, step) => {
    const { bot, learn } = await startBot();
    const run = await startRun(bot, [step]);
    learn();
    await run.press('rae', 'approve');
    const [told = ''] = await bot.told('rae', run.thread);
    expect(told).toContain('so the card cannot show what would run. Nothing was approved. Skip the step');
    expect(told).not.toContain('can still be run');
    expect(db.jobs).toEqual([]);
  });

  it('does not run when it was approved before', async () => {
    const { bot, learn } = await startBot();
    const run = await startRun(bot, [{ section: 'Check', command: `echo ${secret}` }]);
    await run.press('rae', 'approve');
    learn();
    await bot.work();
    expect(textOf(await run.card())).toContain('refused; it did not run.');
    expect(textOf(await run.card())).toContain('the card cannot show what would run');
  });
});

import { beforeAll, beforeEach, expect, it } from 'vitest';
import { createRedactor } from '#domain/redaction/redact.ts';
import { createTestBot, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { someHost, someReply } from '#test/support/rows.ts';
import { commandsOf, startRun, textOf } from '#test/support/run-story.ts';

const secret = `n0dename-${'pQ4'.repeat(4)}`;

describeOnEmbedded('a secret that becomes known after something was queued', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  const known = new Set<string>();
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    known.clear();
    const { id } = await db.workspaces.ensure('playground', db.ids.nonce(), 'Own');
    bot = await createTestBot(db, undefined, {
      in: id,
      redact: (text, part) => createRedactor(known)(text, part),
    });
    await bot.within(({ hosts }) => hosts.sync([someHost({ name: 'demo-web-01' })]));
  });

  const startOn = (command: string) => startRun(bot, [{ section: 'Fix', command }]);

  it('is masked in what waits to be sent', async () => {
    const run = await startOn('systemctl restart nginx');
    known.add(secret);
    await bot.within(({ outbox }) =>
      outbox.post(
        db.ids.next(),
        { channel: 'incidents', thread: run.thread },
        someReply(`try ${secret}`),
        'answer',
      ),
    );
    await bot.settle();
    const last = (await bot.replies(run.thread)).at(-1);
    expect(last?.summary).toBe('try [redacted]');
    expect(textOf(last)).not.toContain(secret);
  });

  it('is masked in forms and cards that are answered at once', async () => {
    const run = await startRun(
      bot,
      [{ section: 'Fix', command: 'systemctl restart nginx' }],
      `Worker ${secret} stuck`,
    );
    known.add(secret);
    const comment = await bot.press('rae', run.thread, { verb: 'comment', id: run.recommendation });
    expect(comment.kind).toBe('form');
    expect(textOf(comment as never)).toContain('[redacted]');
    const more = await bot.press('rae', run.thread, { verb: 'more', id: run.recommendation });
    expect(more.kind).toBe('shown');
    expect(textOf(more as never)).toContain('[redacted]');
    const suggested = await bot.suggest('rae', 'runbook', 'worker');
    expect(suggested.map(({ label }) => label)).toEqual([expect.stringContaining('[redacted]')]);
    for (const answer of [comment, more]) expect(textOf(answer as never)).not.toContain(secret);
  });

  it('keeps the command that holds it from being approved', async () => {
    const run = await startOn(`systemctl restart ${secret}`);
    const { id } = await run.newestStep();
    const card = await run.card();
    expect(card && commandsOf(card)).toEqual([`systemctl restart ${secret}`]);
    known.add(secret);
    await run.press('ada', 'approve', card);
    expect(await run.stateOf(id)).toBe('proposed');
    expect(await bot.within(({ runs }) => runs.approvals(id))).toEqual([]);
  });

  it('keeps the command that holds it from running when it was approved before', async () => {
    const run = await startOn(`systemctl restart ${secret}`);
    const { id } = await run.newestStep();
    await run.press('ada', 'approve');
    expect(await run.stateOf(id)).toBe('approved');
    known.add(secret);
    await bot.work();
    expect(await run.stateOf(id)).toBe('rejected');
    expect(textOf((await run.cards()).at(-1))).not.toContain(secret);
  });
});

import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { createSweep } from '#application/sweep.ts';
import { verifyAudit } from '#application/verify-audit.ts';
import { actionOf, buttonsOf, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { commandsOf, outputOf, startRun, textOf } from '#test/support/run-story.ts';
import { useOwnBot } from '#test/support/use-own-bot.ts';

describeOnEmbedded('approving all checks of a runbook at once', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  useOwnBot(open, (made) => {
    ({ db, bot } = made);
  });

  const checks = [
    { section: 'Check', command: 'echo one' },
    { section: 'Check', command: 'echo two' },
    { section: 'Check', command: 'echo three' },
    { section: 'Fix', command: 'touch fixed.txt' },
    { section: 'Check', command: 'echo far' },
  ];
  const verbs = (reply: Parameters<typeof buttonsOf>[0]) => buttonsOf(reply).map(({ action }) => action.verb);
  const first = async (run: Awaited<ReturnType<typeof startRun>>) => {
    const card = await run.card(0);
    if (!card) throw new Error('no card');
    return card;
  };

  it('lists every command with its host, up to the first that changes something', async () => {
    const run = await startRun(bot, checks);
    const card = await first(run);
    expect(commandsOf(card)).toEqual(['echo one', 'echo two', 'echo three']);
    expect(buttonsOf(card).map(({ label }) => label)).toContain('Approve all 3 checks');
    expect(textOf(card)).toContain('Step 3 on');
  });

  it('runs them one after the other after one decision, and asks again for what changes', async () => {
    const run = await startRun(bot, checks);
    await run.press('rae', 'approve-checks', await first(run));
    expect(db.jobs).toHaveLength(1);
    expect(verbs(await first(run))).toEqual(['stop']);
    for (let turn = 0; turn < 3; turn += 1) await bot.work();
    const cards = await run.cards();
    expect(cards.slice(0, 3).map((card) => outputOf(card))).toEqual(['one', 'two', 'three']);
    for (const card of cards.slice(0, 3)) expect(textOf(card)).toContain('succeeded, approved by rae');
    expect(cards[3]?.summary).toContain('Step 4 of');
    expect(verbs(cards[3])).toContain('approve');
    expect(await verifyAudit(bot.core, bot.workspace, new Map())).toMatchObject({ kind: 'fits' });
  });

  it('lets nobody choose about a check that expired ahead of its turn before the run has come to it', async () => {
    const run = await startRun(bot, checks);
    await run.press('rae', 'approve-checks', await first(run));
    await db.open.database.execute(
      sql`update run_steps set expires_at = now() - interval '1 s' where position = 1`,
    );
    await createSweep(bot.core)(bot.workspace);
    await bot.settle();
    const second = await run.card(1);
    expect(textOf(second)).toContain('its turn did not come in time');
    await run.press('rae', 'retry', second);
    expect((await bot.told('rae', run.thread)).at(-1)).toContain('It is not its turn');
    expect(await run.cards()).toHaveLength(3);
    await bot.work();
    expect((await run.cards()).at(-1)?.summary).toContain('Step 2 of');
    await run.approve('rae');
    await bot.work();
    expect(outputOf(await run.card(2))).toBe('three');
  });

  it('is one decision: the second click changes nothing', async () => {
    const run = await startRun(bot, checks);
    const card = await first(run);
    await run.press('rae', 'approve-checks', card);
    await run.press('ada', 'approve-checks', card);
    expect(db.jobs).toHaveLength(1);
    expect(await run.cards()).toHaveLength(3);
    expect((await bot.told('ada', run.thread))[0]).toContain('Already decided (rae)');
  });

  it('is refused when the list has changed since it was shown, or was made up', async () => {
    const run = await startRun(bot, checks);
    const { id } = actionOf(await first(run), 'approve-checks');
    const [step = ''] = id.split('/');
    await bot.press('rae', run.thread, { verb: 'approve-checks', id: `${step}/${'0'.repeat(32)}` });
    await bot.press('rae', run.thread, { verb: 'approve-checks', id: step });
    expect(await bot.told('rae', run.thread)).toEqual(
      Array(2).fill(expect.stringContaining('The list has changed since it was shown')),
    );
    expect(db.jobs).toEqual([]);
  });

  it('needs the role, like each of them', async () => {
    const run = await startRun(bot, checks);
    await run.press('vic', 'approve-checks', await first(run));
    expect((await bot.told('vic', run.thread))[0]).toContain('needs the role responder');
    expect(db.jobs).toEqual([]);
    expect(await run.cards()).toHaveLength(1);
  });

  it('stops at a check that fails, and goes on where a person says so', async () => {
    const failing = [checks[0], { section: 'Check', command: 'false' }, checks[2]].flatMap(
      (one) => one ?? [],
    );
    const run = await startRun(bot, failing);
    await run.press('rae', 'approve-checks', await first(run));
    await bot.work();
    await bot.work();
    expect(db.jobs).toEqual([]);
    const [, failed] = await run.cards();
    expect(textOf(failed)).toContain('failed');
    await run.press('rae', 'skip', failed);
    expect(db.jobs).toHaveLength(1);
    await bot.work();
    expect(textOf((await run.cards())[2])).toContain('succeeded, approved by rae');
  });

  it('does not ask again for what waits for its turn', async () => {
    const failing = ['false', 'echo two', 'echo three'].map((command) => ({ section: 'Check', command }));
    const run = await startRun(bot, failing);
    await run.press('rae', 'approve-checks', await first(run));
    await bot.work();
    await run.press('rae', 'retry', await first(run));
    const again = (await run.cards()).find((card) => verbs(card).includes('approve'));
    expect(again && commandsOf(again)).toEqual(['false']);
    expect(verbs(again)).not.toContain('approve-checks');
    await run.press('rae', 'skip', again);
    expect(db.jobs).toHaveLength(1);
    await bot.work();
    await bot.work();
    for (const card of (await run.cards()).slice(1, 3)) expect(textOf(card)).toContain('succeeded');
  });

  it('asks anew for what expired before its turn came', async () => {
    const run = await startRun(bot, checks);
    await run.press('rae', 'approve-checks', await first(run));
    await db.open.database.execute(
      sql`update run_steps set expires_at = now() - interval '1 s' where workspace_id = ${bot.workspace} and position > 0`,
    );
    await createSweep(bot.core)(bot.workspace);
    await bot.work();
    const anew = (await run.cards()).at(-1);
    expect(anew && commandsOf(anew)).toEqual(['echo two', 'echo three']);
    await run.press('rae', 'approve-checks', anew);
    await bot.work();
    await bot.work();
    expect((await run.cards()).at(-1)?.summary).toContain('Step 4 of');
  });

  it('leaves nothing approved behind when the run is stopped', async () => {
    const run = await startRun(bot, checks);
    await run.press('rae', 'approve-checks', await first(run));
    await run.press('rae', 'stop', await first(run));
    await bot.work();
    for (const card of await run.cards()) expect(textOf(card)).toContain('it did not run');
  });

  it('is not offered for a lone check, nor before what changes something', async () => {
    const lone = await startRun(bot, [{ section: 'Check', command: 'echo one' }]);
    expect(verbs(await lone.card())).not.toContain('approve-checks');
    const change = await startRun(bot, [{ section: 'Fix', command: 'touch x' }]);
    expect(verbs(await change.card())).not.toContain('approve-checks');
  });
});

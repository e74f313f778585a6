import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { readRows } from '#adapters/postgres/read-rows.ts';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { createSweep } from '#application/sweep.ts';
import { verifyAudit } from '#application/verify-audit.ts';
import { buttonsOf, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { startRun, textOf } from '#test/support/run-story.ts';
import { useOwnBot } from '#test/support/use-own-bot.ts';

describeOnEmbedded('one yes to the checks of a runbook, now and after the change', (open) => {
  let db: TestDatabase;
  let sandbox: Sandbox;
  let bot: TestBot;
  let file = '';
  let files = 0;
  useOwnBot(open, (made) => {
    ({ db, sandbox, bot } = made);
    files += 1;
    file = `end-${files}.txt`;
  });

  const check = (command: string) => ({ section: 'Check', command });
  const fix = () => ({ section: 'Fix', command: `echo full >> ${file}` });
  type Run = Awaited<ReturnType<typeof startRun>>;
  const workAll = async (): Promise<void> => {
    while (db.jobs.length > 0) await bot.work();
  };
  const cardsOf = async (run: Run) => (await run.cards()).map(({ summary }) => summary);
  const difference = async ({ thread }: Run) =>
    (await bot.replies(thread)).find(({ summary }) => summary.startsWith('Before and after'));
  const leftApproved = () =>
    readRows(
      db.open.database,
      sql`select id from run_steps where workspace_id = ${bot.workspace} and state = 'approved'`,
    );
  const twoChecks = () => startRun(bot, [check(`cat ${file} || true`), check('echo same'), fix()]);

  it('says so on the card, and runs them at the end without another click', async () => {
    const run = await twoChecks();
    const first = await run.card(0);
    expect(textOf(first)).toContain('A yes to all also lets them run once more after the changes');
    expect(textOf(first)).toContain('for 30 min, and only if something is changed');
    await run.press('rae', 'approve-checks', first);
    await workAll();
    expect(await run.cards()).toHaveLength(3);
    await run.press('ada', 'approve');
    await workAll();
    expect((await cardsOf(run)).slice(3)).toEqual([
      'Check again 1 of 2: ✅ succeeded, approved by rae.',
      'Check again 2 of 2: ✅ succeeded, approved by rae.',
    ]);
    expect(textOf(await difference(run))).toContain('+full');
    expect(await verifyAudit(bot.core, bot.workspace, new Map())).toMatchObject({ kind: 'fits' });
  });

  it('is offered for a lone check too, and a plain yes covers this time alone', async () => {
    const run = await startRun(bot, [check(`cat ${file} || true`), fix()]);
    expect(buttonsOf(await run.card()).map(({ label }) => label)).toContain('Approve, and again at the end');
    await run.approve('rae');
    await run.approve('ada');
    expect((await run.card())?.summary).toBe('Check again 1 of 1: waits for approval');
  });

  it('is used up when nothing was changed', async () => {
    const run = await twoChecks();
    await run.press('rae', 'approve-checks', await run.card(0));
    await workAll();
    await run.press('rae', 'skip');
    await workAll();
    expect(await run.cards()).toHaveLength(3);
    expect((await bot.replies(run.thread)).at(-1)?.summary).toContain('solve');
    expect(await leftApproved()).toEqual([]);
  });

  it.each(['swept', 'unswept'])('asks anew once it has expired: %s', async (how) => {
    const run = await twoChecks();
    await run.press('rae', 'approve-checks', await run.card(0));
    await workAll();
    await db.open.database.execute(
      sql`update run_steps set expires_at = now() - interval '1 s' where workspace_id = ${bot.workspace} and round = 1`,
    );
    if (how === 'swept') await createSweep(bot.core)(bot.workspace);
    await run.press('ada', 'approve');
    await workAll();
    expect((await cardsOf(run)).slice(3)).toEqual(['Check again 1 of 2: waits for approval']);
  });

  it('does not hold when whoever gave it may not any more', async () => {
    const run = await twoChecks();
    await run.press('ben', 'approve-checks', await run.card(0));
    await workAll();
    await bot.within(({ people }) => people.setRole('ben', 'ben', 'viewer'));
    await run.press('ada', 'approve');
    await workAll();
    await bot.within(({ people }) => people.setRole('ben', 'ben', 'approver'));
    expect(textOf(await run.card())).toContain('An approver has lost the right to approve this.');
  });

  it('does not hold for a host that is another one by then', async () => {
    const run = await twoChecks();
    await run.press('rae', 'approve-checks', await run.card(0));
    await workAll();
    await run.press('ada', 'approve');
    await bot.work();
    await bot.within(({ hosts }) => hosts.sync([{ ...sandbox.host, user: 'other' }]));
    await workAll();
    expect(textOf(await run.card())).toContain('no longer what was approved');
    await bot.within(({ hosts }) => hosts.sync([sandbox.host]));
  });

  it('is taken back when the run is stopped or rolled back', async () => {
    const undo = { section: 'Rollback', command: `rm -f ${file}` };
    const run = await startRun(bot, [check('echo one'), fix(), { section: 'Fix', command: 'false' }, undo]);
    await run.press('rae', 'approve-checks');
    await workAll();
    await run.approve('ada');
    await run.press('rae', 'rollback');
    expect(await leftApproved()).toEqual([]);
  });

  it('does not stand in the way of proposing a check again, nor of other values', async () => {
    const run = await startRun(bot, [check(`test -e ${file}`), fix()]);
    await run.press('rae', 'approve-checks');
    await workAll();
    await run.press('rae', 'retry');
    expect((await run.card())?.summary).toBe('Step 1 of 2: waits for approval');
    await run.press('rae', 'skip');
    await run.press('ada', 'approve');
    await workAll();
    expect((await cardsOf(run)).at(-1)).toBe('Check again 1 of 1: ✅ succeeded, approved by rae.');
  });
});

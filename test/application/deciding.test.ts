import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { verifyAudit } from '#application/verify-audit.ts';
import { buttonsOf, createOwnBot, createTestBot, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';
import { commandsOf, startRun, textOf } from '#test/support/run-story.ts';

const readOnly = { section: 'Check', command: 'df -h' };
const mutating = { section: 'Fix', command: 'systemctl restart nginx' };
const destructive = { section: 'Fix', command: 'rm -r /srv/old' };

describeOnEmbedded('deciding on proposed steps', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, { hosts: [someHost({ name: 'demo-web-01' })] });
    db.jobs.length = 0;
  });

  /** Whoever never wrote here is known by id alone. */
  const meetApprovers = async (): Promise<void> => {
    for (const who of ['ada', 'ben', 'max'] as const) {
      bot.seeAs(who, { name: `${who} by name` });
      await bot.slash(who, 'help');
    }
  };

  it('shows the exact command, host, risk and who may decide', async () => {
    const run = await startRun(bot, [mutating]);
    const card = await run.card();
    expect(card && commandsOf(card)).toEqual(['systemctl restart nginx']);
    for (const part of [
      'demo-web-01 (ops@192.0.2.7:22)',
      'mutating',
      'an approver other than rae',
      'Expires',
    ])
      expect(textOf(card)).toContain(part);
    expect(buttonsOf(card).map(({ action }) => action.verb)).toEqual([
      'approve',
      'reject',
      'edit',
      'preview',
      'skip',
      'stop',
    ]);
  });

  it('proposes nothing that the chat of this workspace cannot show whole, whatever others can', async () => {
    const shortIn = (workspace: string) => (workspace === bot.workspace ? 10 : 2000);
    const settings = { ...bot.core.settings, longestCommand: shortIn };
    bot = await createTestBot(db, undefined, { in: bot.workspace, settings });
    const run = await startRun(bot, [readOnly, mutating]);
    await run.press('rae', 'skip');
    expect((await bot.replies(run.thread)).at(-2)?.summary).toContain('too long to be shown whole');
    expect(await run.cards()).toHaveLength(1);
  });

  it('denies a viewer, names who can, and changes nothing', async () => {
    await meetApprovers();
    const run = await startRun(bot, [readOnly]);
    const { id } = await run.newestStep();
    for (const verb of ['approve', 'reject', 'edit', 'skip', 'stop'] as const) await run.press('vic', verb);
    expect(await run.stateOf(id)).toBe('proposed');
    expect(db.jobs).toEqual([]);
    const told = await bot.told('vic', run.thread);
    expect(told).toHaveLength(5);
    expect(told[0]).toMatch(/role responder.*ada by name, ben by name, max by name/);
  });

  it('lets a responder approve what only reads, also their own', async () => {
    const run = await startRun(bot, [readOnly]);
    const { id } = await run.newestStep();
    await run.press('rae', 'approve');
    expect(await run.stateOf(id)).toBe('approved');
    expect(db.jobs).toEqual([{ kind: 'execute-step', workspace: bot.workspace, stepId: id }]);
    expect(buttonsOf(await run.card()).map(({ action }) => action.verb)).toEqual(['stop']);
  });

  it('does not let who asked for a change approve it, whatever their role', async () => {
    await meetApprovers();
    const run = await startRun(bot, [mutating], undefined, 'ada');
    const { id } = await run.newestStep();
    await run.press('ada', 'approve');
    expect(await run.stateOf(id)).toBe('proposed');
    const [told] = await bot.told('ada', run.thread);
    expect(told).toMatch(/somebody else.*ben by name, max by name/);
    expect(told).not.toContain('ada');
    await run.press('ben', 'approve');
    expect(await run.stateOf(id)).toBe('approved');
  });

  it('needs two different approvers for what destroys', async () => {
    const run = await startRun(bot, [destructive]);
    const { id } = await run.newestStep();
    await run.press('ada', 'approve');
    await run.press('ada', 'approve');
    expect(await run.stateOf(id)).toBe('proposed');
    expect(db.jobs).toEqual([]);
    expect(await bot.told('ada', run.thread)).toEqual([
      expect.stringContaining('another person must approve it too'),
    ]);
    expect(textOf(await run.card())).toContain('Approved so far by ada.');
    await run.press('ben', 'approve');
    expect(await run.stateOf(id)).toBe('approved');
    expect(db.jobs).toHaveLength(1);
  });

  it('tells the second click who decided', async () => {
    const run = await startRun(bot, [mutating]);
    const card = await run.card();
    await run.press('ada', 'approve', card);
    await run.press('ben', 'approve', card);
    await run.press('ben', 'reject', card);
    expect(await bot.told('ben', run.thread)).toEqual(
      Array(2).fill(expect.stringMatching(/Already decided \(ada\).*approved/)),
    );
    expect(db.jobs).toHaveLength(1);
  });

  it('takes no decision on what has expired, records none, and takes the buttons away', async () => {
    const run = await startRun(bot, [destructive]);
    const { id } = await run.newestStep();
    const card = await run.card();
    await db.open.database.execute(
      sql`update run_steps set expires_at = now() - interval '1 s' where id = ${id}`,
    );
    await run.press('ada', 'approve', card);
    expect(await run.stateOf(id)).toBe('expired');
    expect(await bot.within(({ runs }) => runs.approvals(id))).toEqual([]);
    expect(await bot.told('ada', run.thread)).toEqual([expect.stringContaining('expired')]);
    expect(buttonsOf(await run.card()).map(({ action }) => action.verb)).toEqual(['retry', 'skip', 'stop']);
  });

  it('proposes again what expired, with a new nonce and no old approval', async () => {
    const run = await startRun(bot, [destructive]);
    const first = await run.newestStep();
    await run.press('ada', 'approve');
    await bot.within(({ runs }) => runs.decide(first.id, 'rejected'));
    await run.press('rae', 'reject').catch(() => undefined);
    const retry = { verb: 'retry', id: first.id } as const;
    await bot.press('rae', run.thread, retry);
    await bot.press('ben', run.thread, retry);
    const second = await run.newestStep();
    expect(second).toMatchObject({ attempt: 2, state: 'proposed', command: first.command });
    expect(second.nonce).not.toBe(first.nonce);
    expect(await bot.within(({ runs }) => runs.approvals(second.id))).toEqual([]);
    expect(await bot.told('ben', run.thread)).toEqual([expect.stringContaining('moved on')]);
  });

  it('rejects for good until somebody proposes again', async () => {
    const run = await startRun(bot, [mutating, readOnly]);
    const { id } = await run.newestStep();
    await run.press('rae', 'reject');
    expect(await run.stateOf(id)).toBe('rejected');
    expect(textOf(await run.card())).toContain('rejected by rae');
    expect(await run.cards()).toHaveLength(1);
    expect(db.jobs).toEqual([]);
  });

  it('skips to the next step, naming who did and not who had approved', async () => {
    const run = await startRun(bot, [readOnly, destructive, { section: 'Verify', command: 'uptime' }]);
    await run.press('rae', 'skip');
    await run.press('ada', 'approve');
    await run.press('rae', 'skip');
    const [, skipped, next] = await run.cards();
    expect(textOf(skipped)).toContain('skipped by rae');
    expect(textOf(skipped)).not.toContain('by ada');
    expect(next && commandsOf(next)).toEqual(['uptime']);
  });

  it('withdraws what waits when the run is stopped, and asks whether it helped', async () => {
    const run = await startRun(bot, [mutating]);
    await run.press('rae', 'stop');
    expect(textOf(await run.card())).toContain('withdrawn with the run');
    expect(buttonsOf(await run.card())).toEqual([]);
    expect((await bot.replies(run.thread)).at(-1)?.summary).toContain('Did this solve it?');
  });

  it('writes every decision into the audit chain', async () => {
    const run = await startRun(bot, [mutating]);
    await run.press('ada', 'approve');
    expect(await verifyAudit(bot.core, bot.workspace, new Map())).toMatchObject({ kind: 'fits' });
    const { rows } = (await db.open.database.execute(
      sql`select actor, event from audit_entries where workspace_id = ${bot.workspace} order by sequence`,
    )) as unknown as { rows: readonly unknown[] };
    expect(rows).toEqual([
      { actor: 'rae', event: 'run.started' },
      { actor: 'ada', event: 'step.approved' },
    ]);
  });
});

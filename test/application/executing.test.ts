import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { createExecuteStep } from '#application/execute-step.ts';
import { createSweep } from '#application/sweep.ts';
import type { StepId } from '#domain/ids.ts';
import { buttonsOf, knownSecret, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { outputOf, startRun, textOf } from '#test/support/run-story.ts';
import { useOwnBot } from '#test/support/use-own-bot.ts';

describeOnEmbedded('executing approved steps', (open) => {
  let db: TestDatabase;
  let sandbox: Sandbox;
  let bot: TestBot;
  useOwnBot(open, (made) => {
    ({ db, sandbox, bot } = made);
  });

  const onHost = (file: string) => join(sandbox.scratch, file);
  const linesOf = (file: string) =>
    existsSync(onHost(file)) ? readFileSync(onHost(file), 'utf8').split('\n').length - 1 : 0;
  const verbs = (reply: Parameters<typeof buttonsOf>[0]) => buttonsOf(reply).map(({ action }) => action.verb);
  const lastAudited = async (event: string) =>
    (await bot.within(({ audit }) => audit.after(0, 1000))).findLast((entry) => entry.event === event)
      ?.details;
  const sweep = async () => {
    await createSweep(bot.core)(bot.workspace);
    await bot.settle();
  };
  /** A file name that no other test writes to. */
  const fresh = (() => {
    let n = 0;
    return () => `ran-${n++}.txt`;
  })();

  it('runs what was approved, shows the output and goes on to the verdict', async () => {
    const file = fresh();
    const run = await startRun(bot, [
      { section: 'Check', command: 'echo ready', attributes: { expect: '^ready$' } },
      { section: 'Fix', command: `echo ran >> ${file}` },
      { section: 'Verify', command: `cat ${file}`, attributes: { expect: 'ran' } },
    ]);
    await run.approve('rae');
    expect(outputOf((await run.cards())[0])).toBe('ready');
    expect(textOf((await run.cards())[0])).toContain('succeeded');
    expect(await run.approve('ada')).toMatchObject({ summary: expect.stringContaining('Step 3 of 3') });
    await run.approve('rae');
    expect(linesOf(file)).toBe(1);
    await run.approve('rae');
    const last = (await bot.replies(run.thread)).at(-1);
    expect(last?.summary).toContain('Did this solve it?');
    expect(textOf(last)).toContain('all steps are through');
  });

  it('posts long output once as a file, below the card of the next step and without secrets', async () => {
    const run = await startRun(bot, [
      { section: 'Check', command: "seq 1 40; echo open-sesame''-4711" },
      { section: 'Check', command: 'echo done' },
    ]);
    await run.approve('rae');
    await run.approve('rae');
    const replies = await bot.replies(run.thread);
    const files = replies.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'file'));
    expect(files).toMatchObject([{ name: 'step-1-output.txt', text: expect.stringMatching(/^1\n2\n/) }]);
    expect(JSON.stringify(files)).not.toContain(knownSecret);
    const order = replies.map(({ summary }) => summary);
    expect(order.findIndex((text) => text.startsWith('Output of step 1'))).toBeGreaterThan(
      order.findIndex((text) => text.startsWith('Step 2')),
    );
  });

  it('runs once although the job is delivered twice, also at the same time', async () => {
    const file = fresh();
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${file}` }]);
    const { id } = await run.newestStep();
    await run.press('ada', 'approve');
    await Promise.all([bot.execute(id), bot.execute(id)]);
    await bot.execute(id);
    expect(linesOf(file)).toBe(1);
    expect(await run.stateOf(id)).toBe('succeeded');
  });

  it.each([
    [
      'an output that is not as expected',
      { command: 'echo no', attributes: { expect: '^ready$' } },
      'does not match',
    ],
    [
      'an output of which its pattern never decides',
      { command: "printf '%05000d!' 0", attributes: { expect: '^(0+)+$' } },
      'takes too long to find out',
    ],
    ['an exit code that is not expected', { command: 'cat nothing-here' }, 'Exit 1'],
  ])('stops at %s and lets a person choose', async (_what, step, why) => {
    const run = await startRun(bot, [
      { section: 'Check', ...step },
      { section: 'Verify', command: 'echo never' },
    ]);
    const card = await run.approve('rae');
    expect(textOf(card)).toContain(why);
    expect(await run.cards()).toHaveLength(1);
    expect(verbs(card)).toEqual(['retry', 'skip', 'stop']);
    await run.press('rae', 'retry');
    expect(await run.cards()).toHaveLength(2);
    await run.press('rae', 'skip');
    expect(textOf(await run.card())).toContain('echo never');
  });

  it('keeps output that holds NUL and half characters', async () => {
    const run = await startRun(bot, [{ section: 'Check', command: "printf 'a\\000b\\355\\240\\200c'" }]);
    const { id } = await run.newestStep();
    await run.approve('rae');
    const step = await bot.within(({ runs }) => runs.step(id));
    expect(step?.state).toBe('succeeded');
    expect(step?.result?.stdout).toMatch(/^a\uFFFDb\uFFFD+c$/);
  });

  it('takes known secrets out of what is stored and shown', async () => {
    const spelled = [...knownSecret].map((letter) => `\\${letter.charCodeAt(0).toString(8)}`).join('');
    const run = await startRun(bot, [
      { section: 'Check', command: `printf '${spelled}'`, attributes: { expect: '^nothing like it$' } },
    ]);
    const { id } = await run.newestStep();
    const card = await run.approve('rae');
    const step = await bot.within(({ runs }) => runs.step(id));
    expect(step?.result?.stdoutBytes).toBe(knownSecret.length);
    expect(JSON.stringify([step, card])).not.toContain(knownSecret);
  });

  it('does not propose a command that would show a secret', async () => {
    const run = await startRun(bot, [{ section: 'Check', command: `echo ${knownSecret}` }]);
    expect(await run.cards()).toEqual([]);
    const thread = JSON.stringify(await bot.replies(run.thread));
    expect(thread).toContain('would show a secret');
    expect(thread).not.toContain(knownSecret);
  });

  it.each([
    ['address', { address: 'localhost' }],
    ['login', { user: 'somebody-else' }],
    ['pinned key', { hostKey: 'ssh-ed25519 AAAA' }],
  ])('sends nothing when the %s of the host changed after the approval', async (_what, change) => {
    const file = fresh();
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${file}` }]);
    await run.press('ada', 'approve');
    await bot.within(({ hosts }) => hosts.sync([{ ...sandbox.host, ...change }]));
    await bot.work();
    expect(linesOf(file)).toBe(0);
    expect(textOf(await run.card())).toContain('Propose it again');
    expect(textOf(await run.card())).not.toContain('rejected by');
    expect(verbs(await run.card())).toEqual(['retry', 'skip', 'stop']);
  });

  it.each([
    ['address', { address: 'localhost' }],
    ['port', { port: 23 }],
    ['login', { user: 'somebody-else' }],
    ['pinned key', { hostKey: 'ssh-ed25519 AAAA' }],
  ])('sends nothing when the %s of a jump host changed after the approval', async (_what, change) => {
    const file = fresh();
    const bastion = { ...sandbox.host, name: 'bastion' };
    const host = { ...sandbox.host, jump: 'bastion' };
    await bot.within(({ hosts }) => hosts.sync([host, bastion]));
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${file}` }]);
    await run.press('ada', 'approve');
    await bot.within(({ hosts }) => hosts.sync([host, { ...bastion, ...change }]));
    await bot.work();
    expect(linesOf(file)).toBe(0);
    expect(textOf(await run.card())).toContain('no longer what was approved');
  });

  it('takes no yes for a card that shows a host as it no longer is', async () => {
    const file = fresh();
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${file}` }]);
    await bot.within(({ hosts }) => hosts.sync([{ ...sandbox.host, user: 'somebody-else' }]));
    await run.press('ada', 'approve');
    await bot.work();
    expect(linesOf(file)).toBe(0);
    expect(verbs(await run.card())).toEqual(['retry', 'skip', 'stop']);
    const { id } = await run.newestStep();
    expect(await bot.within(({ runs }) => runs.approvals(id))).toEqual([]);
  });

  it('sends nothing when the host left the inventory, and takes the card out of waiting', async () => {
    const run = await startRun(bot, [{ section: 'Check', command: 'echo hello' }]);
    await run.press('rae', 'approve');
    await bot.within(({ hosts }) => hosts.sync([]));
    await bot.work();
    expect(textOf(await run.card())).toContain('not in the inventory any more');
    expect(verbs(await run.card())).not.toContain('approve');
  });

  it('sends nothing when an approver lost the role', async () => {
    const file = fresh();
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${file}` }]);
    await run.press('ada', 'approve');
    await bot.within(({ people }) => people.setRole('ada', 'ada', 'viewer'));
    await bot.work();
    expect(linesOf(file)).toBe(0);
    expect(textOf(await run.card())).toContain('lost the right');
  });

  it('sends nothing when the run was stopped before it was claimed', async () => {
    const file = fresh();
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${file}` }]);
    await run.press('ada', 'approve');
    await run.press('rae', 'stop');
    await bot.work();
    expect(linesOf(file)).toBe(0);
    expect(textOf(await run.card())).toContain('withdrawn with the run; it did not run');
    const entries = await bot.within(({ audit }) => audit.after(0, 1000));
    expect(entries.findLast(({ event }) => event === 'run.classified')?.details).toMatchObject({
      cause: 'human-stop',
    });
    expect(buttonsOf(await run.card())).toEqual([]);
  });

  it('sends nothing to a host whose key is not pinned and shows how to pin it', async () => {
    await bot.within(({ hosts }) => hosts.sync([{ ...sandbox.host, hostKey: null }]));
    const file = fresh();
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${file}` }]);
    const card = await run.approve('ada');
    expect(linesOf(file)).toBe(0);
    expect(textOf(card)).toContain('Nothing was sent');
    expect(textOf(card)).toMatch(/SHA256:.*pin/s);
    expect(await lastAudited('step.failed')).toMatchObject({
      why: expect.stringMatching(/^Nothing was sent\. .*pin/s),
    });
  });

  it('writes into the audit log why a step failed, and without secrets', async () => {
    const run = await startRun(bot, [{ section: 'Check', command: 'echo hello; exit 3' }]);
    await run.approve('rae');
    expect(await lastAudited('step.failed')).toMatchObject({ exitCode: 3, why: 'Exit 3, expected 0.' });
  });

  it('cancels on the host what runs when somebody stops the run', async () => {
    const file = fresh();
    const run = await startRun(bot, [
      { section: 'Fix', command: `echo ran >> ${file}; sleep 60; echo late >> ${file}` },
    ]);
    const { id } = await run.newestStep();
    await run.press('ada', 'approve');
    const working = bot.work();
    await expect.poll(() => linesOf(file), { timeout: 15_000 }).toBe(1);
    await run.press('rae', 'stop');
    await working;
    expect(await run.stateOf(id)).toBe('cancelled');
    expect(linesOf(file)).toBe(1);
    expect(buttonsOf(await run.card())).toEqual([]);
  });

  it('calls unknown what a dead runner left running, says so in the thread and does not run it again', async () => {
    const file = fresh();
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${file}` }]);
    const { id } = await run.newestStep();
    await run.press('ada', 'approve');
    await bot.within(({ runs }) => runs.claim(id, 'dead', 60_000));
    await bot.within(({ runs }) => runs.begin(id, 'dead', -1));
    await sweep();
    expect(await run.stateOf(id)).toBe('unknown');
    const told = (await bot.replies(run.thread)).at(-1);
    expect(told?.summary).toContain('Whether it ended there is unknown');
    await bot.work();
    const known = (await bot.replies(run.thread)).at(-1);
    expect(known?.summary).toContain('it never began there, and it will not any more');
    await sweep();
    await bot.work();
    expect(linesOf(file)).toBe(0);
    expect(textOf(await run.card())).toContain('it never began there');
    expect(verbs(await run.card())).toEqual(['retry', 'skip', 'stop']);
    expect((await bot.replies(run.thread)).at(-1)).toEqual(known);
  });

  /** As it is when the process died after the host had taken the step. */
  const loseSight = (id: string) =>
    db.open.database.execute(sql`update run_steps set state = 'running', result = null, runner = 'dead',
      runner_until = now() - interval '1 s' where id = ${id}`);

  it('asks the host how something ended that it lost sight of, and leaves the choice to a person', async () => {
    const file = fresh();
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${file}; exit 3` }]);
    const { id } = await run.newestStep();
    await run.approve('ada');
    await loseSight(id);
    await sweep();
    await bot.work();
    expect((await bot.replies(run.thread)).at(-1)?.summary).toContain('it ended there with exit code 3');
    expect(await run.stateOf(id)).toBe('unknown');
    expect(textOf(await run.card())).toContain('exit code 3');
    expect(linesOf(file)).toBe(1);
  });

  it('makes one change at a time on a host; what only reads need not wait', async () => {
    const file = fresh();
    const slow = await startRun(bot, [
      {
        section: 'Fix',
        command: `echo a-begins >> ${file}; until test -e ${file}.go; do sleep 0.1; done; echo a-ends >> ${file}`,
      },
    ]);
    await slow.press('ada', 'approve');
    const first = bot.work();
    await expect.poll(() => linesOf(file), { timeout: 15_000 }).toBe(1);
    const other = await startRun(bot, [{ section: 'Fix', command: `echo b >> ${file}` }]);
    await other.press('ada', 'approve');
    const look = await startRun(bot, [{ section: 'Check', command: `cat ${file}` }]);
    await look.press('ada', 'approve');
    await bot.work();
    expect(await other.stateOf((await other.newestStep()).id)).toBe('approved');
    expect(outputOf(await look.card(0))).toBe('a-begins');
    writeFileSync(onHost(`${file}.go`), '');
    await first;
    await bot.work();
    expect(readFileSync(onHost(file), 'utf8')).toBe('a-begins\na-ends\nb\n');
  });

  it('runs once, later, what a dead runner had only claimed', async () => {
    const file = fresh();
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${file}` }]);
    const { id } = await run.newestStep();
    await run.press('ada', 'approve');
    db.jobs.length = 0;
    await bot.within(({ runs }) => runs.claim(id, 'dead', -1));
    await sweep();
    expect(db.jobs).toEqual([{ kind: 'execute-step', workspace: bot.workspace, stepId: id }]);
    await bot.work();
    expect(linesOf(file)).toBe(1);
  });

  /** A process that is told something while it connects. */
  const executeWhileConnecting = (id: StepId, signal: AbortSignal, meanwhile: () => Promise<void>) => {
    const connect: typeof bot.core.shell.connect = async (_host, _jumps, abort) => {
      await meanwhile();
      if (!abort.aborted) await once(abort, 'abort');
      return { kind: 'refused', reason: 'cancelled', message: 'Cancelled.', advice: '' };
    };
    const shell = { ...bot.core.shell, connect };
    return createExecuteStep({ ...bot.core, shell })(bot.workspace, id, signal);
  };

  it('is cancelled, not failed, when somebody stops it before it was sent', async () => {
    const run = await startRun(bot, [{ section: 'Fix', command: 'echo ran' }]);
    const { id } = await run.newestStep();
    await run.press('ada', 'approve');
    await executeWhileConnecting(id, new AbortController().signal, async () => {
      await run.press('rae', 'stop');
    });
    await bot.settle();
    expect(await run.stateOf(id)).toBe('cancelled');
    expect(textOf(await run.card())).toContain('Nothing was sent. It was stopped before it was sent.');
  });

  it('leaves what it has not sent to the next process when it is asked to end', async () => {
    const file = fresh();
    const run = await startRun(bot, [{ section: 'Fix', command: `echo ran >> ${file}` }]);
    const { id } = await run.newestStep();
    await run.press('ada', 'approve');
    db.jobs.length = 0;
    const ending = new AbortController();
    await executeWhileConnecting(id, ending.signal, async () => ending.abort());
    expect(await run.stateOf(id)).toBe('claimed');
    await db.open.database.execute(
      sql`update run_steps set runner_until = now() - interval '1 s' where id = ${id}`,
    );
    await sweep();
    await bot.work();
    expect(await run.stateOf(id)).toBe('succeeded');
    expect(linesOf(file)).toBe(1);
  });

  it('takes the buttons from what expired', async () => {
    const run = await startRun(bot, [{ section: 'Check', command: 'echo hello' }]);
    const { id } = await run.newestStep();
    await db.open.database.execute(
      sql`update run_steps set expires_at = now() - interval '1 s' where id = ${id}`,
    );
    await sweep();
    expect(textOf(await run.card())).toContain('expired before it was approved');
    expect(verbs(await run.card())).toEqual(['retry', 'skip', 'stop']);
  });
});

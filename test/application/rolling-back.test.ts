import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { buttonsOf, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { commandsOf, startRun, textOf } from '#test/support/run-story.ts';
import { useOwnBot } from '#test/support/use-own-bot.ts';

describeOnEmbedded('rolling back', (open) => {
  let db: TestDatabase;
  let sandbox: Sandbox;
  let bot: TestBot;
  useOwnBot(open, (made) => {
    ({ db, sandbox, bot } = made);
  });

  const written = (file: string): readonly string[] =>
    existsSync(join(sandbox.scratch, file))
      ? readFileSync(join(sandbox.scratch, file), 'utf8').trim().split('\n')
      : [];
  const verbs = (reply: Parameters<typeof buttonsOf>[0]) => buttonsOf(reply).map(({ action }) => action.verb);
  const changing = (file: string, last = 'true') => [
    { section: 'Check', command: 'echo ready' },
    { section: 'Fix', command: `echo fixed >> ${file}` },
    { section: 'Verify', command: last },
    { section: 'Rollback', command: `echo undone-second >> ${file}` },
    { section: 'Rollback', command: `echo undone-first >> ${file}` },
  ];
  const last = async (thread: string) => (await bot.replies(thread)).at(-1);

  it('is offered once something was changed, and not before', async () => {
    const run = await startRun(bot, changing('offered.txt', 'false'));
    expect(verbs(await run.card())).not.toContain('rollback');
    await run.approve('rae');
    expect(verbs(await run.card())).not.toContain('rollback');
    await run.approve('ada');
    expect(verbs(await run.card())).toContain('rollback');
    await run.approve('rae');
    expect(verbs(await run.card())).toEqual(['retry', 'skip', 'stop', 'rollback']);
  });

  it('proposes what undoes in the order in which it is written, each step with its own approval', async () => {
    const run = await startRun(bot, changing('back.txt', 'false'));
    for (const who of ['rae', 'ada', 'rae'] as const) await run.approve(who);
    await run.press('rae', 'rollback');
    expect(commandsOf((await run.card()) ?? { summary: '', tone: 'plain', blocks: [] })).toEqual([
      'echo undone-second >> back.txt',
    ]);
    expect((await run.card())?.summary).toContain('Step 1 of 2');
    expect(textOf(await run.card())).toContain('an approver other than rae');
    // What was offered on the way forward is gone.
    expect(verbs((await run.cards())[2])).toEqual([]);

    await run.press('rae', 'approve');
    expect(db.jobs).toEqual([]);
    await run.approve('ada');
    await run.approve('ben');
    expect(written('back.txt')).toEqual(['fixed', 'undone-second', 'undone-first']);
    expect(textOf(await last(run.thread))).toContain('it was rolled back.');
    expect(verbs(await last(run.thread))).not.toContain('rollback');
  });

  const undoing = (fixes: readonly string[], file: string) => [
    ...fixes.map((command) => ({ section: 'Fix', command })),
    ...fixes.map((_, index) => ({
      section: 'Rollback',
      command: `echo undone-${index + 1} >> ${file}`,
      attributes: { undoes: `s${index + 1}` },
    })),
  ];

  it('undoes after a failure midway what was sent, in the reverse order, and passes over the rest', async () => {
    const file = 'midway.txt';
    const fixes = [`echo one >> ${file}`, `echo two >> ${file}; false`, `echo three >> ${file}`];
    const run = await startRun(bot, undoing(fixes, file));
    expect(textOf(await run.card())).toContain('undone-1');
    expect(textOf(await run.card())).not.toContain('undone-2');
    await run.approve('ada');
    await run.approve('ada');
    await run.press('rae', 'rollback');
    const told = (await bot.replies(run.thread)).map((reply) => textOf(reply)).join('\n');
    expect(told).toContain('is passed over: what it undoes was not done in this run.');
    await run.approve('ada');
    await run.approve('ada');
    expect(written(file)).toEqual(['one', 'two', 'undone-2', 'undone-1']);
    expect(textOf(await last(run.thread))).toContain('it was rolled back.');
  });

  it('is not offered when nothing of what was sent can be undone', async () => {
    const run = await startRun(bot, [
      { section: 'Fix', command: 'touch kept.txt; false' },
      { section: 'Fix', command: 'touch other.txt' },
      { section: 'Rollback', command: 'rm -f other.txt', attributes: { undoes: 's2' } },
    ]);
    await run.approve('ada');
    expect(verbs(await run.card())).toEqual(['retry', 'skip', 'stop']);
  });

  it('works after the end of a run too, and asks no second time whether it helped', async () => {
    const run = await startRun(bot, changing('late.txt'));
    for (const who of ['rae', 'ada', 'rae'] as const) await run.approve(who);
    const verdict = await last(run.thread);
    expect(verbs(verdict)).toContain('rollback');
    await run.press('ben', 'rollback', verdict);
    // Whoever asks for it is its requester from here on.
    await run.press('ben', 'approve');
    expect(db.jobs).toEqual([]);
    await run.approve('ada');
    await run.approve('ada');
    expect(written('late.txt')).toEqual(['fixed', 'undone-second', 'undone-first']);
    const asked = (await bot.replies(run.thread)).filter(({ summary }) =>
      summary.includes('Did this solve it?'),
    );
    expect(asked).toHaveLength(1);
    expect(textOf(asked[0])).toContain('it was rolled back.');
  });

  it('happens once, for responders, and not while something is under way', async () => {
    const run = await startRun(bot, changing('once.txt', 'false'));
    for (const who of ['rae', 'ada', 'rae'] as const) await run.approve(who);
    const failed = await run.card();
    await run.press('vic', 'rollback', failed);
    expect(await bot.told('vic', run.thread)).toEqual(['Rolling back needs the role responder or higher.']);
    await run.press('rae', 'retry', failed);
    const again = await run.card();
    await run.press('rae', 'approve', again);
    const { id } = await run.newestStep();
    await bot.within(({ runs }) => runs.claim(id, 'another runner', 60_000));
    await run.press('rae', 'rollback', failed);
    expect((await bot.told('rae', run.thread)).at(-1)).toContain('A step is still under way');
    await bot.within(({ runs }) => runs.release(id, 'another runner', 'approved', null));
    await run.press('rae', 'rollback', failed);
    await run.press('ada', 'rollback', failed);
    expect((await bot.told('ada', run.thread)).at(-1)).toContain('being rolled back already');
    expect((await run.cards()).filter(({ summary }) => summary.includes('Step 1 of 2'))).toHaveLength(1);
    // What was approved on the way forward does not run any more.
    await bot.work();
    expect(await run.stateOf(id)).toBe('skipped');
  });

  it('does not count as a fix that worked', async () => {
    const run = await startRun(bot, changing('fold.txt'));
    for (const who of ['rae', 'ada', 'rae'] as const) await run.approve(who);
    const passed = async () =>
      [...(await bot.within(({ signals }) => signals.all())).values()]
        .flat()
        .flatMap((signal) => (signal.kind === 'run' ? [signal.passed] : []));
    expect(await passed()).toEqual([true]);
    await run.press('rae', 'rollback', await last(run.thread));
    await run.approve('ada');
    await run.approve('ada');
    expect(await passed()).toEqual([false]);
  });
});

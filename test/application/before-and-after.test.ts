import { expect, it } from 'vitest';
import { verifyAudit } from '#application/verify-audit.ts';
import { knownSecret, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded } from '#test/support/databases.ts';
import { commandsOf, startRun, textOf } from '#test/support/run-story.ts';
import { useOwnBot } from '#test/support/use-own-bot.ts';

describeOnEmbedded('the state before and after a run', (open) => {
  let bot: TestBot;
  let file = '';
  let files = 0;
  useOwnBot(open, (made) => {
    ({ bot } = made);
    files += 1;
    file = `state-${files}.txt`;
  });

  const check = (command: string) => ({ section: 'Check', command });
  const fix = (command: string) => ({ section: 'Fix', command });
  type Run = Awaited<ReturnType<typeof startRun>>;
  const differences = async ({ thread }: Run) =>
    (await bot.replies(thread)).filter(({ summary }) => summary.startsWith('Before and after'));

  it('runs the checks again once something was changed, and shows the difference when the run closes', async () => {
    const run = await startRun(bot, [
      check(`cat ${file} || true`),
      check('echo same'),
      fix(`echo full >> ${file}`),
    ]);
    await run.approve('rae');
    await run.approve('rae');
    await run.approve('ada');
    const again = await run.card();
    expect(again?.summary).toContain('Check again 1 of 2: waits for approval');
    expect(textOf(again)).not.toContain('Edit parameters');
    expect(again && commandsOf(again)).toEqual([`cat ${file} || true`, 'echo same']);
    expect(await differences(run)).toEqual([]);
    await run.press('rae', 'approve-checks', again);
    await bot.work();
    await bot.work();
    const [card, ...more] = await differences(run);
    expect(card?.summary).toBe('Before and after: 1 of 2 checks differs');
    expect(textOf(card)).toContain('+full');
    expect(textOf(card)).toContain('the same output');
    expect(more).toEqual([]);
    expect((await bot.replies(run.thread)).at(-1)?.summary).toContain('solve');
    expect(await verifyAudit(bot.core, bot.workspace, new Map())).toMatchObject({ kind: 'fits' });
  });

  it('runs nothing again when nothing was changed', async () => {
    const run = await startRun(bot, [check('echo one'), fix(`touch ${file}`)]);
    await run.approve('rae');
    await run.press('rae', 'skip');
    expect(await run.cards()).toHaveLength(2);
    expect(await differences(run)).toEqual([]);
    expect((await bot.replies(run.thread)).at(-1)?.summary).toContain('solve');
  });

  it('does not run again what changes something itself, nor what came after the change', async () => {
    const run = await startRun(bot, [
      check(`touch ${file}`),
      fix(`echo full >> ${file}`),
      check('echo late'),
    ]);
    await run.approve('ada');
    await run.approve('ada');
    await run.approve('rae');
    expect(await run.cards()).toHaveLength(3);
    expect(await differences(run)).toEqual([]);
  });

  it('goes on when a check fails this time, and says how it ended', async () => {
    const run = await startRun(bot, [check('ls .'), check(`test ! -e ${file}`), fix(`touch ${file}`)]);
    await run.approve('rae');
    await run.approve('rae');
    await run.approve('ada');
    await run.press('rae', 'skip');
    await run.approve('rae');
    const [card] = await differences(run);
    expect(textOf(card)).toContain('not run again');
    expect(textOf(card)).toContain('succeeded (exit 0) before, failed (exit 1) now');
    expect((await bot.replies(run.thread)).at(-1)?.summary).toContain('solve');
  });

  it('gives what is too long for the card as a file', async () => {
    const run = await startRun(bot, [check(`cat ${file} || true`), fix(`seq 1 60 >> ${file}`)]);
    await run.approve('rae');
    await run.approve('ada');
    await run.approve('rae');
    const [card, whole] = await differences(run);
    expect(textOf(card)).not.toContain('+60');
    const text = whole?.blocks.flatMap((block) => (block.kind === 'file' ? [block.text] : [])).join('');
    for (let line = 1; line <= 60; line += 1) expect(text).toContain(`+${line}\n`);
  });

  it('can be stopped meanwhile', async () => {
    const run = await startRun(bot, [check('echo one'), fix(`touch ${file}`)]);
    await run.approve('rae');
    await run.approve('ada');
    await run.press('rae', 'stop');
    expect(textOf(await run.card())).toContain('it did not run');
    expect(await differences(run)).toEqual([]);
  });

  it('shows no secret of either result', async () => {
    const hidden = [...knownSecret].map((letter) => `\\${letter.charCodeAt(0).toString(8)}`).join('');
    const write = `printf 'before ${hidden} after' >> ${file}`;
    const run = await startRun(bot, [check(`cat ${file} || true`), fix(write)]);
    await run.approve('rae');
    await run.approve('ada');
    await run.approve('rae');
    expect(textOf((await differences(run))[0])).toContain('+before');
    for (const card of await bot.replies(run.thread)) expect(textOf(card)).not.toContain(knownSecret);
  });
});

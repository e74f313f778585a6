import { beforeAll, beforeEach, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { captures } from '#adapters/postgres/schema/captures.ts';
import { createDraftSettled } from '#application/draft-settled.ts';
import { actionOf, buttonsOf, createOwnBot, runbookSource, type TestBot } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { textOf } from '#test/support/run-story.ts';
import { readTenantRows } from '#test/support/tenant-rows.ts';

/** In whatever is said here. */
const mark = 'quokka';

describeOnBothEngines('the words of a person', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db);
    const steps = [{ section: 'Check', command: 'df -h' }];
    await bot.load({ slug: 'disk', text: runbookSource('Disk full on a web host', steps) });
  });

  /** All that is kept of the workspace besides the log of the playground, which stands for the platform's own servers. */
  const kept = async (): Promise<string> => {
    const { playground_messages: _, ...tables } = await readTenantRows(db.open, bot.workspace);
    return JSON.stringify(tables);
  };
  const forget = async (who: string): Promise<string> => {
    const answer = await bot.slash(who, 'forget');
    if (answer.kind !== 'shown') throw new Error(`nothing shown: ${JSON.stringify(answer)}`);
    await bot.settle();
    return textOf(answer.reply);
  };
  const fields = { title: `A ${mark} hung`, symptoms: 'It hung.', resolution: `Fed the ${mark}.` };
  const save = (thread: string) => ({ verb: 'save-case', id: thread }) as const;

  it('are deleted with what is known of them, from the rows and the cards', async () => {
    const thread = await bot.say('rae', `disk is full of ${mark} on web-01`);
    const use = actionOf((await bot.replies(thread))[0], 'use');
    await bot.submit('rae', thread, use.id, { host: 'web-01' });
    await bot.submit('rae', thread, { verb: 'comment', id: use.id }, { comment: `${mark} came back` });
    const asked = await bot.say('rae', `who knows the flux capacitor of the ${mark}?`, { mentionsBot: true });
    expect(JSON.stringify(await bot.replies(asked))).toContain(mark);
    const askedAnew = await bot.say('rae', `who else saw the ${mark}?`, { mentionsBot: true });
    await bot.say('ada', 'what is a flux capacitor?', { mentionsBot: true, thread: askedAnew });
    await bot.slash('rae', `ask why is the ${mark} slow`);
    await bot.press('ada', null, { verb: 'insights', id: '7' });
    expect(await kept()).toContain(mark);
    const told = await forget('rae');
    expect(told).toContain('descriptions of problems');
    expect(told).toContain('1 comment');
    expect(await kept()).not.toContain(mark);
    expect(JSON.stringify(await bot.replies(asked))).not.toContain(mark);
    expect(JSON.stringify(await bot.replies(await bot.opened()))).not.toContain(mark);
  });

  it('are not those of others, whose cards and cases stay', async () => {
    const thread = await bot.say('rae', 'disk is full on web-01');
    await bot.say('ada', `disk is full of ${mark} on web-02`);
    await bot.submit('ada', thread, save(thread), { ...fields, people: 'ada, rae' });
    const before = (await kept()).split(mark).length;
    expect(await forget('rae')).toContain('Deleted: 1 description of a problem.');
    expect((await kept()).split(mark)).toHaveLength(before);
    expect(await kept()).toContain('words.forgotten');
  });

  it('were said last by somebody else in a thread that they opened: those are not theirs', async () => {
    const thread = await bot.say('rae', 'what is a flux capacitor?', { mentionsBot: true });
    await bot.say('ada', `the ${mark} is down`, { mentionsBot: true, thread });
    await forget('rae');
    const problem = async () =>
      (await bot.within(({ incidents }) => incidents.inThread('incidents', thread)))?.problem;
    expect(await problem()).toContain(mark);
    await forget('ada');
    expect(await problem()).toBe('');
    expect(await kept()).not.toContain(mark);
  });

  it('take a case along that was theirs alone, which nobody is shown any more', async () => {
    const thread = await bot.say('rae', 'good morning');
    await bot.submit('rae', thread, save(thread), fields);
    await bot.submit('rae', thread, save(thread), { ...fields, resolution: `Fed the ${mark} again.` });
    expect(await forget('rae')).toContain('1 case that was yours alone');
    expect(await kept()).not.toContain(mark);
    const other = await bot.say('ada', 'It hung. A quokka hung', { mentionsBot: true });
    expect(JSON.stringify(await bot.replies(other))).not.toContain('Fed the');
    expect(await forget('rae')).toContain('I keep no words of yours');
  });

  it('take a case off the answers and cards that showed it, where others stay', async () => {
    const thread = await bot.say('rae', 'good morning');
    const full = {
      ...fields,
      symptoms: 'disk full on a web host',
      steps: `$ feed ${mark}`,
      validation: `saw ${mark}`,
    };
    await bot.submit('rae', thread, save(thread), full);
    const asked = await bot.say('ada', 'disk full on a web host');
    const answer = (await bot.replies(asked))[0];
    const use = buttonsOf(answer).filter(({ action }) => action.verb === 'use');
    expect(use).toHaveLength(2);
    const past = await bot.within(async ({ recommendations, solutions }) => {
      for (const { action } of use) {
        const one = await recommendations.find(action.id as never);
        const version = one && (await solutions.version(one.versionId));
        if (version?.content.kind === 'case') return action;
      }
      throw new Error('the case was not shown');
    });
    await bot.press('ada', asked, past);
    await bot.press('ada', asked, { verb: 'worked', id: past.id });
    await bot.submit('ada', asked, { verb: 'comment', id: past.id }, { comment: 'it did' });
    expect(JSON.stringify(await bot.replies(asked)).split(mark).length).toBeGreaterThan(5);
    await forget('rae');
    expect(await kept()).not.toContain(mark);
    const left = JSON.stringify(await bot.replies(asked));
    expect(left).not.toContain(mark);
    expect(left).toContain('A case that stood here was deleted');
    expect(left).toContain('Disk full on a web host');
    expect(
      buttonsOf((await bot.replies(asked))[0]).filter(({ action }) => action.verb === 'use'),
    ).toHaveLength(1);
    expect(JSON.stringify(await bot.replies(thread))).not.toContain(mark);
  });

  it('take a draft along that was made from them', async () => {
    await bot.command('max', 'mode', 'auto');
    const thread = await bot.say('ada', 'checkout returns 502');
    const said = {
      ...{ id: '2', author: 'rae', name: 'Rae', isBot: false, at: 2, reactions: [] },
      text: `I restarted the ${mark} with \`systemctl restart ${mark}\`, that fixed it. All good again, resolved`,
    };
    await bot.say('rae', said.text, { thread });
    await inWorkspace(db.open.database, bot.workspace, (executor) =>
      executor.update(captures).set({ dueAt: 0 }),
    );
    const readThread = async () => ({ messages: [said], isWhole: true });
    await createDraftSettled({ ...bot.core, readThread })(bot.workspace);
    await bot.settle();
    const [draft] = (await bot.replies(thread)).filter(({ summary }) => summary.startsWith('Draft'));
    const approve = actionOf(draft, 'approve-draft');
    expect(await kept()).toContain(mark);
    expect(await forget('rae')).toContain('1 draft');
    expect(await kept()).not.toContain(mark);
    expect(JSON.stringify(await bot.replies(thread))).not.toContain(mark);
    await bot.press('ada', thread, approve);
    expect(await bot.told('ada', thread)).toEqual([expect.stringContaining('does not wait any more')]);
  });

  it('are a guest’s own too', async () => {
    bot.seeAs('vic', { standing: 'guest' });
    await bot.say('vic', `the ${mark} is down`, { mentionsBot: true });
    expect(await forget('vic')).toContain('1 description of a problem');
    expect(await kept()).not.toContain(mark);
  });
});

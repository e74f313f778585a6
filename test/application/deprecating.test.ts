import { beforeAll, beforeEach, expect, it } from 'vitest';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import { createReviveSolution } from '#application/revive-solution.ts';
import type { RecommendationId } from '#domain/ids.ts';
import { checkLearning } from '#src/composition/check-learning.ts';
import { actionOf, createOwnBot, runbookSource, type TestBot } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { noteAlert } from '#test/support/note-alert.ts';
import { someHost } from '#test/support/rows.ts';
import { textOf } from '#test/support/run-story.ts';

const steps = [{ section: 'Check', command: 'df -h' }];
const source = { slug: 'relay', text: runbookSource('Warbler relay is stuck', steps) };
const voters = Array.from({ length: 8 }, (_, number) => `voter-${number}`);

describeOnBothEngines('a solution that stops working', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, { hosts: [someHost({ name: 'demo-web-01' })] });
    await bot.load(source);
    await bot.within(async ({ people }) => {
      for (const name of voters) await people.setRole(name, name, 'responder');
    });
  });

  const fold = (instance = 'test') => createFoldWorkspace({ ...bot.core, instance })(bot.workspace);
  const ask = async () => {
    const thread = await bot.say('rae', 'Warbler relay is stuck on demo-web-01');
    return { thread, answer: (await bot.replies(thread))[0] };
  };
  /** Incidents, each with one of the voters against the answer. */
  const fail = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      const { thread, answer } = await ask();
      const { id } = actionOf(answer, 'use');
      await bot.press(voters[time % voters.length] ?? '', thread, { verb: 'failed', id });
    }
  };
  const events = () =>
    bot.within(async ({ audit }) => (await audit.after(0, 1000)).map(({ event }) => event));

  it('is deprecated with its reason, shown no more, and stays so when its file is read again', async () => {
    await fail(8);
    expect(await fold()).toMatchObject({ signals: 8, deprecated: ['relay'] });
    expect(await bot.within(({ solutions }) => solutions.deprecated(10))).toMatchObject([
      { slug: 'relay', reason: expect.stringContaining('8 people in 8 incidents') },
    ]);
    expect(textOf((await ask()).answer)).toContain('No good match');
    await bot.load(source);
    expect(textOf((await ask()).answer)).toContain('No good match');
    expect(await fold()).toMatchObject({ deprecated: [] });
  });

  it('is deprecated once by two replicas that fold at the same moment', async () => {
    await fail(8);
    const reports = await Promise.all([fold('one'), fold('other')]);
    const after = await fold();
    const told = reports.flatMap((report) => (report === 'busy' ? [] : report.deprecated));
    expect([...told, ...(after === 'busy' ? ['busy'] : after.deprecated)]).toEqual(['relay']);
    expect((await events()).filter((event) => event === 'solution.deprecated')).toHaveLength(1);
  });

  it('changes nothing when the same rows are folded again', async () => {
    await fail(2);
    await fold();
    const rates = () =>
      bot.within(async ({ solutions }) => [
        ...(await solutions.rates((await solutions.slugs()).map(({ id }) => id))),
      ]);
    const before = await rates();
    expect(before).toMatchObject([[expect.any(String), { recommended: 2, tried: 2 }]]);
    await fold();
    expect(await rates()).toEqual(before);
  });

  it('is revived by a person, found again, and not buried by the same votes', async () => {
    await fail(8);
    await fold();
    const revive = createReviveSolution(bot.core);
    expect(await revive(bot.workspace, 'nothing', 'ada')).toBe(false);
    expect(await revive(bot.workspace, 'relay', 'ada')).toBe(true);
    expect(await revive(bot.workspace, 'relay', 'ada')).toBe(false);
    expect(await fold()).toMatchObject({ deprecated: [] });
    expect(textOf((await ask()).answer)).toContain('worked 0 of 8');
    await fail(8);
    expect(await fold()).toMatchObject({ deprecated: ['relay'] });
    expect(await events()).toContain('solution.revived');
  });

  it('is not deprecated for what an earlier version of it did', async () => {
    await fail(8);
    await bot.load({ ...source, text: source.text.replace('df -h', 'df -i') });
    expect(await fold()).toMatchObject({ signals: 8, deprecated: [] });
    expect(textOf((await ask()).answer)).toContain('worked 0 of 8');
  });

  it('counts an alert as a signal, and the last word of it', async () => {
    const { answer } = await ask();
    const { id } = actionOf(answer, 'use');
    const note = (resolved: boolean) => noteAlert(db, bot.workspace, id as RecommendationId, resolved);
    await note(false);
    await note(true);
    expect(await fold()).toMatchObject({ signals: 1, solutions: 1 });
  });

  it('is missed by doctor when nobody votes', async () => {
    const find = async () =>
      (await checkLearning({ core: { ...bot.core, workspaces: only(bot) } })).map(({ status }) => status);
    expect(await find()).toEqual([]);
    const { thread, answer } = await ask();
    expect(await find()).toEqual(['warning']);
    await bot.press('rae', thread, { verb: 'worked', id: actionOf(answer, 'use').id });
    expect(await find()).toEqual(['ok']);
  });
});

function only({ workspace, core }: TestBot): TestBot['core']['workspaces'] {
  return {
    ...core.workspaces,
    all: async () => (await core.workspaces.all()).filter(({ id }) => id === workspace),
  };
}

import { beforeAll, beforeEach, expect, it } from 'vitest';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { createSolutionFiles } from '#adapters/markdown/solution-files/create-solution-files.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import { createExportKnowledge } from '#application/export-knowledge.ts';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import { createImportKnowledge } from '#application/import-knowledge.ts';
import { mergeCases } from '#application/merge-cases.ts';
import { createCaseCommands } from '#src/composition/create-case-commands.ts';
import { actionOf, buttonsOf, createOwnBot, type TestBot, type Who } from '#test/support/application.ts';
import { run } from '#test/support/command-parts.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { inChannel } from '#test/support/in-channel.ts';
import { textOf } from '#test/support/run-story.ts';

describeOnBothEngines('merging cases', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, {});
  });

  const problem = 'zookeeper quorum lost, kafka brokers complain';
  const written = {
    title: 'Zookeeper lost its quorum',
    symptoms: problem,
    resolution: 'Restarted the second zookeeper node.',
  };
  const again = {
    ...written,
    title: 'Zookeeper quorum lost again',
    resolution: 'restarted zookeeper node 3',
  };
  const other = {
    ...written,
    title: 'Quorum and kafka',
    resolution: 'Raised the session timeout of all brokers.',
  };

  /** Saves a case in a thread of its own. */
  const save = async (who: Who, fields: object) => {
    const thread = await bot.say(who, 'good morning');
    await bot.submit(who, thread, { verb: 'save-case', id: thread }, { ...written, ...fields });
    const incident = await bot.within(({ incidents }) => incidents.inThread('incidents', thread));
    return { thread, slug: `case-${incident?.id}`, card: async () => (await bot.replies(thread)).at(-1) };
  };
  const inForce = async () =>
    (await bot.within(({ solutions }) => solutions.all())).map(({ slug }) => slug).sort();
  const fold = async () => {
    await createFoldWorkspace(bot.core)(bot.workspace);
    const all = await bot.within(async ({ solutions }) => {
      const known = await solutions.slugs();
      const rates = await solutions.rates(known.map(({ id }) => id));
      return known.map(({ id, slug }) => [slug, rates.get(id)] as const);
    });
    return new Map(all);
  };
  const shell = async (...argv: string[]) => {
    const cases = createCaseCommands({ core: bot.core } as never, async () => ({ id: bot.workspace }));
    const done = await run(['case', ...argv], { context: { cases } });
    await bot.settle();
    return done;
  };
  /** Somebody has the problem, uses what is shown first, and says that it worked. */
  const use = async (who: Who) => {
    const asked = await bot.say(who, problem);
    const { id } = actionOf((await bot.replies(asked))[0], 'use');
    await bot.press(who, asked, { verb: 'use', id });
    await bot.press(who, asked, { verb: 'worked', id });
    return asked;
  };

  it('is offered on the card of a case that tells the same as another, and on no other', async () => {
    const first = await save('rae', {});
    expect(buttonsOf(await first.card()).map(({ label }) => label)).not.toContain('Merge into it');
    const fix = await save('rae', other);
    expect(buttonsOf(await fix.card()).map(({ label }) => label)).not.toContain('Merge into it');
    const second = await save('ada', again);
    expect(textOf(await second.card())).toContain(first.slug);
    expect(buttonsOf(await second.card()).map(({ label }) => label)).toContain('Merge into it');
    const { out } = await shell('duplicates', '--json');
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        from: { slug: second.slug, title: again.title },
        into: { slug: first.slug, title: written.title },
        similarity: expect.any(Number),
        sharedWords: expect.arrayContaining(['zookeeper', 'node']),
      },
    ]);
  });

  it('is for whoever saved it first or an approver; then it is found no more and its card says so', async () => {
    const first = await save('rae', {});
    const second = await save('ada', again);
    const merge = actionOf(await second.card(), 'merge-case');
    for (const who of ['rae', 'vic'] as const) await bot.press(who, second.thread, merge);
    for (const who of ['rae', 'vic'])
      expect(await bot.told(who, second.thread)).toEqual([expect.stringContaining('saved it first')]);
    expect(await inForce()).toHaveLength(2);
    await bot.press('ada', second.thread, merge);
    expect(await inForce()).toEqual([first.slug]);
    expect((await second.card())?.summary).toBe(`Merged the case: ${again.title}`);
    expect(buttonsOf(await second.card()).map(({ label }) => label)).toEqual(['Undo the merge']);
    expect(textOf((await bot.replies(await bot.say('rae', problem)))[0])).not.toContain(again.title);
    await bot.press('ada', second.thread, merge);
    expect(await bot.told('ada', second.thread)).toEqual([expect.stringContaining('merged or discarded')]);
    const entries = await bot.within(({ audit }) => audit.after(0, 500));
    expect(entries.filter(({ event }) => event === 'case.merged')).toMatchObject([
      { actor: 'ada', details: { case: second.slug, into: first.slug } },
    ]);
  });

  it('counts for the other what it was used for, as often as it is folded, until it is undone', async () => {
    const first = await save('rae', {});
    await use('max');
    await shell('merge', first.slug, (await save('ada', other)).slug);
    const second = await save('ada', again);
    const target = (await inForce()).find((slug) => slug !== second.slug) ?? '';
    expect((await fold()).get(target)).toMatchObject({ tried: 1, worked: 1, reused: 1, helped: 1, seen: 2 });
    await shell('merge', target, second.slug);
    const once = await fold();
    expect(once.get(second.slug)).toMatchObject({ tried: 1, worked: 1, recommended: 1, helped: 1, seen: 3 });
    expect([once.get(first.slug), once.get(target)]).toEqual([undefined, undefined]);
    expect(await fold()).toEqual(once);
    const answer = textOf((await bot.replies(await bot.say('max', problem)))[0]);
    expect(answer).toMatch(/worked 1 of 1.*helped 1 other.*; seen 3 times, last on \d+ \w+ 20/);
    expect(textOf((await bot.replies(await use('max'))).at(1))).toContain('seen 3 times');
    expect((await shell('unmerge', target)).code).toBe(0);
    const apart = await fold();
    expect(apart.get(target)).toMatchObject({ tried: 1, seen: 2 });
    expect(apart.get(second.slug)).toMatchObject({ tried: 1, seen: 1 });
    expect(await inForce()).toEqual([target, second.slug].sort());
  });

  it('goes to the end of a chain, makes no ring, and of two at once does one', async () => {
    const [a, b, c] = [await save('rae', {}), await save('rae', again), await save('rae', other)];
    const by = { externalId: 'max', name: 'Max' };
    const merge = (from: string, into: string) =>
      bot.within((transaction) => mergeCases(transaction, { from, into, by, refuse: async () => undefined }));
    const both = await Promise.all([merge(a.slug, b.slug), merge(b.slug, a.slug)]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['merged', 'refused']);
    const [left] = (await inForce()).filter((slug) => slug !== c.slug);
    const gone = left === a.slug ? b.slug : a.slug;
    expect((await shell('merge', left ?? '', gone)).err).toContain('was merged into it');
    expect((await shell('merge', c.slug, gone)).out).toContain(`is merged into ${left}`);
    expect((await shell('merge', 'nothing', gone)).code).toBe(1);
    expect(await inForce()).toEqual([left]);
    // What is left is still found: whoever was refused took nothing out of the search.
    expect(buttonsOf((await bot.replies(await bot.say('rae', problem)))[0])).not.toEqual([]);
  });

  it('stays merged when somebody edits it, and comes back as it was edited', async () => {
    const first = await save('rae', {});
    const second = await save('ada', again);
    await bot.press('ada', second.thread, actionOf(await second.card(), 'merge-case'));
    const edit = { ...again, title: 'Zookeeper, the third time' };
    await bot.submit('ada', second.thread, { verb: 'save-case', id: second.thread }, edit);
    expect(await inForce()).toEqual([first.slug]);
    expect(textOf(await second.card())).toContain('was merged into another case');
    expect((await fold()).get(first.slug)).toMatchObject({ seen: 2 });
    expect((await shell('unmerge', second.slug)).code).toBe(0);
    expect(await bot.within(({ solutions }) => solutions.named(second.slug))).toMatchObject({
      content: { case: { title: edit.title } },
    });
    expect(actionOf(await second.card(), 'discard-case')).toEqual({
      verb: 'discard-case',
      id: expect.any(String),
    });
    expect((await shell('unmerge', second.slug)).err).toContain('is merged into another');
  });

  it('is undone where it was told, by whoever saved the case or an approver, also after an edit', async () => {
    const first = await save('rae', {});
    const second = await save('ada', again);
    await bot.press('ada', second.thread, actionOf(await second.card(), 'merge-case'));
    const undo = actionOf(await second.card(), 'unmerge-case');
    await bot.press('rae', second.thread, undo);
    expect(await bot.told('rae', second.thread)).toEqual([expect.stringContaining('by an approver')]);
    expect(await inForce()).toEqual([first.slug]);
    await bot.press('max', second.thread, undo);
    expect(await inForce()).toEqual([first.slug, second.slug].sort());
    expect((await second.card())?.summary).toBe(`Saved as a case: ${again.title}`);
    await bot.press('max', second.thread, undo);
    expect(await bot.told('max', second.thread)).toEqual([expect.stringContaining('not merged any more')]);
    await shell('merge', second.slug, first.slug);
    const edit = { ...again, title: 'Zookeeper, the third time' };
    await bot.submit('ada', second.thread, { verb: 'save-case', id: second.thread }, edit);
    expect(actionOf(await second.card(), 'unmerge-case').id).not.toBe(undo.id);
    await bot.press('ada', second.thread, undo);
    expect((await bot.replies(second.thread)).slice(-2).map(({ summary }) => summary)).toEqual([
      `No longer merged: ${again.title}`,
      `Saved as a case: ${edit.title}`,
    ]);
    const entries = await bot.within(({ audit }) => audit.after(0, 500));
    const undone = entries.filter(({ event }) => event === 'case.unmerged');
    expect(undone.map(({ actor }) => actor)).toEqual(['max', 'ada']);
  });

  it('brings back what was merged into a case that is discarded or forgotten', async () => {
    const [a, b, c] = [await save('rae', {}), await save('ada', again), await save('ada', other)];
    await shell('merge', a.slug, b.slug);
    await shell('merge', b.slug, c.slug);
    await bot.press('ada', c.thread, actionOf(await c.card(), 'discard-case'));
    expect(textOf(await c.card())).toContain('The case that was merged into it is shown again.');
    expect(await inForce()).toEqual([b.slug]);
    expect(actionOf(await b.card(), 'discard-case')).toEqual({
      verb: 'discard-case',
      id: expect.any(String),
    });
    expect((await fold()).get(b.slug)).toMatchObject({ seen: 2 });
    expect(textOf((await bot.replies(await bot.say('max', problem)))[0])).toContain(again.title);
    await bot.slash('ada', 'forget');
    expect(await inForce()).toEqual([a.slug]);
    expect(textOf((await bot.replies(await bot.say('max', problem)))[0])).toContain(written.title);
  });

  it('goes with an export: imported elsewhere it is merged there too', async () => {
    const first = await save('rae', {});
    const second = await save('ada', again);
    await shell('merge', second.slug, first.slug);
    const files = createSolutionFiles(createRunbookParser(matchWhole));
    const there = await createOwnBot(db, {});
    const sources = [];
    for await (const { path, source } of createExportKnowledge(bot.core, files)(bot.workspace))
      sources.push({ path, source });
    const read = createImportKnowledge(there.core, files);
    expect((await read(there.workspace, sources, { dryRun: false })).problems).toEqual([]);
    expect((await there.within(({ solutions }) => solutions.all())).map(({ slug }) => slug)).toEqual([
      first.slug,
    ]);
    const merged = await there.within(({ merges }) => merges.all());
    expect(merged).toHaveLength(2);
    expect(merged.filter(({ into }) => into === null)).toHaveLength(1);
    const back = [];
    for await (const { path, source } of createExportKnowledge(there.core, files)(there.workspace))
      back.push({ path, source });
    expect(back).toEqual(sources);
  });

  it('names and offers only what is shown in the channel, and reaches further only by who may say so', async () => {
    const secret = inChannel(db, bot, 'secret', false);
    const town = inChannel(db, bot, 'town', true);
    const saveIn = async (channel: 'secret' | 'town', fields: object, visibility: string) => {
      const at = channel === 'secret' ? secret : town;
      const thread = await at.say('rae', 'good morning');
      const action = { verb: 'save-case', id: thread } as const;
      await at.submit('rae', thread, action, { ...written, ...fields, visibility });
      const incident = await bot.within(({ incidents }) => incidents.inThread(channel, thread));
      return { thread, slug: `case-${incident?.id}` };
    };
    const hidden = await saveIn('secret', {}, 'channel');
    await saveIn('town', again, 'workspace');
    expect(await town.said()).not.toContain('Merge into it');
    const third = await saveIn('secret', { ...again, title: 'Third' }, 'channel');
    expect(await secret.said()).toContain('Merge into it');
    const version = async (slug: string) =>
      (await bot.within(({ solutions }) => solutions.named(slug)))?.versionId ?? '';
    const [open] = (await inForce()).filter((slug) => slug !== hidden.slug && slug !== third.slug);
    const id = `${await version(third.slug)}/${await version(open ?? '')}`;
    await secret.press('ben', third.thread, { verb: 'merge-case', id });
    expect(await inForce()).toHaveLength(3);
    // From elsewhere it is not there.
    await town.press('max', 'x', { verb: 'merge-case', id });
    expect(await inForce()).toHaveLength(3);
    await secret.press('rae', third.thread, { verb: 'merge-case', id });
    expect(await inForce()).toHaveLength(2);
  });
});

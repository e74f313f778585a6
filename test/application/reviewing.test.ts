import { beforeAll, beforeEach, expect, it } from 'vitest';
import { readConfig } from '#adapters/config/read-config.ts';
import { createRankSolutions } from '#application/rank-solutions.ts';
import type { CommandContext } from '#commands/command.ts';
import type { Action } from '#domain/action.ts';
import type { VersionId } from '#domain/ids.ts';
import { createCommandContext } from '#src/composition/create-command-context.ts';
import type { OpenCore } from '#src/composition/open-core.ts';
import {
  actionOf,
  buttonsOf,
  createOwnBot,
  createTestBot,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { run } from '#test/support/command-parts.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someHost, someVersion } from '#test/support/rows.ts';
import { textOf } from '#test/support/run-story.ts';
import { someRunbook } from '#test/support/solutions.ts';

describeOnBothEngines('the review queue', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  let context: CommandContext;
  let here: readonly string[];
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, { hosts: [someHost({ name: 'demo-web-01' })] });
    const opened = { core: bot.core, database: db.open } as unknown as OpenCore;
    context = createCommandContext(readConfig({ RECOURSE_HOSTS: '' }), opened, async () => undefined);
    const own = (await db.workspaces.all()).find(({ id }) => id === bot.workspace);
    here = ['--workspace', own?.externalId ?? ''];
  });

  const cli = (...argv: string[]) => run([...argv, ...here], { context });
  const saveCase = async (): Promise<string> => {
    const thread = await bot.say('rae', 'Warbler relay is stuck on demo-web-01');
    const fields = {
      ...{ title: 'Warbler relay stuck', symptoms: 'Warbler relay is stuck.', resolution: 'Restarted it.' },
      steps: '$ sudo systemctl restart warbler\n(succeeded)\n$ uptime\n(succeeded)',
    };
    await bot.submit('rae', thread, { verb: 'save-case', id: thread }, fields);
    const all = await bot.within(({ solutions }) => solutions.all());
    return all.find(({ content }) => content.kind === 'case')?.slug ?? '';
  };
  /** A runbook of a case waits; the result is the name of the case. */
  const propose = async (): Promise<string> => {
    const slug = await saveCase();
    expect(await cli('runbook', 'from-case', slug, '--review')).toMatchObject({ code: 0, err: '' });
    await bot.settle();
    return slug;
  };
  const threadOfCase = () =>
    bot.within(async ({ solutions }) => {
      const past = (await solutions.all()).find(({ content }) => content.kind === 'case');
      return past?.origin.split('/')[1];
    });
  const shown = async (who: string, text = 'review') => {
    const received = await bot.slash(who, text);
    if (received.kind !== 'shown') throw new Error(received.kind);
    return received.reply;
  };
  const press = async (who: string, action: Action) => {
    const received = await bot.press(who, null, action);
    if (received.kind !== 'shown' && received.kind !== 'form') return received.kind;
    return received;
  };
  const decide = (who: string, verb: 'approve-version' | 'reject-version', id: string, notes = 'read it') =>
    bot.submit(who, null, { verb, id }, { notes });
  const found = async () => {
    const { ranked } = await createRankSolutions(bot.core)(bot.workspace, 'warbler relay is stuck', null);
    return ranked.map(({ solution }) => solution.slug);
  };
  const waiting = () => bot.within(({ reviews }) => reviews.waiting(10));
  const idOfFirst = async (): Promise<VersionId> => {
    const [first] = await waiting();
    if (!first) throw new Error('nothing waits');
    return first.versionId;
  };

  it('shows what waits and what it would change, and nothing of it is found before', async () => {
    const slug = await propose();
    expect(await found()).toEqual([slug]);
    const list = await shown('ada');
    const look = await press('ada', actionOf(list, 'review'));
    if (typeof look === 'string' || look.kind !== 'shown') throw new Error('no card');
    expect(textOf(look.reply)).toContain('sudo systemctl restart warbler');
    expect(textOf(look.reply)).toContain(`Made from the case ${slug}.`);
    expect(buttonsOf(look.reply).map(({ action }) => action.verb)).toEqual([
      'approve-version',
      'reject-version',
    ]);
    expect(await press('ada', actionOf(look.reply, 'approve-version'))).toMatchObject({ kind: 'form' });
    expect(await shown('ada', 'review warbler-relay-stuck')).toMatchObject({ tone: 'waiting' });
  });

  it('puts a version into force by a person, in the place of its case, and says so in the audit log', async () => {
    const slug = await propose();
    await decide('ada', 'approve-version', await idOfFirst());
    expect(await bot.toldIn('incidents', 'ada')).toEqual([
      `warbler-relay-stuck, version 1, is in force now. It takes the place of the case ${slug}.`,
    ]);
    expect(await found()).toEqual(['warbler-relay-stuck']);
    const entries = await bot.within(({ audit }) => audit.after(0, 100));
    expect(entries.find(({ event }) => event === 'version.approved')).toMatchObject({
      actor: 'ada',
      details: { notes: 'read it', replaced: slug, author: 'shell', ownWork: false },
    });
    expect(await waiting()).toEqual([]);
  });

  it('keeps a case that is changed after its runbook took its place out of every answer', async () => {
    const slug = await propose();
    const thread = (await threadOfCase()) ?? '';
    const save = { verb: 'save-case', id: thread } as const;
    await decide('ada', 'approve-version', await idOfFirst());
    const form = await press('rae', save);
    if (typeof form === 'string' || form.kind !== 'form') throw new Error('no form');
    const before = Object.fromEntries(form.form.fields.map(({ name, initial }) => [name, initial]));
    expect(before).toMatchObject({ title: 'Warbler relay stuck', resolution: 'Restarted it.' });
    const steps = `${before.steps}\n$ df -h\n(succeeded)`;
    await bot.submit('rae', thread, save, { ...before, steps });
    await bot.submit('rae', thread, save, { ...before, steps });
    expect(await found()).toEqual(['warbler-relay-stuck']);
    const told = (await bot.replies(thread)).filter(({ summary }) =>
      summary.startsWith('Kept with its case'),
    );
    expect(told).toHaveLength(1);
    expect(textOf(told[0])).toContain('warbler-relay-stuck');
    expect(await cli('runbook', 'from-case', slug)).toMatchObject({ out: expect.stringContaining('df -h') });
    // The runbook stops working: nothing stands in the place of the case any more.
    await bot.within(async ({ solutions, searchIndex }) => {
      const runbook = await solutions.named('warbler-relay-stuck');
      if (!runbook) throw new Error('no runbook');
      await solutions.deprecate(runbook.versionId, 'stopped working');
      await searchIndex.remove([runbook.id]);
    });
    await bot.submit('rae', thread, save, { ...before, resolution: 'Restarted the node.' });
    expect(await found()).toEqual([slug]);
  });

  it('asks for the role at the click and for another person than the author', async () => {
    await propose();
    const id = await idOfFirst();
    expect(await press('rae', { verb: 'review', id })).toBe('accepted');
    await decide('rae', 'approve-version', id);
    bot.seeAs('ben', { standing: 'guest' });
    await decide('ben', 'approve-version', id);
    expect(await bot.toldIn('incidents', 'rae')).toContainEqual(
      expect.stringContaining('the role of an approver'),
    );
    expect(await bot.toldIn('incidents', 'ben')).toEqual([
      expect.stringContaining('the role of an approver'),
    ]);
    expect(await cli('review', 'approve', 'warbler-relay-stuck')).toMatchObject({
      code: 1,
      err: expect.stringContaining('You wrote this version'),
    });
    expect(await waiting()).toHaveLength(1);
  });

  it('is told in the thread of its case, whose card says what became of it', async () => {
    await propose();
    const thread = (await threadOfCase()) ?? '';
    const waits = (await bot.replies(thread)).at(-1);
    expect(waits?.summary).toBe('Waits for a review: Warbler relay stuck, version 1');
    expect(await press('ada', actionOf(waits, 'review'))).toMatchObject({ kind: 'shown' });
    await decide('ada', 'reject-version', await idOfFirst(), 'names no cause');
    const closed = (await bot.replies(thread)).at(-1);
    expect(closed?.summary).toBe('Rejected: Warbler relay stuck, version 1');
    expect(textOf(closed)).toContain('names no cause');
    expect(buttonsOf(closed)).toEqual([]);
  });

  it('is decided once, whoever clicks at the same moment', async () => {
    await propose();
    const id = await idOfFirst();
    await Promise.all([decide('ada', 'approve-version', id), decide('ben', 'reject-version', id)]);
    const entries = await bot.within(({ audit }) => audit.after(0, 100));
    expect(entries.filter(({ event }) => /^version\.(approved|rejected)$/.test(event))).toHaveLength(1);
  });

  it('keeps what was rejected out, with its notes, and needs these', async () => {
    const slug = await propose();
    const id = await idOfFirst();
    expect(await decide('ada', 'reject-version', id, ' ')).toMatchObject({ kind: 'invalid' });
    await decide('ada', 'reject-version', id, 'says nothing of the cause');
    expect(await found()).toEqual([slug]);
    expect(await bot.within(({ solutions }) => solutions.version(id))).toMatchObject({ state: 'rejected' });
    await decide('ben', 'approve-version', id);
    expect(await bot.toldIn('incidents', 'ben')).toEqual([expect.stringContaining('somebody decided on it')]);
  });

  const file = (command: string) => ({
    slug: 'relay',
    text: runbookSource('Warbler relay stuck', [{ section: 'Check', command }]),
  });
  /** A version of `relay` that came with an import and waits. */
  const bringIn = (command: string, version: number, parent: number | null = 1): Promise<unknown> =>
    bot.within(async ({ versions, solutions }) => {
      const [known] = await versions.named(['relay']);
      const old = await solutions.named('relay');
      if (!known || !old) throw new Error('no relay');
      await versions.add({
        ...{ slug: 'relay', content: old.content, text: file(command).text, version, state: 'in-review' },
        ...{ reason: null, parent, author: '@sre', source: 'import', origin: 'x', createdAt: Date.now() },
      });
    });
  const inForce = () => bot.within(async ({ solutions }) => (await solutions.named('relay'))?.version);

  it('stays with an imported version that was approved when the older file is read again', async () => {
    await bot.load(file('df -h'));
    await bringIn('df -i', 2);
    expect(await cli('review', 'approve', 'relay', '--notes', 'ok')).toMatchObject({ code: 0, err: '' });
    await bot.load(file('df -h'));
    expect(await inForce()).toBe(2);
    await bot.load(file('df -k'));
    expect(await inForce()).toBe(3);
  });

  it('approves nothing over a newer version than the one that it was made from', async () => {
    await bot.load(file('df -h'));
    await bringIn('df -i', 2);
    await bot.load(file('df -k'));
    expect(await cli('review', 'approve', 'relay')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Version 3 counts by now'),
    });
    expect(await inForce()).toBe(3);
    expect(await cli('review', 'reject', 'relay@2', '--notes', 'old')).toMatchObject({ code: 0 });
  });

  it('approves no older version over a newer one, whatever both were made from', async () => {
    await bot.load(file('df -h'));
    await bringIn('df -i', 2, null);
    await bringIn('df -k', 3, null);
    expect(await cli('review', 'approve', 'relay@3')).toMatchObject({ code: 0 });
    expect(await cli('review', 'approve', 'relay@2')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Version 3 counts by now'),
    });
    expect(await inForce()).toBe(3);
  });

  it('lists what somebody may see, however much of what they may not see is older, and tells nothing of that', async () => {
    const rules = [{ name: 'hidden', scope: { runbooks: ['gizmo-*'] }, terms: { see: 'admin' } }] as const;
    const settings = { ...bot.core.settings, policy: { ...bot.core.settings.policy, rules } };
    bot = await createTestBot(db, undefined, { in: bot.workspace, settings });
    const add = (slug: string) =>
      bot.within(({ reviews }) => {
        const version = { ...someVersion(slug), content: someRunbook(slug) };
        return reviews.propose({ version, parent: null, why: '', evidence: '', runs: [] });
      });
    const hidden: VersionId[] = [];
    for (let number = 0; number < 9; number += 1) hidden.push(await add(`gizmo-${number}`));
    await add('widget');
    expect(textOf(await shown('ada'))).toContain('widget');
    expect(textOf(await shown('ada'))).not.toContain('gizmo');
    expect(textOf(await shown('max'))).toContain('gizmo');
    const id = hidden[0] ?? '';
    for (const verb of ['review', 'approve-version'] as const)
      expect(await press('ada', { verb, id })).toBe('accepted');
    await decide('ada', 'approve-version', id);
    expect(await waiting()).toHaveLength(10);
    expect(new Set(await bot.toldIn('incidents', 'ada'))).toEqual(
      new Set(['Nothing waits for a review under this name any more: somebody decided on it.']),
    );
    expect(await press('max', { verb: 'review', id })).toMatchObject({ kind: 'shown' });
  });

  it('is decided in the shell where a card cannot show all of it', async () => {
    await bot.load(file('df -h'));
    const long = Array.from({ length: 400 }, (_, line) => `echo ${line}`).join('\n');
    await bringIn(long, 2);
    const card = await shown('ada', 'review relay');
    expect(buttonsOf(card).map(({ action }) => action.verb)).toEqual(['reject-version']);
    await decide('ada', 'approve-version', await idOfFirst());
    expect(await inForce()).toBe(1);
    const printed = await cli('review', 'show', 'relay');
    expect(printed.out).toContain('+echo 399');
    expect((await cli('review', 'list', '--json')).out).toContain('"name":"relay@2"');
  });
});

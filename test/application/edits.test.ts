import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { MessagePosted } from '#domain/intent.ts';
import {
  actionOf,
  buttonsOf,
  createOwnBot,
  knownSecret,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';
import { textOf } from '#test/support/run-story.ts';

const problem = 'disk is full on web-01';
const unknown = 'the flux capacitor is broken';

describeOnEmbedded('edits and deletions', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    const text = runbookSource('Disk full on a web host', [{ section: 'Check', command: 'df -h' }]);
    bot = await createOwnBot(db, { hosts: [someHost()], runbooks: [{ slug: 'disk-full', text }] });
  });

  const edit = (id: string, text: string, changes: Partial<MessagePosted> = {}) =>
    bot.hand({
      ...bot.asking('rae'),
      id,
      text,
      mentionsBot: false,
      at: 2,
      ...changes,
      kind: 'message-edited',
    });
  const remove = (id: string, who = 'rae') => bot.hand({ kind: 'message-deleted', ...bot.asking(who), id });
  const inThread = (thread: string) => ({ place: { ...bot.asking('rae').place, thread } });
  const incidentOf = (thread: string) =>
    bot.within(({ incidents }) => incidents.inThread('incidents', thread));

  it('answers anew in the same post what had no good match', async () => {
    const thread = await bot.say('rae', unknown);
    expect(textOf((await bot.replies(thread))[0])).toContain('No good match');
    await edit(thread, problem);
    const [answer, ...more] = await bot.replies(thread);
    expect(more).toEqual([]);
    expect(answer?.summary).toContain('Disk full on a web host');
    expect(await incidentOf(thread)).toMatchObject({ problem });
    expect(buttonsOf(answer).map(({ action }) => action.verb)).toContain('use');
  });

  it('says honestly again that nothing fits, with the new words', async () => {
    const thread = await bot.say('rae', unknown);
    await edit(thread, 'the warp core is broken');
    const [answer, ...more] = await bot.replies(thread);
    expect(more).toEqual([]);
    expect(textOf(answer)).toContain('warp');
  });

  it('restates the incident only, where solutions were shown', async () => {
    const thread = await bot.say('rae', problem);
    const before = await bot.replies(thread);
    await edit(thread, `${problem}, since noon`);
    expect(await bot.replies(thread)).toEqual(before);
    expect(await incidentOf(thread)).toMatchObject({ problem: `${problem}, since noon` });
  });

  it('takes the newest text, in whatever order they come, also as a root that names itself as its thread', async () => {
    const thread = await bot.say('rae', unknown);
    await edit(thread, problem, { at: 5, ...inThread(thread) });
    await edit(thread, 'the warp core is broken', { at: 4 });
    expect(await incidentOf(thread)).toMatchObject({ problem });
    expect((await bot.replies(thread))[0]?.summary).toContain('Disk full');
  });

  it('hears a mention that an edit adds, and answers no other old message', async () => {
    const thread = await bot.say('rae', 'good morning');
    await edit(thread, problem);
    expect(await bot.replies(thread)).toEqual([]);
    await edit(thread, `@recourse ${problem}`, { at: 3, mentionsBot: true });
    expect(await bot.replies(thread)).toHaveLength(1);
    await edit(thread, `@recourse ${problem} `, { at: 4, mentionsBot: true });
    expect(await bot.replies(thread)).toHaveLength(1);
  });

  it('makes an answer of the help that a greeting got', async () => {
    const thread = await bot.say('rae', '@recourse hello', { mentionsBot: true });
    await edit(thread, `@recourse ${problem}`, { mentionsBot: true });
    const [answer, ...more] = await bot.replies(thread);
    expect(more).toEqual([]);
    expect(answer?.summary).toContain('Disk full');
  });

  it('hears no edit where it is off', async () => {
    const thread = await bot.say('rae', unknown);
    await bot.command('max', 'mode', 'off');
    await edit(thread, problem);
    expect(textOf((await bot.replies(thread))[0])).toContain('No good match');
  });

  it('stores no known secret of an edit', async () => {
    const thread = await bot.say('rae', unknown);
    await edit(thread, `${problem}, the password is ${knownSecret}`);
    const rows = await db.open.database.execute(
      `select (select jsonb_agg(intent)::text from inbox) || (select string_agg(problem, ' ') from incidents) as text`,
    );
    expect(JSON.stringify(rows)).toContain('the password is');
    expect(JSON.stringify(rows)).not.toContain(knownSecret);
  });

  it('closes the answer whose question was deleted, forgets its words, and lets nobody use it', async () => {
    const thread = await bot.say('rae', problem);
    const use = actionOf((await bot.replies(thread))[0], 'use');
    await remove(thread);
    await remove(thread);
    const [answer, ...more] = await bot.replies(thread);
    expect(more).toEqual([]);
    expect(textOf(answer)).toContain('The question was deleted');
    expect(buttonsOf(answer)).toEqual([]);
    expect(await incidentOf(thread)).toMatchObject({ state: 'dismissed', problem: '' });
    await bot.submit('rae', thread, use.id, { host: 'web-01' });
    expect(await bot.told('rae', thread)).toEqual([expect.stringContaining('question was deleted')]);
    expect(await bot.replies(thread)).toHaveLength(1);
  });

  it('closes every answer in the thread, also the closest that somebody asked for', async () => {
    const thread = await bot.say('rae', unknown);
    await bot.say('ada', `@recourse ${unknown} badly`, { thread, mentionsBot: true });
    await remove(thread);
    const replies = await bot.replies(thread);
    expect(replies).toHaveLength(2);
    for (const reply of replies) expect(textOf(reply)).toContain('The question was deleted');
  });

  it('lets a run go on whose question was deleted, and says so once', async () => {
    const thread = await bot.say('rae', problem);
    const use = actionOf((await bot.replies(thread))[0], 'use');
    await bot.submit('rae', thread, use.id, { host: 'web-01' });
    const before = await bot.replies(thread);
    await remove(thread);
    await remove(thread);
    const after = await bot.replies(thread);
    expect(after.slice(0, -1)).toEqual(before);
    expect(textOf(after.at(-1))).toContain('goes on');
    expect(await incidentOf(thread)).toMatchObject({ state: 'open', problem });
  });

  it('changes nothing when another message of the thread is deleted', async () => {
    const thread = await bot.say('rae', problem);
    const reply = await bot.say('ada', 'looking', { thread });
    const before = await bot.replies(thread);
    await remove(reply, 'ada');
    expect(await bot.replies(thread)).toEqual(before);
    expect(await incidentOf(thread)).toMatchObject({ state: 'open' });
  });

  it('opens no incident for an edit that is heard after the deletion', async () => {
    const id = db.ids.nonce();
    await bot.hand({ kind: 'message-deleted', ...bot.asking('rae'), id, at: 3 });
    await edit(id, problem, { mentionsBot: true });
    expect(await incidentOf(id)).toBeUndefined();
    expect(await bot.replies(id)).toEqual([]);
  });

  it('does not answer a message whose deletion came first', async () => {
    const id = db.ids.nonce();
    await remove(id);
    const late = { ...bot.asking('rae'), id, text: problem, mentionsBot: false, at: 1 } as const;
    await bot.hand({ kind: 'message-posted', ...late });
    expect(await bot.replies(id)).toEqual([]);
  });

  it('answers again in a closed thread when it is mentioned there', async () => {
    const thread = await bot.say('rae', problem);
    await remove(thread);
    await bot.say('ada', `@recourse ${problem}`, { thread, mentionsBot: true });
    expect(await incidentOf(thread)).toMatchObject({ state: 'open', problem });
    const use = actionOf((await bot.replies(thread))[1], 'use');
    await bot.submit('ada', thread, use.id, { host: 'web-01' });
    expect(await bot.replies(thread)).toHaveLength(3);
  });
});

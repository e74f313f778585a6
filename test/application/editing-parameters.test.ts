import { beforeAll, beforeEach, expect, it } from 'vitest';
import { actionOf, buttonsOf, createOwnBot, runbookSource, type TestBot } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';
import { textOf } from '#test/support/run-story.ts';

const steps = [
  { section: 'Fix', command: 'rm -r {{path}}' },
  { section: 'Verify', command: 'df -h {{path}} {{path}}' },
];
const parameters = '  host: { type: host }\n  path: { type: path, default: /var/log }';

describeOnBothEngines('editing the parameters of a step that waits', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    const text = runbookSource('Disk full on a web host', steps, parameters);
    bot = await createOwnBot(db, { hosts: [someHost()], runbooks: [{ slug: 'disk', text }] });
  });

  const start = async () => {
    const thread = await bot.say('rae', 'disk is full on web-01');
    const use = actionOf((await bot.replies(thread))[0], 'use');
    await bot.submit('rae', thread, use.id, { host: 'web-01', path: '/srv/a' });
    const card = (await bot.replies(thread))[1];
    return { thread, edit: actionOf(card, 'edit'), approve: actionOf(card, 'approve') };
  };

  it('opens the form with the values of the run', async () => {
    const { thread, edit } = await start();
    expect(await bot.press('rae', thread, edit)).toMatchObject({
      kind: 'form',
      form: { action: edit, fields: [{ initial: 'web-01' }, { name: 'path', initial: '/srv/a' }] },
    });
  });

  it('replaces the step by one with the new values, and no approval of the old one counts', async () => {
    const { thread, edit, approve } = await start();
    await bot.press('ada', thread, approve);
    expect(await bot.submit('rae', thread, edit, { host: 'web-01', path: '/srv/b' })).toEqual({
      kind: 'accepted',
    });
    const [, old, fresh, ...more] = await bot.replies(thread);
    expect(more).toEqual([]);
    expect(textOf(old)).toContain('replaced by the same step with other values');
    expect(buttonsOf(old)).toEqual([]);
    expect(textOf(fresh)).toContain('rm -r /srv/b');
    expect(textOf(fresh)).not.toContain('Approved so far');
    await bot.press('ben', thread, approve);
    expect(await bot.told('ben', thread)).toEqual([expect.stringContaining('Already decided')]);
    expect(db.jobs).toEqual([]);
  });

  it('makes whoever changed the values the one who asks, so that they cannot approve them', async () => {
    const { thread, edit } = await start();
    await bot.submit('ada', thread, edit, { host: 'web-01', path: '/srv/b' });
    await bot.press('ada', thread, actionOf((await bot.replies(thread))[2], 'approve'));
    expect(await bot.told('ada', thread)).toEqual([expect.stringContaining('You asked for this run')]);
  });

  it('does not let who started the run approve it after somebody else has changed the values', async () => {
    await bot.within(({ people }) => people.setRole('rae', 'rae', 'approver'));
    const { thread, edit } = await start();
    await bot.submit('ada', thread, edit, { host: 'web-01', path: '/srv/b' });
    await bot.press('rae', thread, actionOf((await bot.replies(thread))[2], 'approve'));
    expect(await bot.told('rae', thread)).toEqual([expect.stringContaining('You asked for this run')]);
  });

  it('refuses beside the field what would end the run: a command too long to be shown', async () => {
    const { thread, edit } = await start();
    const path = `/srv/${'x'.repeat(1000)}`;
    expect(await bot.submit('rae', thread, edit, { host: 'web-01', path })).toMatchObject({
      kind: 'invalid',
      errors: { path: expect.stringContaining('too long') },
    });
    expect(await bot.replies(thread)).toHaveLength(2);
  });

  it('tells beside the field what cannot be taken', async () => {
    const { thread, edit } = await start();
    expect(await bot.submit('rae', thread, edit, { host: 'web-01', path: 'x' })).toMatchObject({
      kind: 'invalid',
      errors: { path: expect.any(String) },
    });
    expect(await bot.replies(thread)).toHaveLength(2);
  });

  it('changes nothing for a viewer, for the same values, or once the step was decided', async () => {
    const { thread, edit } = await start();
    await bot.submit('vic', thread, edit, { host: 'web-01', path: '/srv/b' });
    expect(await bot.told('vic', thread)).toEqual([expect.stringContaining('role responder')]);
    await bot.submit('rae', thread, edit, { host: 'web-01', path: '/srv/a' });
    await bot.press('ben', thread, { verb: 'reject', id: edit.id });
    await bot.submit('rae', thread, edit, { host: 'web-01', path: '/srv/b' });
    await bot.press('rae', thread, edit);
    expect(await bot.told('rae', thread)).toEqual([
      expect.stringContaining('nothing changed'),
      expect.stringContaining('does not wait any more'),
      expect.stringContaining('does not wait any more'),
    ]);
    expect(await bot.replies(thread)).toHaveLength(2);
  });
});

import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Action } from '#domain/action.ts';
import { defaultPolicy } from '#domain/policy/policy.ts';
import type { FormValues } from '#domain/reply.ts';
import type { Received } from '#ports/inbound.ts';
import { actionOf, buttonsOf, createOwnBot, createTestBot, type TestBot } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';
import { textOf } from '#test/support/run-story.ts';

describeOnBothEngines('making a runbook of a case', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  let thread: string;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, { hosts: [someHost({ name: 'demo-web-01' })] });
    thread = await bot.say('rae', 'Warbler relay is stuck on demo-web-01');
    await bot.submit('rae', thread, { verb: 'save-case', id: thread }, saved);
  });

  const saved = {
    ...{ title: 'Warbler relay stuck', symptoms: 'Warbler relay is stuck.', resolution: 'Restarted it.' },
    ...{ applies_to: 'os=linux, application=warbler', tags: 'relay' },
    steps: '$ df -h /var/log/warbler\n(succeeded)\n$ sudo systemctl restart warbler\n(succeeded)',
  };
  const card = async () =>
    (await bot.replies(thread)).findLast(({ summary }) => summary.startsWith('Saved as a case'));
  const button = async (): Promise<Action> => actionOf(await card(), 'make-runbook');
  const valuesOf = (received: Received): FormValues => {
    if (received.kind !== 'form') throw new Error(`no form: ${JSON.stringify(received)}`);
    return Object.fromEntries(received.form.fields.map(({ name, initial }) => [name, initial]));
  };
  const waiting = () => bot.within(({ reviews }) => reviews.waiting(10));
  const slugs = async () => (await bot.within(({ solutions }) => solutions.all())).map(({ slug }) => slug);

  it('fills the form with what the case says, and says what its steps will need', async () => {
    const opened = await bot.press('rae', thread, await button());
    expect(valuesOf(opened)).toMatchObject({
      title: 'Warbler relay stuck',
      steps: expect.stringContaining('df -h {{path}}'),
      parameters: expect.stringContaining('path: { type: path, default: /var/log/warbler'),
      description: 'Warbler relay is stuck.',
      applies_to: 'os=linux, application=warbler',
      tags: 'relay',
      owner: 'rae',
    });
    expect(opened).toMatchObject({
      form: { intro: expect.stringContaining('1 step only reads, 1 step needs an approver.') },
    });
  });

  it('puts what was filled in into review, whence it takes the place of the case', async () => {
    const action = await button();
    const values = valuesOf(await bot.press('rae', thread, action));
    const steps = `${values.steps}\n\n## Verify\n\nIt answers.\n\n\`\`\`sh\nsystemctl is-active warbler\n\`\`\``;
    const wrong = await bot.submit('rae', thread, action, { ...values, parameters: 'path: {' });
    expect(wrong).toMatchObject({ errors: { parameters: expect.stringContaining('Line 1') } });
    expect(await waiting()).toEqual([]);
    await bot.submit('rae', thread, action, { ...values, title: 'Warbler relay hangs', steps });
    const [review] = await waiting();
    expect(review).toMatchObject({ slug: 'warbler-relay-hangs', author: 'rae', source: 'case' });
    expect(review?.text).toContain('systemctl is-active warbler');
    expect(await bot.told('rae', thread)).toContain(
      'Warbler relay hangs waits for a review as warbler-relay-hangs.',
    );
    const told = (await bot.replies(thread)).at(-1);
    expect(told?.summary).toBe('Waits for a review: Warbler relay hangs, version 1');
    await bot.submit('ada', thread, { verb: 'approve-version', id: review?.versionId ?? '' }, { notes: '' });
    expect(await slugs()).toEqual(['warbler-relay-hangs']);
    // From here on it is the next version of the same, also from the card of the case.
    expect(valuesOf(await bot.press('rae', thread, action)).title).toBe('Warbler relay stuck');
    await bot.submit('rae', thread, action, values);
    expect(await waiting()).toMatchObject([{ slug: 'warbler-relay-hangs', version: 2 }]);
    expect(await bot.press('rae', thread, action)).toMatchObject({
      form: { intro: expect.stringContaining('Another version waits for a review already.') },
    });
  });

  it('makes the next version of a runbook in force, and of no other', async () => {
    const action = await button();
    await bot.submit('rae', thread, action, valuesOf(await bot.press('rae', thread, action)));
    const [first] = await waiting();
    const id = first?.versionId ?? '';
    expect(await bot.press('rae', thread, { verb: 'make-runbook', id })).toMatchObject({ kind: 'accepted' });
    await bot.submit('ada', thread, { verb: 'approve-version', id }, { notes: '' });
    const values = valuesOf(await bot.press('rae', thread, { verb: 'make-runbook', id }));
    await bot.submit('rae', thread, { verb: 'make-runbook', id }, { ...values, tags: 'relay, restart' });
    const [next] = await waiting();
    expect(next).toMatchObject({ version: 2, source: 'human', before: { version: 1 } });
    await bot.submit('ada', thread, { verb: 'approve-version', id: next?.versionId ?? '' }, { notes: '' });
    expect(await slugs()).toEqual(['warbler-relay-stuck']);
    await bot.submit('rae', thread, { verb: 'make-runbook', id }, values);
    expect(await waiting()).toEqual([]);
    expect((await bot.told('rae', thread)).at(-1)).toContain('another version counts by now');
  });

  it('asks for the role responder, and for leave to see the case', async () => {
    const action = await button();
    const values = valuesOf(await bot.press('rae', thread, action));
    expect(await bot.press('vic', thread, action)).toMatchObject({ kind: 'accepted' });
    await bot.submit('vic', thread, action, values);
    const rules = [{ name: 'hidden', scope: { runbooks: ['case-*'] }, terms: { see: 'admin' } }] as const;
    const settings = { ...bot.core.settings, policy: { ...defaultPolicy, rules } };
    const strict = await createTestBot(db, undefined, { settings, in: bot.workspace });
    expect(await strict.press('rae', thread, action)).toMatchObject({ kind: 'accepted' });
    await strict.submit('rae', thread, action, values);
    expect(await waiting()).toEqual([]);
    expect(valuesOf(await strict.press('max', thread, action)).title).toBe('Warbler relay stuck');
  });

  it('is offered by a case that somebody chose', async () => {
    const again = await bot.say('rae', 'Warbler relay is stuck again');
    await bot.press('rae', again, actionOf((await bot.replies(again))[0], 'use'));
    const chosen = (await bot.replies(again)).find(({ summary }) => summary.startsWith('Past case'));
    expect(buttonsOf(chosen).map(({ label }) => label)).toEqual(['Make a runbook']);
    expect(valuesOf(await bot.press('rae', again, actionOf(chosen, 'make-runbook'))).title).toBe(
      'Warbler relay stuck',
    );
    expect(textOf(chosen)).toContain('not executed');
  });
});

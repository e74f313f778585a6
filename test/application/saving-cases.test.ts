import { beforeAll, beforeEach, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import type { Received } from '#ports/inbound.ts';
import {
  actionOf,
  buttonsOf,
  createOwnBot,
  knownSecret,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someHost, someResult } from '#test/support/rows.ts';
import { textOf } from '#test/support/run-story.ts';

describeOnBothEngines('saving a thread as a case', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    const text = runbookSource('Disk full on a web host', [{ section: 'Check', command: 'df -h' }]);
    bot = await createOwnBot(db, { hosts: [someHost()], runbooks: [{ slug: 'disk', text }] });
  });

  const formOf = (received: Received) => {
    if (received.kind !== 'form') throw new Error(`no form: ${JSON.stringify(received)}`);
    return received.form;
  };
  const initials = (received: Received) =>
    Object.fromEntries(formOf(received).fields.map(({ name, initial }) => [name, initial]));
  const save = (thread: string) => ({ verb: 'save-case', id: thread }) as const;
  const written = {
    title: 'Zookeeper lost its quorum',
    symptoms: 'zookeeper quorum lost, kafka brokers complain',
    resolution: 'Restarted the second zookeeper node.',
    tags: 'kafka, zookeeper, kafka',
  };

  it('pre-fills the form with the problem and what was run, without secrets', async () => {
    const thread = await bot.say('rae', 'disk is full on web-01');
    const use = actionOf((await bot.replies(thread))[0], 'use');
    await bot.submit('rae', thread, use.id, { host: 'web-01' });
    await bot.within(async ({ runs }) => {
      const run = await runs.ofRecommendation(use.id as never);
      const [step] = run ? await runs.steps(run.id) : [];
      if (!step) throw new Error('no step');
      await runs.decide(step.id, 'approved');
      await runs.claim(step.id, 'test', 1000);
      await runs.begin(step.id, 'test', 1000);
      await runs.end(
        step.id,
        'test',
        someResult({ stdout: `/dev/sda1 100% ${knownSecret}${'x'.repeat(5000)}` }),
      );
    });
    const form = initials(await bot.press('rae', thread, save(thread)));
    expect(form).toMatchObject({ title: 'disk is full on web-01', symptoms: 'disk is full on web-01' });
    expect(form).toMatchObject({ root_cause: '', resolution: '' });
    expect(form.steps).toContain('$ df -h');
    expect(form.steps?.length).toBeLessThan(1200);
    expect(JSON.stringify(form)).not.toContain(knownSecret);
  });

  it('takes no case without what fixed it, and none with a secret', async () => {
    const thread = await bot.say('rae', 'good morning');
    const errors = async (values: object) =>
      bot.submit('rae', thread, save(thread), { ...written, ...values });
    expect(await errors({ resolution: ' ' })).toMatchObject({ errors: { resolution: expect.any(String) } });
    expect(await errors({ title: '' })).toMatchObject({ errors: { title: expect.any(String) } });
    expect(await errors({ steps: `x ${knownSecret}` })).toMatchObject({
      errors: { steps: expect.stringContaining('secret') },
    });
    expect(await bot.replies(thread)).toEqual([]);
  });

  it('keeps it, says so in the thread, and finds it for the next who has the problem', async () => {
    const thread = await bot.say('rae', 'good morning');
    await bot.submit('rae', thread, save(thread), written);
    await bot.submit('rae', thread, save(thread), written);
    const [card, ...more] = await bot.replies(thread);
    expect(more).toEqual([]);
    expect(textOf(card)).toContain('Restarted the second zookeeper node.');
    const incident = await bot.within(({ incidents }) => incidents.inThread('incidents', thread));
    expect(incident?.state).toBe('resolved');
    const other = await bot.say('ada', 'zookeeper quorum lost, kafka brokers complain');
    expect((await bot.replies(other))[0]?.summary).toContain('Zookeeper lost its quorum');
  });

  it('is edited by saving again, which makes a new version of the same case', async () => {
    const thread = await bot.say('rae', 'good morning');
    await bot.submit('rae', thread, save(thread), written);
    const edit = actionOf((await bot.replies(thread))[0], 'save-case');
    const form = initials(await bot.press('ada', thread, edit));
    expect(form).toMatchObject({ title: written.title, tags: 'kafka, zookeeper' });
    await bot.submit('ada', thread, edit, { ...written, resolution: 'Restarted all nodes.' });
    const cases = (await bot.within(({ solutions }) => solutions.all())).filter(
      ({ content }) => content.kind === 'case',
    );
    expect(cases).toMatchObject([{ version: 2, content: { case: { resolution: 'Restarted all nodes.' } } }]);
  });

  it('keeps its owner when somebody else edits it, and all that a form has no room for', async () => {
    const thread = await bot.say('rae', 'good morning');
    const long = Array.from({ length: 700 }, (_, at) => `$ step ${at}`).join('\n');
    await bot.submit('rae', thread, save(thread), { ...written, steps: long });
    const form = initials(await bot.press('ada', thread, save(thread)));
    expect(form.owner).toBe('rae');
    expect(form.steps?.length).toBeLessThan(2_601);
    await bot.submit('ada', thread, save(thread), { ...form, title: 'Quorum lost' });
    const kept = async () => {
      const all = await bot.within(({ solutions }) => solutions.all());
      return all.find(({ content }) => content.kind === 'case')?.content;
    };
    expect(await kept()).toMatchObject({ case: { title: 'Quorum lost', owner: 'rae', steps: long } });
    await bot.submit('ada', thread, save(thread), { ...form, owner: '@sre', steps: '$ one' });
    expect(await kept()).toMatchObject({ case: { owner: '@sre', steps: '$ one' } });
    const stale = await bot.submit('rae', thread, save(thread), form);
    expect(stale).toMatchObject({
      kind: 'invalid',
      errors: { steps: expect.stringContaining('Open it anew') },
    });
  });

  const symptoms = 'zookeeper quorum lost, kafka brokers complain';
  const saveAs = async (who: 'rae' | 'ada', thread: string, text = written) => {
    await bot.submit(who, thread, save(thread), text);
    return actionOf((await bot.replies(thread)).at(-1), 'discard-case');
  };
  const isFound = async () =>
    textOf((await bot.replies(await bot.say('ada', symptoms)))[0]).includes(written.title);
  // As the application: the owner of a server's tables obeys row-level security.
  const eventsAbout = (event: string) =>
    inWorkspace(db.open.database, bot.workspace, (executor) =>
      executor.execute(`select actor from audit_entries where event = '${event}'`),
    );

  it('is discarded by who saved it: no question finds it, its card says so, and it can be saved anew', async () => {
    const thread = await bot.say('rae', 'good morning');
    const discard = await saveAs('rae', thread);
    expect(await isFound()).toBe(true);
    await bot.press('rae', thread, discard);
    expect(await isFound()).toBe(false);
    const [card, ...more] = await bot.replies(thread);
    expect(card?.summary).toBe('Discarded the case: Zookeeper lost its quorum');
    expect(buttonsOf(card)).toEqual([]);
    expect(more).toEqual([]);
    expect(JSON.stringify(await eventsAbout('case.discarded'))).toContain('rae');
    await bot.press('rae', thread, discard);
    expect(await bot.told('rae', thread)).toEqual([expect.stringContaining('edited or discarded')]);
    await saveAs('rae', thread);
    expect(await isFound()).toBe(true);
  });

  it('is discarded by no other responder, by an approver, and never by the card of an older version', async () => {
    const thread = await bot.say('rae', 'good morning');
    const first = await saveAs('rae', thread);
    const second = await saveAs('ada', thread, { ...written, resolution: 'Restarted all nodes.' });
    await bot.press('max', thread, first);
    await bot.press('rae', thread, second);
    await bot.press('vic', thread, second);
    expect(await bot.told('max', thread)).toEqual([expect.stringContaining('edited or discarded')]);
    for (const who of ['rae', 'vic'])
      expect(await bot.told(who, thread)).toEqual([expect.stringContaining('or by an approver')]);
    expect(await isFound()).toBe(true);
    await bot.press('ben', thread, second);
    expect(await isFound()).toBe(false);
  });

  it('is opened from no answer that showed it before it was discarded', async () => {
    const thread = await bot.say('rae', 'good morning');
    const discard = await saveAs('rae', thread);
    const other = await bot.say('rae', symptoms);
    await bot.press('rae', thread, discard);
    await bot.press('rae', other, actionOf((await bot.replies(other))[0], 'use'));
    expect(await bot.told('rae', other)).toEqual([expect.stringContaining('is gone')]);
  });

  it('is for responders, and asks which thread where none is known', async () => {
    const thread = await bot.say('rae', 'disk is full on web-01');
    await bot.press('vic', thread, save(thread));
    await bot.submit('vic', thread, save(thread), written);
    expect(await bot.told('vic', thread)).toEqual(Array(2).fill(expect.stringContaining('role responder')));
    const asked = await bot.slash('rae', 'save');
    if (asked.kind !== 'shown') throw new Error('nothing shown');
    expect(actionOf(asked.reply, 'save-case')).toEqual(save(thread));
    expect(initials(await bot.press('rae', null, save(thread)))).toMatchObject({
      title: 'disk is full on web-01',
    });
    expect(formOf(await bot.slash('rae', 'save', { thread })).action).toEqual(save(thread));
  });
});

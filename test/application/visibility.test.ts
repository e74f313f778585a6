import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Action } from '#domain/action.ts';
import type { SolutionId, VersionId } from '#domain/ids.ts';
import type { Received } from '#ports/inbound.ts';
import { createOwnBot, type TestBot } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { inChannel } from '#test/support/in-channel.ts';
import { someHost } from '#test/support/rows.ts';
import { someRate } from '#test/support/solutions.ts';

/** In whatever the cases say, and in nothing that somebody asks. */
const mark = 'zebrafish';

describeOnBothEngines('a case for some channels only', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  let secret: ReturnType<typeof inChannel>;
  let town: ReturnType<typeof inChannel>;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, { hosts: [someHost({ name: 'web-01' })] });
    secret = inChannel(db, bot, 'secret', false);
    town = inChannel(db, bot, 'town', true);
  });

  const written = {
    ...{ title: `Kafka of the ${mark}`, symptoms: 'kafka brokers complain, quorum lost' },
    ...{ resolution: `Fed the ${mark}.`, steps: '$ systemctl restart kafka\n(succeeded)' },
  };
  const problem = 'kafka brokers complain, quorum lost';
  const formOf = (received: Received) => {
    if (received.kind !== 'form') throw new Error(`no form: ${JSON.stringify(received)}`);
    return Object.fromEntries(received.form.fields.map(({ name, initial }) => [name, initial]));
  };
  const saveAction = (thread: string): Action => ({ verb: 'save-case', id: thread });
  /** Saves a case in a channel, with what its form proposes for whom it is; the slug and the version of it. */
  const save = async (at: typeof secret, changes: object = {}) => {
    const thread = await at.say('rae', 'good morning');
    const form = formOf(await at.press('rae', thread, saveAction(thread)));
    const values = { ...written, visibility: form.visibility ?? '', ...changes };
    await at.submit('rae', thread, saveAction(thread), values);
    const found = (await bot.within(({ solutions }) => solutions.all())).at(-1);
    if (!found) throw new Error('nothing was saved');
    return { ...found, thread };
  };
  const shownIn = async (at: typeof secret, who = 'rae') => {
    await at.say(who, problem);
    return (await at.said()).includes(mark);
  };

  it('is for its channel where that is not open, and for everybody where it is', async () => {
    await save(secret);
    expect(await shownIn(secret)).toBe(true);
    expect(await shownIn(town)).toBe(false);
    const form = formOf(await town.press('rae', 'new', saveAction('new')));
    expect(form.visibility).toBe('workspace');
    await save(town);
    expect(await shownIn(secret)).toBe(true);
    const unknown = inChannel(db, bot, 'unknown');
    expect(formOf(await unknown.press('rae', 'new', saveAction('new'))).visibility).toBe('channel');
  });

  it('takes what an administrator set for its channel, and another word in the form', async () => {
    expect(await town.slash('rae', 'visibility new channel')).toMatchObject({
      reply: { summary: expect.stringContaining('administrator') },
    });
    await town.slash('max', 'visibility new channel');
    expect(formOf(await town.press('rae', 'new', saveAction('new'))).visibility).toBe('channel');
    const team = { ...written, visibility: 'team' };
    expect(await town.submit('rae', 'new', saveAction('new'), team)).toMatchObject({
      errors: { visibility: expect.stringContaining('no team') },
    });
    await save(town, { visibility: 'Workspace' });
    expect(await shownIn(secret)).toBe(true);
  });

  it('is for the channels of a team while they are of it', async () => {
    const annex = inChannel(db, bot, 'annex');
    for (const at of [secret, annex]) await at.slash('max', 'visibility team Payments');
    await save(secret, { visibility: 'team' });
    expect(await shownIn(annex)).toBe(true);
    expect(await shownIn(town)).toBe(false);
    await annex.slash('max', 'visibility team none');
    await annex.say('ada', 'good morning');
    const { slug } = (await bot.within(({ solutions }) => solutions.all()))[0] ?? { slug: '' };
    expect(await annex.slash('ada', `visibility ${slug}`)).toMatchObject({
      reply: { summary: expect.stringContaining('Nothing of the name') },
    });
    expect(await bot.within(({ visibility }) => visibility.isHidden(slug, 'annex'))).toBe(true);
  });

  it('is widened by whoever saved it first or an administrator, and the audit log has it', async () => {
    const { slug, thread } = await save(secret);
    const refused = await secret.slash('ada', `visibility ${slug} workspace`);
    expect(refused).toMatchObject({ reply: { summary: expect.stringContaining('stays as it is') } });
    // An edit does not give the right.
    const edit = { ...written, resolution: `Fed the ${mark} twice.`, visibility: 'workspace' };
    await secret.submit('ada', thread, saveAction(thread), edit);
    expect(await secret.said()).toContain('stays as it is');
    expect(await secret.said()).toContain('twice');
    await secret.slash('ada', `visibility ${slug} workspace`);
    expect(await shownIn(town)).toBe(false);
    // Nobody is told elsewhere that there is such a case.
    await town.slash('max', `visibility ${slug} workspace`);
    expect(await shownIn(town)).toBe(false);
    await secret.slash('rae', `visibility ${slug} workspace`);
    const changes = await bot.within(({ audit }) => audit.after(0, 500));
    expect(changes.filter(({ event }) => event === 'visibility.set')).toMatchObject([
      { actor: 'rae', details: { slug, before: 'channel', visibility: 'workspace' } },
    ]);
    expect(await shownIn(town)).toBe(true);
    await secret.slash('rae', `visibility ${slug} channel`);
    const other = inChannel(db, bot, 'other', true);
    expect(await shownIn(other)).toBe(false);
  });

  it('is opened and used no more from what showed it before', async () => {
    const { slug } = await save(town);
    const asked = await secret.say('rae', problem);
    const [shown] = await bot.within(async ({ incidents, recommendations }) => {
      const incident = await incidents.inThread('secret', asked);
      return incident ? recommendations.inIncident(incident.id) : [];
    });
    const id = shown?.id ?? '';
    const more = () => secret.press('rae', asked, { verb: 'more', id });
    expect(JSON.stringify(await more())).toContain('Fed the');
    await town.slash('rae', `visibility ${slug} channel`);
    expect(JSON.stringify(await more())).not.toContain(mark);
    await secret.press('rae', asked, { verb: 'use', id });
    expect(await secret.said()).not.toContain('Fed the');
    expect(await secret.said()).toContain('not shown here any more');
  });

  /** A runbook in force and one in review, made of cases of `secret`; what they have is all that a channel can show. */
  const fill = async () => {
    const made = async (name: string) => {
      const { versionId: id, thread } = await save(secret, { title: `${name} of the ${mark}` });
      const action = { verb: 'make-runbook', id } as const;
      const opened = await secret.press('rae', thread, action);
      expect(JSON.stringify(opened)).toContain('this channel alone, until an approver widens that');
      await secret.submit('rae', thread, action, formOf(opened));
      return (await bot.within(({ reviews }) => reviews.waiting(9))).at(-1);
    };
    const first = await made('Queue');
    await secret.submit('ada', null, { verb: 'approve-version', id: first?.versionId ?? '' }, { notes: '' });
    const waits = await made('Relay');
    await start(secret, first?.solutionId ?? '');
    await bot.within(({ signals }) =>
      signals.saveFold(
        new Map([[first?.solutionId as SolutionId, someRate({ worked: 9, tried: 9, success: 0.9 })]]),
        9,
      ),
    );
    return {
      inForce: first?.solutionId ?? '',
      waits: waits?.versionId as VersionId,
      slug: first?.slug ?? '',
    };
  };

  /** Its form, as somebody sends it who knows the id. */
  const start = async (at: typeof secret, solution: string) => {
    const thread = await at.say('rae', 'something of web-01 is odd');
    const run = { verb: 'run', id: `${solution}/${db.ids.next()}` } as const;
    await at.submit('rae', thread, run, { host: 'web-01' });
  };

  it('has a runbook that is for the same, wherever text of either could be shown', async () => {
    const { inForce, waits, slug } = await fill();
    const shows = async (at: typeof secret): Promise<Readonly<Record<string, boolean>>> => {
      await start(at, inForce);
      const alert = { labels: {}, runbookUrl: `https://wiki.example/${slug}` };
      await at.say('ada', 'something is odd', alert);
      await at.say('ada', problem);
      const has = (value: unknown) => JSON.stringify(value).includes(mark);
      const press = async (verb: Action['verb'], id: string) =>
        has(await at.press('ada', null, { verb, id }));
      return {
        answers: has(await at.said()),
        insights: has(await at.slash('ada', 'insights')),
        runbooks: has(await at.slash('ada', 'runbooks')),
        runs: has(await at.slash('ada', 'runs')),
        review: has(await at.slash('ada', 'review')),
        named: (await at.slash('ada', `run ${slug}`)).kind === 'form',
        typed: has(await at.suggest('ada', '')),
        start: await press('run', inForce),
        version: await press('make-runbook', (await versionOf(inForce)) ?? ''),
        look: await press('review', waits),
        approve: await press('approve-version', waits),
      };
    };
    const versionOf = async (id: string) =>
      (await bot.within(({ solutions }) => solutions.find(id as SolutionId)))?.versionId;
    const own = await shows(secret);
    expect(Object.entries(own).filter(([, is]) => !is)).toEqual([]);
    const other = await shows(town);
    expect(Object.entries(other).filter(([, is]) => is)).toEqual([]);
    expect(JSON.stringify(await bot.home('ada'))).not.toContain(mark);
    await secret.slash('rae', `visibility ${slug} workspace`);
    expect(JSON.stringify(await bot.home('ada'))).not.toContain(mark);
    await secret.slash('ada', `visibility ${slug} workspace`);
    expect(JSON.stringify(await bot.home('ada'))).toContain(mark);
    expect((await shows(town)).runs).toBe(true);
  });

  /** The runbook of a case that is for `visibility` in `town`, in force. */
  const madeFrom = async (visibility: string) => {
    const { versionId: id, thread, slug: caseSlug } = await save(town, { visibility });
    const action = { verb: 'make-runbook', id } as const;
    await town.submit('rae', thread, action, formOf(await town.press('rae', thread, action)));
    const waits = (await bot.within(({ reviews }) => reviews.waiting(9))).at(-1);
    await town.submit('ada', null, { verb: 'approve-version', id: waits?.versionId ?? '' }, { notes: '' });
    return { caseSlug, thread, slug: waits?.slug ?? '' };
  };
  const isFor = async (slug: string) =>
    (await bot.within(({ visibility }) => visibility.of(slug)))?.visibility;

  it('takes its runbook along when it is narrowed, by the command and by its form', async () => {
    const { caseSlug, thread, slug } = await madeFrom('workspace');
    expect(await town.slash('rae', `visibility ${caseSlug} channel`)).toMatchObject({
      reply: { summary: expect.stringContaining(`The runbook ${slug}, which was made from this case`) },
    });
    expect(await isFor(slug)).toBe('channel');
    expect(await bot.within(({ visibility }) => visibility.isHidden(slug, 'secret'))).toBe(true);
    await town.slash('rae', `visibility ${caseSlug} workspace`);
    expect(await isFor(slug)).toBe('channel');
    await town.slash('ada', `visibility ${slug} workspace`);
    await town.submit('rae', thread, saveAction(thread), { ...written, visibility: 'channel' });
    expect(await isFor(slug)).toBe('channel');
    expect(await town.said()).toContain(`The runbook ${slug}, which was made from this case`);
    const changes = await bot.within(({ audit }) => audit.after(0, 500));
    const ofRunbook = changes.filter(
      ({ event, details }) => event === 'visibility.set' && details.slug === slug,
    );
    expect(ofRunbook.map(({ actor }) => actor)).toEqual(['rae', 'ada', 'rae']);
  });

  it('leaves a runbook where an approver put it, and says so to whoever narrows it', async () => {
    await town.slash('max', 'visibility team Payments');
    const { caseSlug, slug } = await madeFrom('team');
    await town.slash('ada', `visibility ${slug} workspace`);
    expect(await town.slash('rae', `visibility ${caseSlug} channel`)).toMatchObject({
      reply: { summary: expect.stringContaining('is still shown to everybody in the workspace') },
    });
    expect(await isFor(slug)).toBe('workspace');
  });
});

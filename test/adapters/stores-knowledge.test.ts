import { beforeAll, expect, it } from 'vitest';
import { one } from '#adapters/postgres/rows.ts';
import { createLoadSolutions } from '#application/load-solutions.ts';
import type { PersonId, PostId } from '#domain/ids.ts';
import type { SolutionRate } from '#domain/learning/success-rate.ts';
import type { SolutionContent } from '#domain/solution.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import {
  addStory,
  proposeSome,
  type Story,
  someRecommendation,
  someResult,
  someSpeaker,
  someVersion,
  withRole,
} from '#test/support/rows.ts';
import { somePastCase, someRate, someRunbook } from '#test/support/solutions.ts';

const place = { context: { os: 'ubuntu' }, worked: 1, tried: 1, lastWorkedAt: 1, success: 0.6, doubt: 0.2 };
const rate = (changes: Partial<SolutionRate> = {}): SolutionRate =>
  someRate({
    worked: 1.5,
    tried: 2,
    success: 0.625,
    doubt: 0.15,
    elsewhere: 0.55,
    doubtElsewhere: 0.24,
    places: [place],
    lastWorkedAt: 1_700_000_000_123,
    recommended: 4,
    reused: 3,
    lastUsedAt: 1_700_000_000_124,
    resolvesInMs: 90_000.5,
    confidence: 0.75,
    quality: 0.625,
    helped: 2,
    ...changes,
  });

describeOnBothEngines('the stores of knowledge and people', (open) => {
  let db: TestDatabase;
  let counter = 0;
  beforeAll(async () => {
    db = await open();
  });

  const within = <T>(work: (transaction: Transaction) => Promise<T>) =>
    db.unitOfWork.within(db.workspace, work);
  const story = (): Promise<Story> =>
    within((transaction) => addStory(transaction, db.ids, `story-${counter++}`));
  const put = (slug: string, text: string, title = slug) =>
    within(async ({ solutions }) => one(await solutions.putAll([someVersion(slug, text, title)])));

  it('makes a solution, leaves the same text alone and supersedes it by another', async () => {
    const first = await put('nginx', 'one', 'First');
    expect(first.change).toBe('created');
    expect(await put('nginx', 'one', 'First')).toEqual({ id: first.id, change: 'unchanged' });
    const before = await within(({ solutions }) => solutions.find(first.id));
    expect(before).toMatchObject({ slug: 'nginx', version: 1, origin: 'cases/nginx.md' });
    expect(await put('nginx', 'two', 'Second')).toEqual({ id: first.id, change: 'updated' });
    await within(async ({ solutions }) => {
      const now = await solutions.find(first.id);
      expect(now).toMatchObject({ version: 2, content: { case: { title: 'Second' } } });
      // What a run was started from stays readable.
      if (before)
        expect(await solutions.version(before.versionId)).toMatchObject({
          version: 1,
          content: { case: { title: 'First' } },
        });
    });
    expect((await put('nginx', 'one', 'First')).change).toBe('updated');
    expect(await within(({ solutions }) => solutions.find(first.id))).toMatchObject({ version: 3 });
  });

  it('tells the labels of what is indexed, each value once, and again when they changed', async () => {
    const { id } = await db.workspaces.ensure('playground', db.ids.nonce(), 'Labels');
    const load = createLoadSolutions(db);
    const versionOf = (slug: string, content: SolutionContent, text = slug) => ({
      ...someVersion(slug, text),
      content,
    });
    const labels = () => db.unitOfWork.within(id, ({ solutions }) => solutions.labels());
    await load(id, [versionOf('old', someRunbook('old', { appliesTo: { application: 'apache' } }))]);
    expect(await labels()).toEqual([{ application: 'apache' }]);
    await load(id, [
      versionOf('old', someRunbook('old', { appliesTo: { os: 'linux' } }), 'newer'),
      versionOf('same', someRunbook('same', { appliesTo: { os: 'linux' } })),
      versionOf(
        'past',
        somePastCase('past', { appliesTo: { service: 'shop', environment: ['prod', 'qa'] } }),
      ),
    ]);
    expect(await labels()).toEqual([
      { environment: ['prod'] },
      { environment: ['qa'] },
      { os: 'linux' },
      { service: 'shop' },
    ]);
  });

  it('lets an incident be told anew, and held by one at a time', async () => {
    const { incident } = await story();
    const stated = { problem: 'nginx answers 502', context: { application: 'nginx' } };
    await within(({ incidents }) => incidents.restate(incident.id, { ...stated, statedBy: 'ada' }));
    expect(await within(({ incidents }) => incidents.lock(incident.id))).toEqual({ ...incident, ...stated });
    const order: string[] = [];
    const hold = (name: string) =>
      within(async ({ incidents, now }) => {
        await incidents.lock(incident.id);
        order.push(name);
        await now();
        order.push(name);
      });
    await Promise.all([hold('a'), hold('b')]);
    expect([order.slice(0, 2), order.slice(2)].map((pair) => new Set(pair).size)).toEqual([1, 1]);
    expect(await within(({ incidents }) => incidents.lock(db.ids.next()))).toBeUndefined();
  });

  it('lists the versions in force by slug, one a solution', async () => {
    await put('list-b', '1');
    await put('list-a', '1');
    await put('list-a', '2');
    const listed = (await within(({ solutions }) => solutions.all())).filter(({ slug }) =>
      slug.startsWith('list'),
    );
    expect(listed.map(({ slug, version }) => [slug, version])).toEqual([
      ['list-a', 2],
      ['list-b', 1],
    ]);
  });

  it('saves folded rates whole: what has no signal any more has no rate any more', async () => {
    const { id } = await put('rated', '1');
    const { id: other } = await put('once-rated', '1');
    const never = rate({ worked: 0, lastWorkedAt: null });
    await within(({ signals }) =>
      signals.saveFold(
        new Map([
          [id, rate()],
          [other, never],
        ]),
        4,
      ),
    );
    const read = () => within(({ solutions }) => solutions.rates([id, other]));
    expect((await read()).get(id)).toMatchObject(rate());
    expect((await read()).get(other)).toMatchObject(never);
    await within(({ signals }) => signals.saveFold(new Map([[id, rate({ tried: 3 })]]), 3));
    expect((await read()).get(id)).toMatchObject(rate({ tried: 3 }));
    expect((await read()).has(other)).toBe(false);
    expect((await within(({ solutions }) => solutions.rates([]))).size).toBe(0);
  });

  it('keeps one incident a thread', async () => {
    const { incident, person } = await story();
    const opening = { problem: 'p', context: {}, openedBy: person.id };
    const other = { ...opening, channel: 'incidents', thread: db.ids.nonce() };
    expect(await within(({ incidents }) => incidents.open(other))).toMatchObject({ isNew: true });
    const again = await within(({ incidents }) =>
      incidents.open({
        channel: 'incidents',
        thread: incident.thread,
        problem: 'other words',
        context: {},
        openedBy: person.id,
      }),
    );
    expect(again).toEqual({ ...incident, isNew: false });
    await within(async ({ incidents }) => {
      expect(await incidents.inThread('incidents', incident.thread)).toEqual(incident);
      expect(await incidents.inThread('general', incident.thread)).toBeUndefined();
      await incidents.setState(incident.id, 'resolved');
      expect(await incidents.find(incident.id)).toEqual({ ...incident, state: 'resolved' });
    });
  });

  it('reads recommendations back as they were written, best first', async () => {
    const { incident, recommendation, solutionId, versionId } = await story();
    const parts = { incidentId: incident.id, solutionId, versionId };
    const second = someRecommendation(db.ids, { ...parts, rank: 2, confidence: 0.123456789 });
    await within(({ recommendations }) => recommendations.add([second]));
    await within(async ({ recommendations }) => {
      expect(await recommendations.find(second.id)).toEqual(second);
      expect(await recommendations.inIncident(incident.id)).toEqual([recommendation, second]);
    });
  });

  it('is chosen once, also by two at a time, and is not dismissed after that', async () => {
    const { recommendation } = await story();
    const chosen = await Promise.all(
      [1, 2].map(() => within(({ recommendations }) => recommendations.choose(recommendation.id))),
    );
    expect(chosen.sort()).toEqual([false, true]);
    expect(await within(({ recommendations }) => recommendations.dismiss(recommendation.id))).toBe(false);
    const { recommendation: aside } = await story();
    expect(await within(({ recommendations }) => recommendations.dismiss(aside.id))).toBe(true);
    expect(await within(({ recommendations }) => recommendations.choose(aside.id))).toBe(true);
  });

  it('takes one vote a person, changed by the next and taken back by its own removal', async () => {
    const {
      recommendation: { id },
    } = await story();
    const [rae, ada] = await within(
      async (transaction): Promise<[PersonId, PersonId]> => [
        (await withRole(transaction, 'rae', 'responder')).id,
        (await withRole(transaction, 'ada', 'approver')).id,
      ],
    );
    const votes = async () =>
      (await within(({ recommendations }) => recommendations.votes(id))).map(({ personId, verdict }) => [
        personId,
        verdict,
      ]);
    await within(({ recommendations }) => recommendations.vote(id, rae, 'worked'));
    await within(({ recommendations }) => recommendations.vote(id, rae, 'failed'));
    await within(({ recommendations }) => recommendations.vote(id, ada, 'partly'));
    expect(await votes()).toEqual([
      [rae, 'failed'],
      [ada, 'partly'],
    ]);
    expect(await within(({ recommendations }) => recommendations.unvote(id, rae, 'worked'))).toBe(false);
    expect(await within(({ recommendations }) => recommendations.unvote(id, rae, 'failed'))).toBe(true);
    expect(await votes()).toEqual([[ada, 'partly']]);
  });

  it('knows which recommendation a reaction on a post is about', async () => {
    const { incident, recommendation, solutionId, versionId } = await story();
    const behind = (id: PostId) => within(({ recommendations }) => recommendations.behindPost(id));
    expect(await behind(recommendation.postId)).toMatchObject({ id: recommendation.id });
    const parts = { incidentId: incident.id, solutionId, versionId, postId: recommendation.postId };
    const second = someRecommendation(db.ids, { ...parts, rank: 2 });
    await within(({ recommendations }) => recommendations.add([second]));
    expect(await behind(recommendation.postId)).toBeUndefined();
    await within(({ recommendations }) => recommendations.choose(second.id));
    expect(await behind(recommendation.postId)).toMatchObject({ id: second.id });
    const verdictPost = db.ids.next<PostId>();
    await within(({ recommendations }) => recommendations.setVerdictPost(recommendation.id, verdictPost));
    expect(await behind(verdictPost)).toMatchObject({ id: recommendation.id });
    expect(await behind(db.ids.next())).toBeUndefined();
  });

  it('gathers votes and the ends of validation as signals', async () => {
    const { person, incident, recommendation, solutionId, run } = await story();
    await within(async (transaction) => {
      await transaction.recommendations.vote(recommendation.id, person.id, 'worked');
      const end = async (attempt: number, state: 'succeeded' | 'failed') => {
        const step = await proposeSome(transaction, db.ids, run, { kind: 'validation', attempt });
        await transaction.runs.decide(step.id, 'approved');
        await transaction.runs.claim(step.id, 'a', 60_000);
        await transaction.runs.begin(step.id, 'a', 60_000);
        await transaction.runs.end(step.id, 'a', someResult({ state, exitCode: state === 'failed' ? 1 : 0 }));
      };
      await end(1, 'failed');
      await end(2, 'succeeded');
      expect((await transaction.signals.all()).get(solutionId)).toHaveLength(1);
      await transaction.runs.close(run.id, 'finished');
    });
    expect((await within(({ signals }) => signals.all())).get(solutionId)).toMatchObject([
      { kind: 'vote', person: person.id, incident: incident.id, verdict: 'worked', at: expect.any(Number) },
      {
        kind: 'run',
        incident: incident.id,
        person: expect.any(String),
        passed: true,
        at: expect.any(Number),
      },
    ]);
  });

  it('learns nothing from a validation that was never sent', async () => {
    const { solutionId, run } = await story();
    await within(async (transaction) => {
      const step = await proposeSome(transaction, db.ids, run, { kind: 'validation' });
      await transaction.runs.decide(step.id, 'approved');
      await transaction.runs.claim(step.id, 'a', 60_000);
      await transaction.runs.release(step.id, 'a', 'failed', someResult({ state: 'failed', exitCode: null }));
      await transaction.runs.close(run.id, 'stopped');
      expect((await transaction.signals.all()).get(solutionId)).toBeUndefined();
    });
  });

  it('meets people with the least role and keeps the one they were given', async () => {
    await within(async ({ people }) => {
      const met = await people.meet(someSpeaker('U1', { name: 'Uma' }), 'c');
      await people.setRole('U1', 'Uma', 'approver');
      expect(await people.meet(someSpeaker('U1', { name: 'Uma the new' }), 'c')).toEqual({
        ...met,
        name: 'Uma the new',
        role: 'approver',
      });
      expect(await people.find(met.id)).toMatchObject({ name: 'Uma the new' });
      await people.setRole('U2', 'Max', 'admin');
      await people.setRole('U3', 'Vic', 'viewer');
      const names = (await people.withRole('approver')).map(({ name }) => name);
      expect(names).toContain('Uma the new');
      expect(names).toContain('Max');
      expect(names).not.toContain('Vic');
    });
  });

  it('ensures a workspace once and takes its new name', async () => {
    const made = await db.workspaces.ensure('slack', 'T1', 'Team');
    expect(await db.workspaces.ensure('slack', 'T1', 'Renamed')).toEqual({ ...made, name: 'Renamed' });
    expect((await db.workspaces.ensure('discord', 'T1', 'Guild')).id).not.toBe(made.id);
    expect((await db.workspaces.all()).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Renamed', 'Guild']),
    );
  });
});

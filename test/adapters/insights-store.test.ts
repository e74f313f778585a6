import { type SQL, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import type { PersonId, PostId, SolutionId, WorkspaceId } from '#domain/ids.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { addStory, type Story, someReply, someVersion } from '#test/support/rows.ts';

const minute = 60_000;
const nobody: readonly SolutionId[] = [];
const month = { days: 30, hidden: nobody };
const everywhere = { days: 30, channel: null };

describeOnBothEngines('the store of insights', (open) => {
  let db: TestDatabase;
  let workspace: WorkspaceId;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    workspace = (await db.workspaces.ensure('playground', db.ids.nonce(), 'Own')).id;
  });
  const within = <T>(work: (transaction: Transaction) => Promise<T>) => db.unitOfWork.within(workspace, work);
  const insights = <T>(read: (insights: Transaction['insights']) => Promise<T>) =>
    within((transaction) => read(transaction.insights));
  const story = (name: string) => within((transaction) => addStory(transaction, db.ids, name));
  /** Rows are as old as a test says only when they are made so. */
  const change = (statement: SQL) =>
    inWorkspace(db.open.database, workspace, (executor) => executor.execute(statement));
  const someone = (name: string) =>
    within(async ({ people }) => {
      await people.setRole(name, name, 'responder');
      const seen = { externalId: name, name, standing: 'member', groups: [] } as const;
      return (await people.meet(seen, 'incidents')).id;
    });
  const vote = (of: Story, person: PersonId, verdict: 'worked' | 'partly' | 'failed') =>
    within(({ recommendations }) => recommendations.vote(of.recommendation.id, person, verdict));
  const resolved = async (of: Story, tookMinutes: number, agoDays = 0) => {
    await within(({ incidents }) => incidents.setState(of.incident.id, 'resolved'));
    await change(sql`update incidents set resolved_at = now() - make_interval(days => ${agoDays}::int),
      opened_at = now() - make_interval(days => ${agoDays}::int, mins => ${tookMinutes}::int) where id = ${of.incident.id}`);
  };

  it('counts the votes of the window, and apart those where the context was known to fit', async () => {
    const [fits, unknown] = [await story('fits'), await story('unknown')];
    await change(sql`update recommendations set context = 1 where id = ${fits.recommendation.id}`);
    await change(sql`update recommendations set context = 0.5 where id = ${unknown.recommendation.id}`);
    const [rae, bo, cy] = [await someone('rae'), await someone('bo'), await someone('cy')];
    await vote(fits, rae, 'worked');
    await vote(fits, bo, 'partly');
    await vote(unknown, rae, 'failed');
    await vote(unknown, cy, 'worked');
    await change(sql`update feedback set changed_at = now() - interval '31 days' where person_id = ${cy}`);
    await change(sql`update feedback set changed_at = now() - interval '3 days' where person_id = ${bo}`);
    expect(await insights((store) => store.votes(month))).toEqual({
      ...{ worked: 1, partly: 1, failed: 1 },
      fitting: { worked: 1, partly: 1, failed: 0 },
    });
    const all = { ...month, days: 60 };
    expect(await insights((store) => store.votes(all))).toMatchObject({ worked: 2 });
    expect(await insights((store) => store.votes({ ...all, hidden: [fits.solutionId] }))).toEqual({
      ...{ worked: 1, partly: 0, failed: 1 },
      fitting: { worked: 0, partly: 0, failed: 0 },
    });
    const over = await insights((store) => store.votesOver(month, 2));
    expect(over.toSorted((one, other) => one.ago - other.ago)).toEqual([
      { ago: 0, worked: 1, partly: 0, failed: 1 },
      { ago: 1, worked: 0, partly: 1, failed: 0 },
    ]);
  });

  it('counts what was said in the form, of solutions and of whole answers', async () => {
    const { recommendation, person } = await story('said');
    await within(async ({ recommendations, outbox, answerFeedback }) => {
      const post = db.ids.next<PostId>();
      await outbox.post(post, { channel: 'c', thread: null }, someReply(), 'answer');
      await recommendations.comment(recommendation.id, person.id, {
        text: '',
        report: { accuracy: 'spot on' },
      });
      await answerFeedback.comment(post, person.id, { text: 'no', report: { accuracy: 'missed' } });
      await answerFeedback.vote(post, person.id, 'failed');
    });
    expect(await insights((store) => store.said(month))).toEqual({
      ...{ comments: 2, spotOn: 1, partly: 0, missed: 1 },
    });
    expect(await insights((store) => store.answerVotes(30))).toEqual({ worked: 0, partly: 0, failed: 1 });
    await change(sql`update answer_feedback set changed_at = now() - interval '31 days'`);
    expect(await insights((store) => store.answerVotes(30))).toEqual({ worked: 0, partly: 0, failed: 0 });
    const hidden = [recommendation.solutionId];
    expect(await insights((store) => store.said({ days: 30, hidden }))).toMatchObject({ comments: 0 });
  });

  it('lists what found nothing and what did not help, the most asked first, with the same words as one', async () => {
    const rae = await someone('rae');
    const opened = (thread: string, problem: string, channel = 'incidents') =>
      within(({ incidents }) => incidents.open({ channel, thread, problem, context: {}, openedBy: rae }));
    const [helped, failed, unjudged, torn] = [
      await story('helped'),
      await story('failed'),
      await story('unjudged'),
      await story('torn'),
    ];
    await vote(helped, rae, 'worked');
    await vote(failed, rae, 'failed');
    await vote(torn, rae, 'failed');
    await vote(torn, await someone('bo'), 'partly');
    for (const { incident } of [helped, failed, unjudged, torn])
      await change(sql`update incidents set problem = ${incident.thread} where id = ${incident.id}`);
    await opened('a', 'Flux capacitor');
    await opened('b', ' flux CAPACITOR ');
    await opened('c', 'elsewhere', 'other');
    const dismissed = await opened('d', 'nothing at all');
    await within(({ incidents }) => incidents.setState(dismissed.id, 'dismissed'));
    const deleted = await opened('f', 'words that were deleted');
    await change(sql`update incidents set problem = '' where id = ${deleted.id}`);
    const old = await opened('e', 'long ago');
    await change(sql`update incidents set opened_at = now() - interval '31 days' where id = ${old.id}`);
    const here = { days: 30, channel: 'incidents' };
    const { list, total } = await insights((store) => store.missed(here, 5));
    expect(total).toBe(3);
    expect(
      list.map(({ problem, times, wasAnswered }) => [problem.trim().toLowerCase(), times, wasAnswered]),
    ).toEqual([
      ['flux capacitor', 2, false],
      ['failed', 1, true],
    ]);
    expect(await insights((store) => store.missed(here, 1))).toMatchObject({
      total: 3,
      list: [{ times: 2 }],
    });
    expect(await insights((store) => store.missed(everywhere, 5))).toMatchObject({ total: 4 });
    expect(await insights((store) => store.asked(here))).toBe(6);
    expect(await insights((store) => store.asked(everywhere))).toBe(7);
  });

  it('takes a vote on a whole answer for one on what it showed', async () => {
    const rae = await someone('rae');
    const answered = async (name: string, verdict: 'worked' | 'failed') => {
      const told = await story(name);
      const post = db.ids.next<PostId>();
      await within(({ outbox }) => outbox.post(post, told.incident, someReply(), 'answer'));
      await change(sql`insert into answers (workspace_id, channel, message, post_id, text_at, incident_id)
        values (${workspace}::uuid, 'incidents', ${name}, ${post}, now(), ${told.incident.id})`);
      await within(({ answerFeedback }) => answerFeedback.vote(post, rae, verdict));
      return told;
    };
    await answered('wrong', 'failed');
    await answered('right', 'worked');
    const torn = await answered('torn', 'worked');
    await vote(torn, rae, 'failed');
    const { list, total } = await insights((store) => store.missed(everywhere, 5));
    expect({ total, threads: list.map(({ thread }) => thread) }).toEqual({ total: 1, threads: ['wrong'] });
  });

  it('takes the median time of what was resolved in the window, apart by whether an answer was used', async () => {
    const rae = await someone('rae');
    const [chosen, voted, unused, old, saved] = [
      await story('chosen'),
      await story('voted'),
      await story('unused'),
      await story('old'),
      await story('saved'),
    ];
    await change(sql`update recommendations set state = 'chosen' where id = ${chosen.recommendation.id}`);
    await vote(voted, rae, 'worked');
    await vote(unused, rae, 'failed');
    await resolved(chosen, 10);
    await resolved(voted, 20, 29);
    await resolved(unused, 60);
    await resolved(old, 5, 31);
    await resolved(saved, 0);
    expect(await insights((store) => store.timesToResolve(month))).toEqual({
      withAnswer: { incidents: 2, medianMs: 15 * minute },
      withoutAnswer: { incidents: 1, medianMs: 60 * minute },
    });
    const hidden = [chosen.solutionId, unused.solutionId];
    expect(await insights((store) => store.timesToResolve({ days: 30, hidden }))).toEqual({
      withAnswer: { incidents: 1, medianMs: 20 * minute },
      withoutAnswer: { incidents: 0, medianMs: null },
    });
  });

  it('counts cases that were saved from an incident and not discarded', async () => {
    const { incident } = await story('imported');
    const saved = `case-${incident.id}`;
    await within(({ solutions }) =>
      solutions.putAll([
        someVersion(saved),
        someVersion(`case-${db.ids.next()}`),
        someVersion('case-closed'),
      ]),
    );
    expect(await insights((store) => store.casesCaptured(month))).toBe(1);
    const id = await within(async ({ solutions }) => (await solutions.named(saved))?.id as SolutionId);
    expect(await insights((store) => store.casesCaptured({ ...month, hidden: [id] }))).toBe(0);
    await within(async ({ solutions }) => {
      const found = await solutions.find(id);
      if (found) await solutions.retire(found.versionId, 'by mistake');
    });
    expect(await insights((store) => store.casesCaptured(month))).toBe(0);
  });

  it('counts cases that owners were told of, and those of which a runbook is in force', async () => {
    const [taken, dismissed, left] = [await story('taken'), await story('dismissed'), await story('left')];
    await within(async ({ suggestions }) => {
      for (const { solutionId } of [taken, dismissed, left])
        await suggestions.tell(solutionId, db.ids.next());
      await suggestions.settle('taken', 'taken', 'ada');
      await suggestions.settle('dismissed', 'dismissed', 'ada');
    });
    const counts = { made: 3, taken: 1, inForce: 0, dismissed: 1 };
    expect(await insights((store) => store.suggestions(month))).toEqual(counts);
    await within(({ versions }) =>
      versions.restate(taken.solutionId, 1, { state: 'superseded', reason: 'a runbook was made from it' }),
    );
    expect(await insights((store) => store.suggestions(month))).toEqual({ ...counts, inForce: 1 });
    const hidden = [taken.solutionId, left.solutionId];
    expect(await insights((store) => store.suggestions({ days: 30, hidden }))).toMatchObject({
      ...{ made: 1, inForce: 0 },
    });
    await change(sql`update runbook_suggestions set told_at = now() - interval '31 days'`);
    expect(await insights((store) => store.suggestions(month))).toMatchObject({ made: 0 });
  });

  it('counts what was proposed and decided, and what waits, without what somebody may not see', async () => {
    const propose = (slug: string, source: 'case' | 'model' | 'import') =>
      within(({ reviews }) =>
        reviews.propose({
          ...{ version: { ...someVersion(slug), source }, parent: null, why: '', evidence: '', runs: [] },
        }),
      );
    const [one, two, three] = [
      await propose('one', 'case'),
      await propose('two', 'model'),
      await propose('three', 'case'),
    ];
    await propose('four', 'import');
    await within(async ({ reviews }) => {
      await reviews.decide(one, { decision: 'approved', by: 'ada', notes: '' });
      await reviews.decide(two, { decision: 'rejected', by: 'ada', notes: 'no' });
    });
    await change(
      sql`update solution_versions set created_at = now() - interval '25 hours' where id = ${three}`,
    );
    expect(await insights((store) => store.proposals(month))).toEqual({
      ...{ made: 3, approved: 1, rejected: 1, waiting: 1 },
    });
    expect(await insights((store) => store.decisions(month))).toEqual({ approved: 1, rejected: 1 });
    const waiting = await insights((store) => store.waiting(nobody, 24 * 60 * minute));
    expect(waiting).toMatchObject({ waiting: 2, aged: 1, oldestAt: expect.any(Number) });
    const hidden = await within(async ({ solutions }) =>
      (await solutions.slugs()).filter(({ slug }) => slug !== 'one').map(({ id }) => id),
    );
    expect(await insights((store) => store.waiting(hidden, 0))).toEqual({
      waiting: 0,
      aged: 0,
      oldestAt: null,
    });
    expect(await insights((store) => store.proposals({ days: 30, hidden }))).toMatchObject({ made: 1 });
    expect(await insights((store) => store.decisions({ days: 30, hidden }))).toEqual({
      approved: 1,
      rejected: 0,
    });
    await change(
      sql`update reviews set opened_at = now() - interval '31 days', decided_at = now() - interval '31 days'`,
    );
    expect(await insights((store) => store.proposals(month))).toMatchObject({ made: 0 });
    expect(await insights((store) => store.decisions(month))).toEqual({ approved: 0, rejected: 0 });
  });
});

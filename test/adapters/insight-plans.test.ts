import { type SQL, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { insightQueries as queries } from '#adapters/postgres/stores/insight-queries.ts';
import { mergedDirectly } from '#adapters/postgres/stores/merge-store.ts';
import { ratedSolutions } from '#adapters/postgres/stores/overview-store.ts';
import { hiddenIn } from '#adapters/postgres/stores/visibility-store.ts';
import type { SolutionId } from '#domain/ids.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';

const tables = [
  'people',
  'incidents',
  'solutions',
  'solution_versions',
  'success_rates',
  'recommendations',
  'feedback',
  'comments',
  'posts',
  'answers',
  'answer_feedback',
  'reviews',
] as const;
const big = new RegExp(`Seq Scan on (${tables.filter((table) => table !== 'people').join('|')})`);
const hidden = [
  '00000000-0000-7000-8000-000000000001',
  '00000000-0000-7000-8000-000000000002',
] as SolutionId[];

/** What insights ask is asked of tables that only grow: as the application role, none may be read whole. */
describeOnBothEngines('queries of insights', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
    await inWorkspace(db.open.database, db.workspace, async (executor) => {
      for (const statement of twoYears(db.workspace)) await executor.execute(statement);
    });
    for (const table of tables) await db.open.database.execute(sql.raw(`analyze ${table}`));
  });

  describe.each([
    ['who may see all', []],
    ['who may not', hidden],
  ] as const)('for somebody %s', (_who, hidden) => {
    const week = { days: 7, hidden };
    it.each([
      ['votes', () => queries.votes(week)],
      ['votes over time', () => queries.votesOver(week, 1)],
      ['votes on answers', () => queries.answerVotes(7)],
      ['what was said', () => queries.said(week)],
      ['what was asked', () => queries.asked({ days: 7, channel: null })],
      ['what was asked in a channel', () => queries.asked({ days: 7, channel: 'c-7' })],
      ['what found nothing', () => queries.missed({ days: 7, channel: null }, 5)],
      ['what found nothing in a channel', () => queries.missed({ days: 7, channel: 'c-7' }, 5)],
      ['cases', () => queries.casesCaptured(week)],
      ['proposals', () => queries.proposals(week)],
      ['times to resolve', () => queries.timesToResolve(week)],
      ['what waits', () => queries.waiting(hidden, 1000)],
      ['decisions', () => queries.decisions(week)],
      ['what works', () => ratedSolutions('top', { leastTried: 3, hidden }, 5)],
      ['what is not for everybody', () => hiddenIn('c-7')],
      ['what was merged into a case', () => mergedDirectly('case-1')],
      ['what fails', () => ratedSolutions('failing', { leastTried: 3, hidden }, 5)],
    ] as const)('finds %s by an index', async (_title, statement) => {
      const plan = await inWorkspace(db.open.database, db.workspace, (executor) =>
        readRows<Record<string, string>>(executor, sql`explain ${statement()}`),
      );
      const text = plan.map((row) => Object.values(row)[0]).join('\n');
      expect(text).toMatch(/Index/);
      expect(text).not.toMatch(big);
    });
  });
});

const numbers = sql`from generate_series(1, 20000) n`;
const ago = sql`now() - n * interval '53 minutes'`;

/** Two years with 20,000 incidents, each with a solution of its own, a vote, a comment, an answer and a decided review. */
const twoYears = (workspace: string): readonly SQL[] => [
  sql`insert into people (id, workspace_id, external_id, name, role)
    values (md5('somebody')::uuid, ${workspace}::uuid, 'somebody', 'Somebody', 'responder')`,
  sql`insert into solutions (id, workspace_id, slug, kind, origin, created_at, visibility, channel)
    select md5('s' || n)::uuid, ${workspace}::uuid, 'case-' || md5('i' || n)::uuid, 'case', 'o', ${ago},
      case when n % 100 = 0 then 'channel' else 'workspace' end, 'c-' || n % 10 ${numbers}`,
  sql`insert into solution_versions (id, workspace_id, solution_id, version, author, source, state, text, content, created_at)
    select md5('v' || n)::uuid, ${workspace}::uuid, md5('s' || n)::uuid, 1, 'a', 'case',
      case when n % 1000 = 0 then 'in-review' else 'active' end, repeat('Look at the disk. ', 60), '{}', ${ago} ${numbers}`,
  sql`insert into success_rates (solution_id, workspace_id, worked, tried, success)
    select md5('s' || n)::uuid, ${workspace}::uuid, n % 10, 10, (n % 10) / 10.0 ${numbers}`,
  sql`insert into incidents (id, workspace_id, channel, thread, problem, state, context, opened_by, opened_at, resolved_at)
    select md5('i' || n)::uuid, ${workspace}::uuid, 'c-' || n % 10, 't-' || n, 'p', 'resolved', '{}', md5('somebody')::uuid,
      ${ago}, ${ago} + interval '1 hour' ${numbers}`,
  sql`insert into recommendations (id, workspace_id, incident_id, solution_id, version_id, rank, confidence, similarity, success,
      context, why, state, post_id)
    select md5('r' || n)::uuid, ${workspace}::uuid, md5('i' || n)::uuid, md5('s' || n)::uuid, md5('v' || n)::uuid,
      1, 1, 1, 1, 1, '[]', 'chosen', md5('p' || n)::uuid ${numbers}`,
  sql`insert into feedback (workspace_id, recommendation_id, person_id, verdict, changed_at)
    select ${workspace}::uuid, md5('r' || n)::uuid, md5('somebody')::uuid, 'worked', ${ago} ${numbers}`,
  sql`insert into comments (workspace_id, recommendation_id, person_id, text, changed_at)
    select ${workspace}::uuid, md5('r' || n)::uuid, md5('somebody')::uuid, 'x', ${ago} ${numbers}`,
  sql`insert into posts (id, workspace_id, channel, urgency, reply, sent_revision)
    select md5('p' || n)::uuid, ${workspace}::uuid, 'c-' || n % 10, 1, '{}', 1 ${numbers}`,
  sql`insert into answers (workspace_id, channel, message, post_id, text_at, incident_id)
    select ${workspace}::uuid, 'c-' || n % 10, 't-' || n, md5('p' || n)::uuid, ${ago}, md5('i' || n)::uuid ${numbers}`,
  sql`insert into answer_feedback (workspace_id, post_id, person_id, verdict, changed_at)
    select ${workspace}::uuid, md5('p' || n)::uuid, md5('somebody')::uuid, 'worked', ${ago} ${numbers}`,
  sql`insert into reviews (version_id, workspace_id, decision, decided_by, opened_at, decided_at)
    select md5('v' || n)::uuid, ${workspace}::uuid, 'approved', 'a', ${ago}, ${ago} ${numbers}`,
];

import { sql } from 'drizzle-orm';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import type { WorkspaceId } from '#domain/ids.ts';

/** What a team has said after some years, by the thousand. */
export interface FeedbackSize {
  readonly votes: number;
  readonly people: number;
}

/**
 * Writes votes in the form that the stores write them, two recommendations an incident and a vote on each, and an alert
 * for every fifth, in six kinds of places. A few solutions have most of them; every third mostly fails. Nothing is analysed, as on a new database.
 */
export async function fillFeedback(
  open: OpenDatabase,
  workspace: WorkspaceId,
  { votes, people }: FeedbackSize,
): Promise<void> {
  const statements = [
    sql`insert into people (id, workspace_id, external_id, name, role)
      select gen_random_uuid(), ${workspace}::uuid, 'voter-' || n, 'voter-' || n, 'responder'
      from generate_series(1, ${people}::int) n`,
    sql`insert into incidents (id, workspace_id, channel, thread, problem, state, context, opened_by, opened_at)
      select gen_random_uuid(), ${workspace}::uuid, 'incidents', 'thread-' || n, 'it is broken again, number ' || n,
        'resolved', jsonb_build_object('os', (array['ubuntu', 'rhel'])[1 + n % 2], 'environment',
          (array['["prod"]', '["staging"]', '["demo"]'])[1 + n % 3]::jsonb), (select id from people limit 1), now() - make_interval(secs => n * 1000)
      from generate_series(1, ${votes / 2}::int) n`,
    sql`with numbered as (select v.*, row_number() over (order by v.id) - 1 as place, count(*) over () as all_of_them
        from solution_versions v where v.state = 'active'),
      opened as (select i.*, row_number() over (order by i.thread) as number from incidents i)
      insert into recommendations (id, workspace_id, incident_id, solution_id, version_id, rank, confidence, similarity,
        success, context, why, state, post_id, created_at)
      select gen_random_uuid(), ${workspace}::uuid, o.id, s.solution_id, s.id, r, 0.8, 0.9, 0.5, 0.5, '[]',
        case r when 1 then 'chosen' else 'shown' end, gen_random_uuid(), o.opened_at
      from opened o cross join generate_series(1, 2) r
      join numbered s on s.place = floor(s.all_of_them * power(((o.number * 7919 + r * 104729) % 9973) / 9973.0, 2))`,
    sql`with crowd as (select array_agg(id order by external_id) as ids from people),
      shown as (select r.*, row_number() over (order by r.id) as number from recommendations r)
      insert into feedback (workspace_id, recommendation_id, person_id, verdict, changed_at)
      select ${workspace}::uuid, s.id, c.ids[1 + s.number % ${people}::int],
        case when (hashtext(s.solution_id::text) % 3 = 0) = (s.number % 10 < 8) then 'failed' else 'worked' end, s.created_at
      from shown s cross join crowd c`,
    sql`insert into alert_signals (recommendation_id, workspace_id, resolved, at)
      select recommendation_id, workspace_id, verdict = 'worked', changed_at from feedback
      where hashtext(recommendation_id::text) % 5 = 0`,
  ];
  for (const statement of statements)
    await inWorkspace(open.database, workspace, (executor) => executor.execute(statement));
}

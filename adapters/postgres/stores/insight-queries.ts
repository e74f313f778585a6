import { type SQL, sql } from 'drizzle-orm';
import { mergeReason } from '#domain/case-merge/merge-reason.ts';
import type { SolutionId } from '#domain/ids.ts';
import { neutralContext } from '#domain/ranking/context-match.ts';
import type { AskedIn, InsightsScope } from '#ports/stores/insights-store.ts';
import { daysAgo, visible } from './visible.ts';

const ms = (time: SQL): SQL => sql`(extract(epoch from ${time}) * 1000)::float8`;

const byVerdict = (column: SQL): SQL => sql`
  count(*) filter (where ${column} = 'worked')::int as worked,
  count(*) filter (where ${column} = 'partly')::int as partly,
  count(*) filter (where ${column} = 'failed')::int as failed`;

const fitting = (verdict: string): SQL =>
  sql`count(*) filter (where f.verdict = ${verdict} and r.context > ${neutralContext}::float8)::int`;

/** One by one, through the key: a plain join reads every recommendation that there ever was for the few of a window. */
const lookedUp = (id: SQL): SQL => sql`(
  select own.context, own.solution_id from recommendations own where own.id = ${id} limit 1)`;

const votesIn = ({ days, hidden }: InsightsScope): SQL => sql`
  from feedback f cross join lateral ${lookedUp(sql`f.recommendation_id`)} r
  where f.changed_at > ${daysAgo(days)} and ${visible(sql`r.solution_id`, hidden)}`;

const votes = (scope: InsightsScope): SQL => sql`
  select ${byVerdict(sql`f.verdict`)}, ${fitting('worked')} as "fittingWorked",
    ${fitting('partly')} as "fittingPartly", ${fitting('failed')} as "fittingFailed" ${votesIn(scope)}`;

const votesOver = (scope: InsightsScope, partDays: number): SQL => sql`
  select greatest(0, floor(extract(epoch from now() - f.changed_at) / (${partDays}::int * 86400)))::int as ago,
    ${byVerdict(sql`f.verdict`)} ${votesIn(scope)} group by 1`;

const answerVotes = (days: number): SQL => sql`
  select ${byVerdict(sql`verdict`)} from answer_feedback where changed_at > ${daysAgo(days)}`;

const accuracy = (said: string): SQL => sql`count(*) filter (where report->>'accuracy' = ${said})::int`;

const said = ({ days, hidden }: InsightsScope): SQL => sql`
  with said as (
    select c.report from comments c cross join lateral ${lookedUp(sql`c.recommendation_id`)} r
    where c.changed_at > ${daysAgo(days)} and ${visible(sql`r.solution_id`, hidden)}
    union all
    select said->'report' from answer_feedback where changed_at > ${daysAgo(days)} and said is not null)
  select count(*)::int as comments, ${accuracy('spot on')} as "spotOn", ${accuracy('partly')} as partly,
    ${accuracy('missed')} as missed from said`;

/** A question whose words somebody had deleted is none any more. */
const askedIn = ({ days, channel }: AskedIn): SQL => sql`
  from incidents i where i.opened_at > ${daysAgo(days)} and i.state <> 'dismissed' and i.problem <> ''
    and ${channel === null ? sql`true` : sql`i.channel = ${channel}`}`;

const asked = (where: AskedIn): SQL => sql`select count(*)::int as count ${askedIn(where)}`;

/** Incidents of which somebody said in the window that what was shown did not help; a vote is never older than its incident. */
const failedIn = (days: number): SQL => sql`
  select own.incident_id from feedback f cross join lateral (
    select r.incident_id from recommendations r where r.id = f.recommendation_id limit 1) own
  where f.changed_at > ${daysAgo(days)} and f.verdict = 'failed'
  union
  select own.incident_id from answer_feedback w cross join lateral (
    select n.incident_id from answers n where n.post_id = w.post_id limit 1) own
  where w.changed_at > ${daysAgo(days)} and w.verdict = 'failed'`;

/** Whether any vote on what was shown in an incident says that it helped, be it partly. */
const helped = (incident: SQL): SQL => sql`(
  coalesce((select bool_or(f.verdict <> 'failed') from recommendations r
    join feedback f on f.recommendation_id = r.id where r.incident_id = ${incident}), false)
  or coalesce((select bool_or(w.verdict <> 'failed') from answers n
    join answer_feedback w on w.post_id = n.post_id where n.incident_id = ${incident}), false))`;

/** What nobody voted on did not fail. 👍 on "No good match" says that nothing fits: what showed nothing stays in the list. */
const missed = (where: AskedIn, limit: number): SQL => sql`
  with failed as materialized (${failedIn(where.days)}),
  asked as materialized (
    select i.id, i.channel, i.thread, i.problem, i.opened_at,
      (select true from recommendations r where r.incident_id = i.id limit 1) is not null as shown
    ${askedIn(where)}),
  missed as (
    select * from asked a where not a.shown
      or (a.id in (select incident_id from failed) and not ${helped(sql`a.id`)}))
  select (array_agg(problem order by opened_at desc))[1] as problem,
    (array_agg(channel order by opened_at desc))[1] as channel,
    (array_agg(thread order by opened_at desc))[1] as thread,
    count(*)::int as times, ${ms(sql`max(opened_at)`)} as "lastAskedAt", bool_or(shown) as "wasAnswered",
    (sum(count(*)) over ())::int as total
  from missed group by lower(btrim(problem)) order by times desc, max(opened_at) desc limit ${limit}`;

/**
 * The name of a case holds the id of the incident that it was saved from; what was imported is named as its file says. The id
 * is read from it first: under row-level security no index is reached by what is not leakproof.
 */
const casesCaptured = ({ days, hidden }: InsightsScope): SQL => sql`
  with saved as materialized (
    select s.id, case when s.slug ~ '^case-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      then substr(s.slug, 6)::uuid end as incident
    from solutions s
    where s.kind = 'case' and s.created_at > ${daysAgo(days)} and ${visible(sql`s.id`, hidden)})
  select count(*)::int as count from saved
  where (select true from incidents i where i.id = saved.incident)
    and (select v.state from solution_versions v where v.solution_id = saved.id
      order by v.version desc limit 1) <> 'retired'`;

/** A case whose newest version is superseded has a runbook in force in its place, unless it was merged into another. */
const suggestions = ({ days, hidden }: InsightsScope): SQL => sql`
  select count(*)::int as made,
    count(*) filter (where g.state = 'taken')::int as taken,
    count(*) filter (where (select v.state = 'superseded' and coalesce(v.state_reason, '') not like ${`${mergeReason('')}%`}
      from solution_versions v where v.solution_id = g.solution_id order by v.version desc limit 1))::int as "inForce",
    count(*) filter (where g.state = 'dismissed')::int as dismissed
  from runbook_suggestions g where g.told_at > ${daysAgo(days)} and ${visible(sql`g.solution_id`, hidden)}`;

const proposals = ({ days, hidden }: InsightsScope): SQL => sql`
  select count(*)::int as made,
    count(*) filter (where w.decision = 'approved')::int as approved,
    count(*) filter (where w.decision = 'rejected')::int as rejected,
    count(*) filter (where v.state = 'in-review')::int as waiting
  from reviews w join solution_versions v on v.id = w.version_id
  where w.opened_at > ${daysAgo(days)} and v.source in ('case', 'model')
    and ${visible(sql`v.solution_id`, hidden)}`;

/** An incident that was opened by saving it took no time that could be measured. */
const timesToResolve = ({ days, hidden }: InsightsScope): SQL => sql`
  with ended as (
    select extract(epoch from i.resolved_at - i.opened_at) * 1000 as took,
      exists (select from recommendations r where r.incident_id = i.id and (r.state = 'chosen'
        or exists (select from feedback f where f.recommendation_id = r.id and f.verdict <> 'failed'))) as used
    from incidents i
    where i.state = 'resolved' and i.resolved_at > ${daysAgo(days)} and i.resolved_at > i.opened_at
      and ${usesNone(hidden)})
  select used, count(*)::int as incidents,
    (percentile_cont(0.5) within group (order by took))::float8 as "medianMs" from ended group by used`;

const usesNone = (hidden: readonly SolutionId[]): SQL =>
  hidden.length === 0
    ? sql`true`
    : sql`not exists (select from recommendations h
        where h.incident_id = i.id and not ${visible(sql`h.solution_id`, hidden)})`;

const waiting = (hidden: readonly SolutionId[], agedMs: number): SQL => sql`
  select count(*)::int as waiting,
    count(*) filter (where v.created_at < now() - make_interval(secs => ${agedMs / 1000}))::int as aged,
    ${ms(sql`min(v.created_at)`)} as "oldestAt"
  from solution_versions v where v.state = 'in-review' and ${visible(sql`v.solution_id`, hidden)}`;

const decisions = ({ days, hidden }: InsightsScope): SQL => sql`
  select count(*) filter (where w.decision = 'approved')::int as approved,
    count(*) filter (where w.decision = 'rejected')::int as rejected
  from reviews w join solution_versions v on v.id = w.version_id
  where w.decided_at > ${daysAgo(days)} and ${visible(sql`v.solution_id`, hidden)}`;

/** The statements of the store, so that a test can ask the database how it would read each. */
export const insightQueries = {
  votes,
  votesOver,
  answerVotes,
  said,
  asked,
  missed,
  casesCaptured,
  suggestions,
  proposals,
  timesToResolve,
  waiting,
  decisions,
} as const;

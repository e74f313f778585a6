import { type SQL, sql } from 'drizzle-orm';
import type { HeldChannel } from '#ports/stores/outbox.ts';

export const soon = (ms: number): SQL => sql`now() + make_interval(secs => ${ms / 1000})`;

/** The row that stands for all channels of a workspace: no channel has an empty name. */
export const everyChannel = '';

const workspaceIsFree = sql`not exists (
  select 1 from outbox_channels whole where whole.channel = ${everyChannel} and whole.free_at > now())`;

/**
 * The posts `p` that may go out now: an edit or a notice any time, a new message when the platform's pause is over and
 * nothing earlier of its thread waits. `postAt` is the end of that pause. The conditions of the partial indexes are
 * written out, or they would not be used.
 */
const mayGo = (postAt: SQL): SQL => sql`
  p.sent_revision < p.revision and not p.dead and p.due_at <= now()
  and (p.external_id is not null or p.only_for is not null or (${postAt} <= now() and not exists (
    select 1 from posts earlier
    where earlier.sent_revision < earlier.revision and not earlier.dead
      and earlier.external_id is null and earlier.only_for is null
      and earlier.channel = p.channel and coalesce(earlier.thread, '') = coalesce(p.thread, '')
      and earlier.id < p.id)))`;

/** Channels with something to send, taken in the same statement; a row that somebody took meanwhile stays theirs. */
export const takeChannels = (workspace: string, limit: number, holder: string, leaseMs: number): SQL => sql`
  with due as (
    select p.channel from posts p left join outbox_channels c on c.channel = p.channel
    where (c.free_at is null or c.free_at <= now()) and ${workspaceIsFree}
      and ${mayGo(sql`coalesce(c.post_at, now())`)}
    group by p.channel order by min(p.urgency), min(p.created_at) limit ${limit})
  insert into outbox_channels (workspace_id, channel, holder, free_at)
  select ${workspace}::uuid, channel, ${holder}, ${soon(leaseMs)} from due
  on conflict (workspace_id, channel) do update set holder = excluded.holder, free_at = excluded.free_at
    where outbox_channels.free_at <= now()
  returning channel, holder, failures`;

export const nextPost = ({ channel, holder }: HeldChannel, leaseMs: number): SQL => sql`
  with held as (
    update outbox_channels set free_at = ${soon(leaseMs)}
    where channel = ${channel} and holder = ${holder} and ${workspaceIsFree}
    returning post_at)
  select p.id, p.channel, p.thread, p.only_for as "onlyFor", p.reply, p.revision, p.external_id as "externalId",
    p.attempts
  from posts p, held
  where p.channel = ${channel} and ${mayGo(sql`held.post_at`)}
  order by least(p.urgency, case when p.external_id is null and p.only_for is null then ${urgencyBehind} end), p.id
  limit 1`;

/** The most urgent of what waits in a thread behind its first new message. */
const urgencyBehind = sql`(
  select min(behind.urgency) from posts behind
  where behind.sent_revision < behind.revision and not behind.dead
    and behind.external_id is null and behind.only_for is null
    and behind.channel = p.channel and coalesce(behind.thread, '') = coalesce(p.thread, ''))`;

export const holdUpChannel = (workspace: string, channel: string, pauseMs: number): SQL => sql`
  insert into outbox_channels (workspace_id, channel, free_at, failures)
  values (${workspace}::uuid, ${channel}, ${soon(pauseMs)}, 1)
  on conflict (workspace_id, channel) do update
    set free_at = excluded.free_at, failures = outbox_channels.failures + 1, holder = null`;

/** Given up so lately that somebody may still mend it; without a bound, an old one would be warned of for ever. */
export const refusedLately = sql`dead and coalesce(failed_at, created_at) > now() - interval '7 days'`;

export const refusedPosts = (limit: number): SQL => sql`
  select channel, reply->>'summary' as summary, coalesce(error, '') as error,
    (extract(epoch from coalesce(failed_at, created_at)) * 1000)::float8 as at
  from posts where ${refusedLately} order by failed_at desc nulls last limit ${limit}`;

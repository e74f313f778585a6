import { type SQL, sql } from 'drizzle-orm';
import { type HeldChannel, urgencies } from '#ports/stores/outbox.ts';
import { soon } from '../soon.ts';

/** The row that stands for all channels of a workspace: no channel has an empty name. */
const everyChannel = '';

const workspaceIsFree = sql`not exists (
  select 1 from outbox_channels whole where whole.channel = ${everyChannel} and whole.free_at > now())`;

/**
 * The posts `p` that may go out now: a notice any time, an edit or a new message when the platform's pause for it is over,
 * a new one only when nothing earlier of its thread waits. `c` is the channel's row, or one of nulls. The conditions of the
 * partial indexes are written out, or they would not be used.
 */
const mayGo = sql`
  p.sent_revision < p.revision and not p.dead and p.due_at <= now()
  and (p.only_for is not null
    or (p.external_id is not null and coalesce(c.edit_at, now()) <= now()
      and (p.urgency < ${urgencies.progress} or coalesce(c.progress_at, now()) <= now()))
    or (p.external_id is null and coalesce(c.post_at, now()) <= now() and not exists (
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
      and ${mayGo}
    group by p.channel order by min(p.urgency), min(p.created_at) limit ${limit})
  insert into outbox_channels (workspace_id, channel, holder, free_at)
  select ${workspace}::uuid, channel, ${holder}, ${soon(leaseMs)} from due
  on conflict (workspace_id, channel) do update set holder = excluded.holder, free_at = excluded.free_at
    where outbox_channels.free_at <= now()
  returning channel, holder, failures`;

export const nextPost = ({ channel, holder }: HeldChannel, leaseMs: number): SQL => sql`
  with c as (
    update outbox_channels set free_at = ${soon(leaseMs)}
    where channel = ${channel} and holder = ${holder} and ${workspaceIsFree}
    returning post_at, edit_at, progress_at),
  chosen as (
    select p.id, p.tried_at from posts p, c
    where p.channel = ${channel} and ${mayGo}
    order by least(p.urgency, case when p.external_id is null and p.only_for is null then ${urgencyBehind} end), p.id
    limit 1)
  update posts p set tried_at = case when p.external_id is null then now() end
  from chosen where p.id = chosen.id
  returning p.id, p.channel, p.thread, p.only_for as "onlyFor", p.reply, p.revision, p.external_id as "externalId",
    p.attempts, (p.external_id is null and chosen.tried_at is not null) as "mayStand"`;

/** The most urgent of what waits in a thread behind its first new message. */
const urgencyBehind = sql`(
  select min(behind.urgency) from posts behind
  where behind.sent_revision < behind.revision and not behind.dead
    and behind.external_id is null and behind.only_for is null
    and behind.channel = p.channel and coalesce(behind.thread, '') = coalesce(p.thread, ''))`;

/** Whether a sender still holds its channel; who does keeps it until the transaction ends. */
export const isHeldBy = ({ channel, holder }: HeldChannel): SQL => sql`exists (
  select 1 from outbox_channels mine where mine.channel = ${channel} and mine.holder = ${holder} for update)`;

export const holdUpWorkspace = (workspace: string, held: HeldChannel, pauseMs: number): SQL => sql`
  insert into outbox_channels (workspace_id, channel, free_at, failures)
  select ${workspace}::uuid, ${everyChannel}, ${soon(pauseMs)}, 1 where ${isHeldBy(held)}
  on conflict (workspace_id, channel) do update
    set free_at = excluded.free_at, failures = outbox_channels.failures + 1`;

/** Given up so lately that somebody may still mend it; without a bound, an old one would be warned of for ever. */
export const refusedLately = sql`dead and coalesce(failed_at, created_at) > now() - interval '7 days'`;

export const refusedPosts = (limit: number): SQL => sql`
  select channel, reply->>'summary' as summary, coalesce(error, '') as error,
    (extract(epoch from coalesce(failed_at, created_at)) * 1000)::float8 as at
  from posts where ${refusedLately} order by failed_at desc nulls last limit ${limit}`;

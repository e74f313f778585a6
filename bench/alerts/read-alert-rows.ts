import { sql } from 'drizzle-orm';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import type { Reply } from '#domain/reply.ts';
import type { AlertBench } from './open-alert-bench.ts';

type Reading = Pick<AlertBench, 'database' | 'workspace'>;

const read = <Row>({ database, workspace }: Reading, statement: ReturnType<typeof sql>) =>
  inWorkspace(database, workspace, (executor) => readRows<Row>(executor, statement));

/** Signals that were taken in, and of them those that no incident has yet; posts that were not sent yet. */
export async function readBacklog(bench: Reading): Promise<{
  readonly events: number;
  readonly waiting: number;
  readonly unsent: number;
}> {
  const [row] = await read<{ events: number; waiting: number; unsent: number }>(
    bench,
    sql`select (select count(*)::int from alert_events) as events,
      (select count(*)::int from alert_events where folded_at is null) as waiting,
      (select count(*)::int from posts where sent_revision < revision and not dead) as unsent`,
  );
  return row ?? { events: 0, waiting: 0, unsent: 0 };
}

/** The state that stands of each fingerprint: 0 firing, 2 resolved. */
export async function readStates(bench: Reading): Promise<ReadonlyMap<string, number>> {
  const rows = await read<{ fingerprint: string; rank: number }>(
    bench,
    sql`select distinct on (fingerprint) fingerprint, rank from alert_states order by fingerprint, reached_at desc`,
  );
  return new Map(rows.map(({ fingerprint, rank }) => [fingerprint, rank]));
}

/** Messages outside of threads in channels of this name, as they stand. Times are milliseconds since the epoch. */
export function readRoots(
  bench: Reading,
  channel: string,
): Promise<readonly { readonly id: string; readonly reply: Reply; readonly at: number }[]> {
  return read(
    bench,
    sql`select id, body->'reply' as reply, (extract(epoch from coalesce(edited_at, at)) * 1000)::float8 as at
      from playground_messages where thread is null and channel like ${channel} and body->>'kind' = 'reply'`,
  );
}

/** How many messages of the bot the threads of a channel hold. */
export async function countReplies(bench: Reading, channel: string): Promise<number> {
  const [row] = await read<{ count: number }>(
    bench,
    sql`select count(*)::int as count from playground_messages
      where thread is not null and channel = ${channel} and body->>'kind' = 'reply'`,
  );
  return row?.count ?? 0;
}

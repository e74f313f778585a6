import { sql } from 'drizzle-orm';
import { diffLines } from '#adapters/diff/diff-lines.ts';
import { createLeases } from '#adapters/postgres/leases.ts';
import { openInMemory } from '#adapters/postgres/open-embedded.ts';
import { createSolutionSearch } from '#adapters/postgres/search/create-solution-search.ts';
import { createUnitOfWork } from '#adapters/postgres/unit-of-work.ts';
import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { createIds } from '#adapters/system/create-ids.ts';
import type { Core } from '#application/core.ts';
import { defaultAlertSettings } from '#domain/alert/alert-settings.ts';
import { defaultFoldSettings } from '#domain/learning/fold-settings.ts';
import { defaultUseSettings } from '#domain/learning/use.ts';
import { defaultPolicy } from '#domain/policy/policy.ts';
import { defaultRankingSettings } from '#domain/ranking/ranking-settings.ts';
import { prepareWorkspace } from '../load-corpus.ts';

/** When the simulated year begins, in milliseconds since the epoch. */
export const yearStart = Date.UTC(2025, 0, 1);
export const dayMs = 86_400_000;

/**
 * An embedded database whose clock is the bench's: `now()` of every statement and default is found in a schema that is
 * looked through before PostgreSQL's own, and the migrations run with it.
 */
async function openWithClock() {
  const open = await openInMemory();
  const set = (at: number) =>
    open.database.execute(sql`select set_config('bench.now', ${new Date(at).toISOString()}, false)`);
  await open.database.execute(sql`create schema bench_clock`);
  for (const name of ['now', 'clock_timestamp'])
    await open.database.execute(
      sql`create function bench_clock.${sql.identifier(name)}() returns timestamptz language sql stable as
        $$ select current_setting('bench.now')::timestamptz $$`,
    );
  await open.database.execute(sql`set search_path = public, bench_clock, pg_catalog`);
  await set(yearStart);
  await open.migrate();
  await open.database.execute(sql`grant usage on schema bench_clock to public`);
  return { open, set };
}

type Needs = Pick<
  Core,
  | 'unitOfWork'
  | 'search'
  | 'settings'
  | 'commandParser'
  | 'lineDiff'
  | 'redact'
  | 'clock'
  | 'ids'
  | 'leases'
  | 'instance'
>;

/** The application over that database. */
export async function openYear() {
  const { open, set } = await openWithClock();
  const { workspace, load } = await prepareWorkspace(open);
  const ids = createIds();
  let now = yearStart;
  const unitOfWork = createUnitOfWork(open, ids, () => Promise.resolve());
  const core: Needs = {
    unitOfWork,
    search: createSolutionSearch({ database: open.database }),
    commandParser: await createBashCommandParser(),
    lineDiff: diffLines,
    redact: (text) => text,
    clock: { now: () => now },
    ids,
    leases: createLeases(open.database),
    instance: 'bench',
    settings: {
      ranking: defaultRankingSettings,
      fold: defaultFoldSettings,
      uses: defaultUseSettings,
      approval: { expiryMs: 1_800_000, destructiveExpiryMs: 600_000 },
      policy: defaultPolicy,
      listening: 'invited',
      alerts: defaultAlertSettings,
      longestCommand: () => 2000,
    },
  };
  const setClock = async (at: number): Promise<void> => {
    now = at;
    await set(at);
  };
  return { core, workspace, load, setClock, close: () => open.close() };
}

export type Year = Awaited<ReturnType<typeof openYear>>;

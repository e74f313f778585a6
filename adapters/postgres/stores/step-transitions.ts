import { and, eq, exists, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { HostId, StepId } from '#domain/ids.ts';
import type { Step, StepState } from '#domain/run/step.ts';
import type { RunStore } from '#ports/stores/run-store.ts';
import { first } from '../rows.ts';
import { runSteps, runs } from '../schema/runs.ts';
import { soon } from '../soon.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { stepColumns } from './step-columns.ts';

type Transitions = Pick<
  RunStore,
  | 'decide'
  | 'withdraw'
  | 'claim'
  | 'begin'
  | 'tryAgain'
  | 'release'
  | 'end'
  | 'spend'
  | 'choose'
  | 'learn'
  | 'lingering'
  | 'letGo'
  | 'heartbeat'
  | 'requestCancel'
  | 'isUnwanted'
  | 'expireRunners'
  | 'reviveClaims'
  | 'expireProposals'
>;

const unexpired = sql`${runSteps.expiresAt} > now()`;
const is = (id: StepId, ...states: StepState[]) => and(eq(runSteps.id, id), inArray(runSteps.state, states));

type Changes = Partial<Record<keyof typeof runSteps.$inferInsert, unknown>>;

/** One conditional UPDATE a transition, on database time: of two that race, one changes a row. */
export function createStepTransitions(scope: StoreScope): Transitions {
  const change = async (set: Changes, where: SQL | undefined): Promise<readonly Step[]> =>
    scope.executor
      .update(runSteps)
      .set(set as Partial<typeof runSteps.$inferInsert>)
      .where(where)
      .returning(stepColumns);
  const changes = async (set: Changes, where: SQL | undefined) => (await change(set, where)).length > 0;
  return {
    decide: async (id, to) =>
      first(await change({ state: to }, and(is(id, 'proposed'), to === 'expired' ? undefined : unexpired))),
    withdraw: async (id) => first(await change({ state: 'skipped' }, is(id, 'proposed', 'approved'))),
    ...runnerTransitions(change, changes),
    heartbeat: (id, runner, leaseMs) => heartbeat(scope, id, runner, leaseMs),
    requestCancel: (id) =>
      changes({ cancelRequested: sql`now()` }, is(id, 'claimed', 'running', 'unknown', 'cancel-unconfirmed')),
    isUnwanted: (id) => isUnwanted(scope, id),
    lingering: (hosts) => lingering(scope, hosts),
    ...sweeps(change),
  };
}

type Change = (set: Changes, where: SQL | undefined) => Promise<readonly Step[]>;

/** Nobody pressed Stop since the claim; checked in the very statement after which the step may be sent. */
const stillWanted = and(
  isNull(runSteps.cancelRequested),
  exists(sql`(select 1 from ${runs} where ${runs.id} = ${runSteps.runId} and ${runs.state} = 'active')`),
);

const believed = (runner: string) => and(eq(runSteps.runner, runner), sql`${runSteps.runnerUntil} > now()`);
/** A whole touches no host; its parts do. */
const isChange = sql`${runSteps.risk} <> 'read-only' and ${runSteps.fanOut} is null`;
const lostSightOf: readonly StepState[] = ['unknown', 'cancel-unconfirmed'];
const triedTimes = (number: number) => sql`jsonb_array_length(${runSteps.tries}) = ${number}`;

function runnerTransitions(
  change: Change,
  changes: (set: Changes, where: SQL | undefined) => Promise<boolean>,
): Pick<
  Transitions,
  'claim' | 'begin' | 'tryAgain' | 'release' | 'end' | 'spend' | 'choose' | 'learn' | 'letGo'
> {
  const mine = (id: StepId, runner: string) => and(is(id, 'claimed'), believed(runner));
  const by = (runner: string | null) =>
    runner === null ? isNotNull(runSteps.fanOut) : eq(runSteps.runner, runner);
  return {
    claim: async (id, runner, leaseMs) =>
      first(
        await change(
          { state: 'claimed', runner, runnerUntil: soon(leaseMs) },
          and(is(id, 'approved'), unexpired),
        ),
      ),
    begin: (id, runner, leaseMs) =>
      changes(
        { state: 'running', startedAt: sql`now()`, runnerUntil: soon(leaseMs) },
        and(mine(id, runner), stillWanted),
      ),
    tryAgain: async (id, { runner, leaseMs }, failed, number) =>
      first(
        await change(
          {
            tries: sql`${runSteps.tries} || ${JSON.stringify([failed])}::jsonb`,
            runnerUntil: soon(leaseMs),
          },
          and(is(id, 'running'), believed(runner), stillWanted, triedTimes(number - 1)),
        ),
      ),
    release: (id, runner, to, result) => changes({ state: to, result, runner: null }, mine(id, runner)),
    end: (id, runner, result) =>
      changes(
        {
          state: result.state,
          result,
          endedAt: sql`now()`,
          runner: null,
          lingers: lostSightOf.includes(result.state) ? isChange : false,
        },
        and(is(id, 'running', 'unknown'), by(runner)),
      ),
    spend: (id, runner) => changes({ runner: null }, and(is(id, 'unknown'), by(runner))),
    choose: (id) => changes({ chosenAt: sql`now()` }, and(eq(runSteps.id, id), isNull(runSteps.chosenAt))),
    learn: (id, result, isOver) =>
      changes(
        isOver ? { result, lingers: false } : { result },
        and(eq(runSteps.id, id), or(eq(runSteps.state, 'unknown'), runSteps.lingers)),
      ),
    letGo: (id) => changes({ lingers: false }, and(eq(runSteps.id, id), runSteps.lingers)),
  };
}

function sweeps(change: Change): Pick<Transitions, 'expireRunners' | 'reviveClaims' | 'expireProposals'> {
  const silent = lt(runSteps.runnerUntil, sql`now()`);
  const undecided = inArray(runSteps.state, ['proposed', 'approved']);
  return {
    expireRunners: () =>
      change(
        { state: 'unknown', endedAt: sql`now()`, lingers: isChange },
        and(eq(runSteps.state, 'running'), isNull(runSteps.fanOut), silent),
      ),
    reviveClaims: () =>
      change({ state: 'approved', runner: null }, and(eq(runSteps.state, 'claimed'), silent)),
    expireProposals: () => change({ state: 'expired' }, and(undecided, lt(runSteps.expiresAt, sql`now()`))),
  };
}

async function isUnwanted({ executor }: StoreScope, id: StepId): Promise<boolean> {
  const unwanted = and(eq(runSteps.id, id), isNotNull(runSteps.cancelRequested));
  return (await executor.select({ id: runSteps.id }).from(runSteps).where(unwanted)).length > 0;
}

async function heartbeat({ executor }: StoreScope, id: StepId, runner: string, leaseMs: number) {
  const rows = await executor
    .update(runSteps)
    .set({ runnerUntil: soon(leaseMs) })
    .where(and(is(id, 'claimed', 'running'), eq(runSteps.runner, runner)))
    .returning({ cancel: sql<boolean>`${runSteps.cancelRequested} is not null` });
  return { held: rows.length > 0, cancel: rows[0]?.cancel ?? false };
}

function lingering({ executor }: StoreScope, hosts: readonly HostId[]) {
  return executor
    .select({ id: runSteps.id, hostId: runSteps.hostId })
    .from(runSteps)
    .where(and(inArray(runSteps.hostId, [...hosts]), runSteps.lingers))
    .orderBy(runSteps.id);
}

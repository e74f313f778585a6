import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { FailureCause } from '#domain/failure/failure.ts';
import type {
  HostId,
  IncidentId,
  PersonId,
  PostId,
  RecommendationId,
  RunId,
  SolutionId,
  StepId,
  VersionId,
} from '#domain/ids.ts';
import type { Risk } from '#domain/risk/risk.ts';
import type { FanOut } from '#domain/run/fan-out.ts';
import type { FailedTry, Retry } from '#domain/run/retry.ts';
import type { RunDirection, RunState } from '#domain/run/run.ts';
import type { Round, StepResult, StepState } from '#domain/run/step.ts';
import type { Way } from '#domain/run/way.ts';
import { type Given, nothingGiven } from '#domain/runbook/given.ts';
import type { StepKind } from '#domain/runbook/runbook.ts';
import { instant, workspaceId } from './columns.ts';
import { incidents, recommendations } from './incidents.ts';
import { solutions, solutionVersions } from './knowledge.ts';
import { hosts, people } from './people.ts';

export const runs = pgTable(
  'runs',
  {
    id: uuid().$type<RunId>().primaryKey(),
    workspaceId: workspaceId(),
    incidentId: uuid('incident_id')
      .$type<IncidentId>()
      .notNull()
      .references(() => incidents.id),
    recommendationId: uuid('recommendation_id')
      .$type<RecommendationId>()
      .notNull()
      .references(() => recommendations.id),
    solutionId: uuid('solution_id')
      .$type<SolutionId>()
      .notNull()
      .references(() => solutions.id),
    versionId: uuid('version_id')
      .$type<VersionId>()
      .notNull()
      .references(() => solutionVersions.id),
    requestedBy: uuid('requested_by')
      .$type<PersonId>()
      .notNull()
      .references(() => people.id),
    /** Whoever pressed Use; `requestedBy` is whoever stated the values that it has now. */
    startedBy: uuid('started_by')
      .$type<PersonId>()
      .notNull()
      .references(() => people.id),
    parameters: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    state: text().$type<RunState>().notNull(),
    direction: text().$type<RunDirection>().notNull().default('forward'),
    startedAt: instant('started_at').notNull().default(sql`now()`),
    endedAt: instant('ended_at'),
    /** Why it did not help, as it was judged last; null where nothing says so. */
    failedBy: text('failed_by').$type<FailureCause>(),
  },
  (table) => [
    index('runs_recommendation').on(table.workspaceId, table.recommendationId),
    index('runs_started').on(table.workspaceId, table.startedAt),
  ],
);

export const runSteps = pgTable(
  'run_steps',
  {
    id: uuid().$type<StepId>().primaryKey(),
    workspaceId: workspaceId(),
    runId: uuid('run_id')
      .$type<RunId>()
      .notNull()
      .references(() => runs.id),
    position: integer().notNull(),
    attempt: integer().notNull(),
    round: integer().$type<Round>().notNull().default(0),
    kind: text().$type<StepKind>().notNull(),
    title: text().notNull(),
    hostId: uuid('host_id')
      .$type<HostId>()
      .notNull()
      .references(() => hosts.id),
    /** A whole has `fan_out` and its canary as `host_id`; a part names its whole. */
    fanOut: jsonb('fan_out').$type<FanOut>(),
    partOf: uuid('part_of')
      .$type<StepId>()
      .references((): AnyPgColumn => runSteps.id),
    command: text().notNull(),
    given: jsonb().$type<Given>().notNull().default(nothingGiven),
    risk: text().$type<Risk>().notNull(),
    riskWhy: text('risk_why').notNull(),
    timeoutMs: integer('timeout_ms').notNull(),
    expect: text(),
    exitCodes: jsonb('exit_codes').$type<readonly number[]>().notNull(),
    retry: jsonb().$type<Retry>(),
    /** The tries that were followed by another; the next one is sent only once it stands here. */
    tries: jsonb().$type<readonly FailedTry[]>().notNull().default([]),
    state: text().$type<StepState>().notNull(),
    nonce: text().notNull(),
    binding: text().notNull(),
    expiresAt: instant('expires_at').notNull(),
    postId: uuid('post_id').$type<PostId>().notNull(),
    lingers: boolean().notNull().default(false),
    result: jsonb().$type<StepResult>(),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    chosenAt: instant('chosen_at'),
    /** How it is sent to its host; null before that, and of what was sent before it was kept. */
    way: jsonb().$type<Way>(),
    /** While claimed or running: who runs it and until when that is believed without a sign of life. */
    runner: text(),
    runnerUntil: instant('runner_until'),
    /** Set by Stop; the runner sees it at its next heartbeat. */
    cancelRequested: instant('cancel_requested'),
  },
  (table) => [
    uniqueIndex('run_steps_attempt')
      .on(table.runId, table.position, table.attempt)
      .where(sql`part_of is null`),
    /** At most once on each host. */
    uniqueIndex('run_steps_part').on(table.runId, table.partOf, table.hostId).where(sql`part_of is not null`),
    index('run_steps_lingering').on(table.workspaceId, table.hostId).where(sql`${table.lingers}`),
    index('run_steps_unfinished')
      .on(table.workspaceId, table.state)
      .where(sql`state in ('proposed', 'approved', 'claimed', 'running', 'unknown')`),
  ],
);

export const approvals = pgTable(
  'approvals',
  {
    workspaceId: workspaceId(),
    stepId: uuid('step_id')
      .$type<StepId>()
      .notNull()
      .references(() => runSteps.id),
    personId: uuid('person_id')
      .$type<PersonId>()
      .notNull()
      .references(() => people.id),
    decision: text().$type<'approved' | 'rejected' | 'skipped'>().notNull(),
    /** SHA-256 over the canonical JSON of exactly what was decided on. */
    binding: text().notNull(),
    decidedAt: instant('decided_at').notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.stepId, table.personId] })],
);

export const auditEntries = pgTable(
  'audit_entries',
  {
    workspaceId: workspaceId(),
    sequence: bigint({ mode: 'number' }).notNull(),
    at: instant('at').notNull(),
    actor: text().notNull(),
    event: text().notNull(),
    details: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
    previous: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.sequence] })],
);

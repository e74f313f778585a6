import type { HostId, PostId, RunId, StepId } from '../ids.ts';
import type { Risk } from '../risk/risk.ts';
import type { Given } from '../runbook/given.ts';
import type { StepKind } from '../runbook/runbook.ts';
import type { FanOut } from './fan-out.ts';
import type { FailedTry, Retry } from './retry.ts';

/**
 *   proposed ─┬─> approved ──> claimed ──> running ─┬─> succeeded | failed | timed-out
 *             ├─> rejected        │                 ├─> cancelled | cancel-unconfirmed
 *             ├─> skipped         └─> approved      └─> unknown
 *             └─> expired            (nothing was sent)
 *
 * `running` is committed before the first byte is sent, so after a crash a claimed step was never sent and a
 * running one is unknown. From there its real end is still welcome while no person has chosen what happens without it.
 */
export const stepStates = [
  'proposed',
  'approved',
  'claimed',
  'running',
  'succeeded',
  'failed',
  'timed-out',
  'cancelled',
  'cancel-unconfirmed',
  'unknown',
  'rejected',
  'expired',
  'skipped',
] as const;
export type StepState = (typeof stepStates)[number];

/** States of a step that was sent and will not change by itself any more. */
export type EndedStepState = Extract<
  StepState,
  'succeeded' | 'failed' | 'timed-out' | 'cancelled' | 'cancel-unconfirmed' | 'unknown'
>;

/** 1 for a check that is run again, to see what the changes made of it; 0 for everything else. */
export type Round = 0 | 1;

/** What is known after a step ended. `why` is a sentence for people. */
export interface StepResult {
  readonly state: EndedStepState;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  readonly why: string;
}

/**
 * One command on one host, as it was proposed; an attempt at it makes a new row. Over a group of hosts it is a whole, which
 * is approved, and a part for each host that begins, which runs. Times are ms since the epoch.
 */
export interface Step {
  readonly id: StepId;
  readonly runId: RunId;
  /** Index into the steps of the runbook version. */
  readonly position: number;
  readonly attempt: number;
  readonly round: Round;
  readonly kind: StepKind;
  readonly title: string;
  /** Of a whole: its canary. */
  readonly hostId: HostId;
  /** Of a whole: the hosts and the order of their turns. */
  readonly fanOut: FanOut | null;
  /** Of a part: its whole. */
  readonly partOf: StepId | null;
  readonly command: string;
  readonly given: Given;
  readonly risk: Risk;
  readonly riskWhy: string;
  /** Of one try. */
  readonly timeoutMs: number;
  readonly expect: string | null;
  readonly exitCodes: readonly number[];
  /** Null: it is tried once. */
  readonly retry: Retry | null;
  /** The tries before the one that is under way or was the last, in order. */
  readonly tries: readonly FailedTry[];
  readonly state: StepState;
  readonly nonce: string;
  /** Hash of the `ApprovalBinding` that the card showed; a decision and the execution must find the same. */
  readonly binding: string;
  readonly expiresAt: number;
  readonly postId: PostId;
  readonly result: StepResult | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** When a person chose what happens without it; null while nobody has. From then on its end changes nothing. */
  readonly chosenAt: number | null;
  /** A change that was sent and may still be at work on its host: no other one begins there meanwhile. */
  readonly lingers: boolean;
}

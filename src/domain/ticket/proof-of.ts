import type { Verdict } from '../learning/verdict.ts';
import type { Run } from '../run/run.ts';
import type { Step } from '../run/step.ts';

/** What showed that a run helped: the alerts were over in time, or its own validation steps succeeded. */
export type Proof = 'alerts' | 'validation';

export interface RunToProve {
  readonly run: Pick<Run, 'state' | 'direction'>;
  readonly steps: readonly Pick<
    Step,
    'position' | 'attempt' | 'round' | 'kind' | 'state' | 'startedAt' | 'endedAt'
  >[];
  /** What people say of it. */
  readonly verdicts: readonly Verdict[];
  /** The alerts that decide; null where none does. `overAt` is when the last of them was, ms since the epoch. */
  readonly alerts: { readonly open: number; readonly overAt: number | null } | null;
  /** An alert that was over later than this after the last change was not its doing. */
  readonly withinMs: number;
}

/**
 * What shows that a run helped; null while nothing does. It went to its end, its last change succeeded, no validation step
 * that was sent failed, nobody says that it did not help, and the alerts were over after its change; where there are none,
 * a validation step succeeded.
 */
export function proofOf(toProve: RunToProve): Proof | null {
  const { run, steps, verdicts, alerts } = toProve;
  const change = changeOf(steps);
  const checks = lastAttempts(steps).filter(({ kind }) => kind === 'validation');
  const isThrough = run.state === 'finished' && run.direction === 'forward' && change !== undefined;
  const isDoubted =
    verdicts.some((verdict) => verdict !== 'worked') || checks.some(({ state }) => state !== 'succeeded');
  if (!isThrough || isDoubted) return null;
  if (alerts === null) return checks.length > 0 ? 'validation' : null;
  return endedBy(change, alerts, toProve.withinMs) ? 'alerts' : null;
}

const endedBy = (
  { from, until }: Change,
  { open, overAt }: NonNullable<RunToProve['alerts']>,
  withinMs: number,
): boolean => open === 0 && overAt !== null && overAt > from && overAt - until <= withinMs;

interface Change {
  readonly from: number;
  readonly until: number;
}

/** When the last change of a run began and ended, in ms since the epoch; undefined where none succeeded last. */
export function changeOf(steps: RunToProve['steps']): Change | undefined {
  const last = lastAttempts(steps)
    .filter(({ kind }) => kind === 'remediation')
    .toSorted((one, other) => (one.startedAt ?? 0) - (other.startedAt ?? 0))
    .at(-1);
  if (last?.state !== 'succeeded' || last.startedAt === null || last.endedAt === null) return undefined;
  return { from: last.startedAt, until: last.endedAt };
}

/** Of the steps that were sent, the last attempt at each; what is looked at again changes nothing. */
const lastAttempts = (steps: RunToProve['steps']): RunToProve['steps'] =>
  steps.filter(
    ({ position, attempt, round, startedAt }) =>
      round === 0 &&
      startedAt !== null &&
      !steps.some(
        (other) =>
          other.round === 0 &&
          other.position === position &&
          other.attempt > attempt &&
          other.startedAt !== null,
      ),
  );

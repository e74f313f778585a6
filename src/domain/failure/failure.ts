import type { StepId } from '../ids.ts';

/**
 * Why a run did not help.
 * - `environment`: the host, its network or its programs; the same steps may work another time.
 * - `permission`: the login may not do what a step does.
 * - `wrong-target`: what the steps are for is not where they ran, or the problem was another one.
 * - `runbook-insufficient`: its own steps failed, or all went well and the problem stayed.
 * - `flaky`: the same step came out one way and then another.
 * - `human-stop`: a person ended it before it could show anything.
 */
export type FailureCause =
  | 'environment'
  | 'permission'
  | 'wrong-target'
  | 'runbook-insufficient'
  | 'flaky'
  | 'human-stop';

export interface Failure {
  readonly cause: FailureCause;
  /** A sentence without its full stop. */
  readonly why: string;
  /** The step that it shows in; null where it is none. */
  readonly step: StepId | null;
}

/** What says that a run to its end did not help. */
export type NoEffect = 'alert still firing';

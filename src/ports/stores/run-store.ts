import type { FailureCause } from '#domain/failure/failure.ts';
import type { HostId, PersonId, RecommendationId, RunId, StepId } from '#domain/ids.ts';
import type { FailedTry } from '#domain/run/retry.ts';
import type { Run, RunState } from '#domain/run/run.ts';
import type { Step, StepResult, StepState } from '#domain/run/step.ts';
import type { Way } from '#domain/run/way.ts';

export type NewStep = Omit<
  Step,
  'state' | 'tries' | 'result' | 'startedAt' | 'endedAt' | 'chosenAt' | 'lingers'
>;

export type Decision = 'approved' | 'rejected' | 'skipped';

/** One person's decision on one step. `binding` is the hash of exactly what they saw. */
export interface Approval {
  readonly stepId: StepId;
  readonly personId: PersonId;
  readonly decision: Decision;
  readonly binding: string;
  readonly decidedAt: number;
}

/** Who holds a step, and for how long after each sign of life. */
export interface Claim {
  readonly runner: string;
  readonly leaseMs: number;
}

/**
 * Runs and their steps. Every state change is one conditional UPDATE on database time: undefined or false means
 * that somebody else was faster or that the step has expired, and nothing changed.
 */
export interface RunStore {
  add(run: Run): Promise<void>;
  find(id: RunId): Promise<Run | undefined>;
  ofRecommendation(id: RecommendationId): Promise<Run | undefined>;
  /** Other values for an active run, and who answers for them from now on; false when it has ended. */
  restate(id: RunId, stated: Pick<Run, 'parameters' | 'requestedBy'>): Promise<boolean>;
  /** active → `state`; false when it had ended already. */
  close(id: RunId, state: Exclude<RunState, 'active'>): Promise<boolean>;
  /** Turns a run round, ended or not: from here on it goes through the steps that undo it. False when it was turned before. */
  turnBack(id: RunId, requestedBy: PersonId): Promise<boolean>;
  /** Keeps why it did not help; false when that is what was kept before. */
  judge(id: RunId, cause: FailureCause): Promise<boolean>;
  propose(step: NewStep): Promise<void>;
  step(id: StepId): Promise<Step | undefined>;
  /** The step, held until the transaction ends: of two people who decide on it, the second sees what the first did. */
  lockStep(id: StepId): Promise<Step | undefined>;
  /** Without parts, in the order in which a run goes through them: what undoes comes last. */
  steps(id: RunId): Promise<readonly Step[]>;
  /** The parts of all its steps that went to a group, in the order in which they began. */
  parts(id: RunId): Promise<readonly Step[]>;
  /** Adds a part of an approved whole, itself approved; a host that has one already is a fault. */
  launch(part: NewStep): Promise<void>;
  /** proposed → `to`, unless it has expired (only `expired` itself may then be reached). */
  decide(id: StepId, to: StepState): Promise<Step | undefined>;
  /** proposed or approved → skipped, as long as nobody has claimed it. */
  withdraw(id: StepId): Promise<Step | undefined>;
  recordApproval(approval: Omit<Approval, 'decidedAt'>): Promise<boolean>;
  approvals(id: StepId): Promise<readonly Approval[]>;
  /** Steps of a host that change something and are in one of these states, in the order in which they were proposed. */
  changesOn(host: HostId, ...states: readonly StepState[]): Promise<readonly StepId[]>;
  /** approved → claimed for `leaseMs`, while not expired. `runner` names this claim and no other, also of the same process. */
  claim(id: StepId, runner: string, leaseMs: number): Promise<Step | undefined>;
  /** claimed → running for `leaseMs`, while the claim holds and nobody stopped it; after this the step may have been sent. */
  begin(id: StepId, runner: string, leaseMs: number): Promise<boolean>;
  /**
   * running → running for `leaseMs` from here on, with one more try that failed: after this the next may have been sent.
   * Undefined when somebody wants it stopped, when this claim does not hold any more, or when that try was kept before.
   */
  tryAgain(id: StepId, claim: Claim, failed: FailedTry, number: number): Promise<Step | undefined>;
  /** claimed → `to`, while the claim holds, when nothing was sent. */
  release(
    id: StepId,
    runner: string,
    to: 'approved' | 'rejected' | 'failed' | 'cancelled',
    result: StepResult | null,
  ): Promise<boolean>;
  /**
   * running → its end, by the claim that sent it, which is used up with that. One that was called unknown meanwhile takes it
   * too: whether it may is for the caller to say. Null ends a whole, which nobody sends. A change that ends as unknown or
   * cancel-unconfirmed lingers.
   */
  end(id: StepId, runner: string | null, result: StepResult): Promise<boolean>;
  /** Uses up the claim of an unknown step and leaves the step as it is; false when it was used up. */
  spend(id: StepId, runner: string): Promise<boolean>;
  /** Keeps that a person chose what happens without this step; false when that was kept before. */
  choose(id: StepId): Promise<boolean>;
  /** Keeps how a step is sent to its host, for whoever asks there after it. */
  keepWay(id: StepId, way: Way): Promise<void>;
  /** Undefined for a step that was sent before that was kept. */
  wayOf(id: StepId): Promise<Way | undefined>;
  /** What is known meanwhile of a step that is unknown or may still be at work; `isOver`: nothing of it is on its host any more. */
  learn(id: StepId, result: StepResult, isOver: boolean): Promise<boolean>;
  /** Changes on these hosts that were sent and may still be at work there. */
  lingering(hosts: readonly HostId[]): Promise<readonly { readonly id: StepId; readonly hostId: HostId }[]>;
  /** From here on this step holds up no other one; false when it did not. */
  letGo(id: StepId): Promise<boolean>;
  /** Keeps a claimed or running step alive; tells whether it is still this claim's, and whether somebody asked to cancel it. */
  heartbeat(
    id: StepId,
    runner: string,
    leaseMs: number,
  ): Promise<{ readonly held: boolean; readonly cancel: boolean }>;
  /** Of a claimed or running step, its runner hears at its next heartbeat; of an unknown one, whoever asks its host. */
  requestCancel(id: StepId): Promise<boolean>;
  /** Whether somebody asked to cancel it. */
  isUnwanted(id: StepId): Promise<boolean>;
  /** Running steps whose runner gave no sign of life become unknown, and changes linger; returns them. A whole has no runner. */
  expireRunners(): Promise<readonly Step[]>;
  /** Claimed steps whose runner is gone were never sent: they become approved again; returns them. */
  reviveClaims(): Promise<readonly Step[]>;
  /** Proposed or approved steps past their expiry become expired; returns them. */
  expireProposals(): Promise<readonly Step[]>;
}

import type { IncidentId, PersonId, SolutionId, StepId } from '#domain/ids.ts';
import type { IncidentState } from '#domain/incident.ts';
import type { RatedSolution } from '#domain/insights/insights.ts';
import type { Risk } from '#domain/risk/risk.ts';
import type { RunState } from '#domain/run/run.ts';

/** Where something goes on. */
interface InThread {
  readonly channel: string;
  readonly thread: string;
}

export interface IncidentLine extends InThread {
  readonly id: IncidentId;
  readonly problem: string;
  readonly state: IncidentState;
  readonly openedAt: number;
}

interface ApprovalHost {
  readonly name: string;
  readonly environments: readonly string[];
}

/** A step that waits for a decision. */
export interface ApprovalLine extends InThread {
  readonly stepId: StepId;
  readonly title: string;
  readonly runbook: string;
  /** The slug of the runbook. */
  readonly slug: string;
  /** Null for a step on one host. */
  readonly group: string | null;
  /** All on which it would run, the canary first. */
  readonly hosts: readonly [ApprovalHost, ...ApprovalHost[]];
  readonly risk: Risk;
  /** Whoever asked for it in its present form, and whoever began the run. */
  readonly requesters: readonly PersonId[];
  readonly requester: string;
  /** Who has decided on it already. */
  readonly decidedBy: readonly PersonId[];
  readonly expiresAt: number;
}

export interface RunLine extends InThread {
  readonly title: string;
  /** The slug of the runbook. */
  readonly slug: string;
  readonly state: RunState;
  readonly requester: string;
  readonly startedAt: number;
}

/** A runbook in force; `tried` is 0 when nobody has reported on it. */
export interface RunbookLine extends Omit<RatedSolution, 'kind'> {
  readonly id: SolutionId;
  readonly owner: string;
}

/** How well a runbook fits a name; smaller is better. */
export const nameFits = { exact: 0, prefix: 1, words: 2 } as const;
export type NameFit = keyof typeof nameFits;

/** Which solutions a list of rates is of: those tried at least `leastTried` times, and none in `hidden`. */
export interface RatedScope {
  readonly leastTried: number;
  readonly hidden: readonly SolutionId[];
}

/** What a list is of: nothing of the solutions in `hidden`, and only what goes on in these channels. */
export interface ListScope {
  readonly hidden: readonly SolutionId[];
  readonly channels: readonly string[];
}

/** Lists for people: bounded, newest or best first, one statement each. Times are milliseconds since the epoch. */
export interface OverviewStore {
  /** Incidents that are not over, opened by this person. */
  openIncidents(openedBy: PersonId, limit: number): Promise<readonly IncidentLine[]>;
  incidentsIn(channel: string, limit: number): Promise<readonly IncidentLine[]>;
  /** Those that expire first come first. */
  pendingApprovals(limit: number, scope: ListScope): Promise<readonly ApprovalLine[]>;
  recentRuns(limit: number, scope: ListScope): Promise<readonly RunLine[]>;
  /** The channels of the newest runs and of all steps that wait, those of the newest runs first. */
  busyChannels(limit: number): Promise<readonly string[]>;
  /**
   * `top`: at least half of what is known of them worked, those first that are believed to work best; `failing`: less did, and
   * they are believed to work less often than not, the worst first.
   */
  rated(which: 'top' | 'failing', scope: RatedScope, limit: number): Promise<readonly RatedSolution[]>;
  /** Whether anything was shown, 0 or 1, and how many votes were given or changed in the last `days`. */
  fed(days: number): Promise<{ readonly shown: number; readonly votes: number }>;
  /** Runbooks whose slug, title or tags contain each of the words; all of them without a word. None in `hidden`. */
  runbooks(
    words: readonly string[],
    limit: number,
    hidden?: readonly SolutionId[],
  ): Promise<readonly RunbookLine[]>;
  /** Runbooks that a name may mean, best fit first. None in `hidden`. */
  runbooksNamed(
    name: string,
    limit: number,
    hidden?: readonly SolutionId[],
  ): Promise<readonly (RunbookLine & { readonly fit: NameFit })[]>;
}

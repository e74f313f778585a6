import type { IncidentId, PersonId, SolutionId, StepId } from '#domain/ids.ts';
import type { IncidentState } from '#domain/incident.ts';
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
  readonly state: RunState;
  readonly requester: string;
  readonly startedAt: number;
}

/** A solution in force with its folded rate. */
export interface RatedLine {
  readonly title: string;
  readonly worked: number;
  readonly tried: number;
  readonly lastWorkedAt: number | null;
}

/** A runbook in force; `tried` is 0 when nobody has reported on it. */
export interface RunbookLine extends RatedLine {
  readonly id: SolutionId;
  readonly slug: string;
  readonly owner: string;
}

/** How well a runbook fits a name; smaller is better. */
export const nameFits = { exact: 0, prefix: 1, words: 2 } as const;
export type NameFit = keyof typeof nameFits;

export interface FeedbackCounts {
  readonly worked: number;
  readonly partly: number;
  readonly failed: number;
  readonly comments: number;
}

/** Lists for people: bounded, newest or best first, one statement each. Times are milliseconds since the epoch. */
export interface OverviewStore {
  /** Incidents that are not over, opened by this person. */
  openIncidents(openedBy: PersonId, limit: number): Promise<readonly IncidentLine[]>;
  incidentsIn(channel: string, limit: number): Promise<readonly IncidentLine[]>;
  /** Incidents of a channel and the last `days` in which nothing was shown. Others' words are not for whoever asks here. */
  unanswered(channel: string, days: number, limit: number): Promise<readonly IncidentLine[]>;
  /** Those that expire first come first. */
  pendingApprovals(limit: number): Promise<readonly ApprovalLine[]>;
  recentRuns(limit: number): Promise<readonly RunLine[]>;
  /** Solutions tried at least `leastTried` times: those that work best, or those that fail more often than they work. */
  rated(which: 'top' | 'failing', leastTried: number, limit: number): Promise<readonly RatedLine[]>;
  feedback(days: number): Promise<FeedbackCounts>;
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

import type { SolutionKind } from '../solution.ts';

/** How often people said 👍, 🤔 and 👎. */
export interface VoteCounts {
  readonly worked: number;
  readonly partly: number;
  readonly failed: number;
}

/** A solution in force with its folded rate. Times here are milliseconds since the epoch. */
export interface RatedSolution {
  readonly slug: string;
  readonly kind: SolutionKind;
  readonly title: string;
  readonly worked: number;
  readonly tried: number;
  readonly lastWorkedAt: number | null;
}

/** A solution that was deprecated, with why. */
export interface StoppedWorking {
  readonly slug: string;
  readonly title: string;
  readonly reason: string;
  /** Null for one that was imported as deprecated. */
  readonly since: number | null;
}

/** A question that found no good answer, in the words of whoever asked it last. */
export interface MissedQuestion {
  readonly problem: string;
  /** Where it was asked last. */
  readonly channel: string;
  readonly thread: string;
  readonly times: number;
  readonly lastAskedAt: number;
  /** Whether something was shown, which did not help then. */
  readonly wasAnswered: boolean;
}

export interface MissedQuestions {
  readonly list: readonly MissedQuestion[];
  /** How many incidents the whole list is of, however much of it is shown. */
  readonly total: number;
}

/** How well answers fitted, as said in the form. */
export interface FitCounts {
  readonly comments: number;
  readonly spotOn: number;
  readonly partly: number;
  readonly missed: number;
}

/** Cases of which owners were told that a runbook could be made, and what came of that. */
export interface SuggestionCounts {
  readonly made: number;
  /** Of those: a runbook of it was put into review, and is in force now. */
  readonly taken: number;
  readonly inForce: number;
  readonly dismissed: number;
}

/** Versions made from a case or proposed by Recourse. */
export interface ProposalCounts {
  readonly made: number;
  readonly approved: number;
  readonly rejected: number;
  readonly waiting: number;
}

/** How many incidents were resolved, and the median time that it took; null where there were none. */
export interface TimeToResolve {
  readonly incidents: number;
  readonly medianMs: number | null;
}

export interface WaitingCounts {
  readonly waiting: number;
  /** How many of them wait for longer than `insightsBounds.agedMs`. */
  readonly aged: number;
  readonly oldestAt: number | null;
}

export interface DecisionCounts {
  readonly approved: number;
  readonly rejected: number;
}

/** Votes of the part of the window that ended so many parts ago. */
export interface VotesAgo extends VoteCounts {
  readonly ago: number;
}

/** What rows tell, before anything is concluded of it. docs/learning.md says what each is counted from. */
export interface InsightCounts {
  readonly days: number;
  readonly until: number;
  readonly top: readonly RatedSolution[];
  readonly failing: readonly RatedSolution[];
  readonly deprecated: readonly StoppedWorking[];
  readonly asked: number;
  readonly missed: MissedQuestions;
  /** `fitting` are those on solutions whose labels were known to fit the incident. */
  readonly votes: VoteCounts & { readonly fitting: VoteCounts };
  readonly answers: VoteCounts;
  readonly said: FitCounts;
  readonly votesOver: readonly VotesAgo[];
  readonly casesCaptured: number;
  readonly suggestions: SuggestionCounts;
  readonly proposals: ProposalCounts;
  readonly withAnswer: TimeToResolve;
  readonly withoutAnswer: TimeToResolve;
  /** Null for whoever may not see what waits for a review. */
  readonly reviews: (WaitingCounts & DecisionCounts) | null;
  /** In the last `insightsBounds.votesDays`, and whether anything was ever shown that could be voted on. */
  readonly lately: { readonly votes: number; readonly shown: boolean };
}

/** What deserves a person's attention. */
export type InsightWarning =
  | { readonly kind: 'no-votes'; readonly days: number; readonly shown: boolean }
  | { readonly kind: 'review-backlog'; readonly waiting: number }
  | { readonly kind: 'aged-reviews'; readonly aged: number; readonly oldestAt: number }
  | { readonly kind: 'approval-rate'; readonly approved: number; readonly decided: number };

/** Votes of one part of the window, which began at `from`. */
export interface VotesFrom extends VoteCounts {
  readonly from: number;
}

/** Shares are 0…1, and null where there is nothing that they could be a share of. */
export interface Insights extends Omit<InsightCounts, 'votesOver' | 'reviews'> {
  readonly from: number;
  /** Votes with 🤔 counted half, of all votes. */
  readonly helpfulness: number | null;
  readonly answersHelpful: number | null;
  readonly fit: number | null;
  readonly contextAccuracy: number | null;
  readonly missedShare: number | null;
  readonly converted: number | null;
  readonly reviews: (WaitingCounts & DecisionCounts & { readonly approvalRate: number | null }) | null;
  /** The oldest first, parts without votes too. */
  readonly trend: readonly VotesFrom[];
  readonly warnings: readonly InsightWarning[];
}

import type { SolutionId } from '#domain/ids.ts';
import type {
  DecisionCounts,
  FitCounts,
  InsightCounts,
  MissedQuestions,
  ProposalCounts,
  SuggestionCounts,
  TimeToResolve,
  VoteCounts,
  VotesAgo,
  WaitingCounts,
} from '#domain/insights/insights.ts';

/** What is looked at: so many days until now, without what is about the solutions in `hidden`. */
export interface InsightsScope {
  readonly days: number;
  readonly hidden: readonly SolutionId[];
}

/** Questions of one channel, or of all where it is null. */
export interface AskedIn {
  readonly days: number;
  readonly channel: string | null;
}

/** Counts for insights, one statement each. docs/learning.md says what each is counted from. */
export interface InsightsStore {
  /** Votes on solutions that were given or last changed in the window. */
  votes(scope: InsightsScope): Promise<InsightCounts['votes']>;
  /** The same in parts of so many days, those without votes left out. */
  votesOver(scope: InsightsScope, partDays: number): Promise<readonly VotesAgo[]>;
  /** Votes on whole answers. */
  answerVotes(days: number): Promise<VoteCounts>;
  /** What was said in the form, of solutions and of whole answers. */
  said(scope: InsightsScope): Promise<FitCounts>;
  /** Incidents that were opened in the window and not dismissed. */
  asked(where: AskedIn): Promise<number>;
  /** Those of them in which nothing was shown, or that everybody who voted says did not help; the most asked first. */
  missed(where: AskedIn, limit: number): Promise<MissedQuestions>;
  /** Cases that were saved from an incident for the first time in the window, without those that were discarded. */
  casesCaptured(scope: InsightsScope): Promise<number>;
  /** Cases of which owners were told in the window that a runbook could be made. */
  suggestions(scope: InsightsScope): Promise<SuggestionCounts>;
  /** Versions that Recourse proposed or that were made from a case, by when they were put into review. */
  proposals(scope: InsightsScope): Promise<ProposalCounts>;
  /** Incidents that were resolved in the window, apart by whether something that was shown was used. */
  timesToResolve(
    scope: InsightsScope,
  ): Promise<{ readonly withAnswer: TimeToResolve; readonly withoutAnswer: TimeToResolve }>;
  /** Versions that wait for a review now. */
  waiting(hidden: readonly SolutionId[], agedMs: number): Promise<WaitingCounts>;
  /** Reviews that were decided in the window. */
  decisions(scope: InsightsScope): Promise<DecisionCounts>;
}

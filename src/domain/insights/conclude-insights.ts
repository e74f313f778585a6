import type { InsightCounts, Insights, InsightWarning, VoteCounts, VotesAgo, VotesFrom } from './insights.ts';
import { daysOfPart } from './insights-days.ts';

const dayMs = 86_400_000;

/** What is more, older or less than this deserves a warning. */
export const insightsBounds = {
  waiting: 10,
  agedMs: dayMs,
  approvalRate: 0.5,
  votesDays: 7,
} as const;

/** What follows from the counts: shares, and what somebody should look at. */
export function concludeInsights({ votesOver, reviews, ...counts }: InsightCounts): Insights {
  const { days, until, votes, answers, said, asked, missed, suggestions } = counts;
  const judged = said.spotOn + said.partly + said.missed;
  const decided = reviews && { ...reviews, approvalRate: approvalRate(reviews) };
  return {
    ...counts,
    from: until - days * dayMs,
    helpfulness: helpfulShare(votes),
    answersHelpful: helpfulShare(answers),
    fit: shareOf(said.spotOn + said.partly / 2, judged),
    contextAccuracy: helpfulShare(votes.fitting),
    missedShare: shareOf(missed.total, asked),
    converted: shareOf(suggestions.inForce, suggestions.made),
    reviews: decided,
    trend: trendOf(votesOver, days, until),
    warnings: warningsOf(counts.lately, decided),
  };
}

const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const countOf = ({ worked, partly, failed }: VoteCounts): number => worked + partly + failed;

const helpfulShare = (votes: VoteCounts): number | null =>
  shareOf(votes.worked + votes.partly / 2, countOf(votes));

const approvalRate = ({ approved, rejected }: NonNullable<InsightCounts['reviews']>): number | null =>
  shareOf(approved, approved + rejected);

/** Parts end now, so that the newest is whole and the oldest may be short. */
function trendOf(votesOver: readonly VotesAgo[], days: number, until: number): readonly VotesFrom[] {
  const part = daysOfPart(days);
  const count = Math.ceil(days / part);
  const byAgo = new Map(votesOver.map((votes) => [votes.ago, votes]));
  return Array.from({ length: count }, (_, place) => {
    const ago = count - 1 - place;
    const { worked = 0, partly = 0, failed = 0 } = byAgo.get(ago) ?? {};
    return { from: until - Math.min(days, (ago + 1) * part) * dayMs, worked, partly, failed };
  });
}

function warningsOf(
  { votes, shown }: InsightCounts['lately'],
  reviews: Insights['reviews'],
): readonly InsightWarning[] {
  const unfed: InsightWarning = { kind: 'no-votes', days: insightsBounds.votesDays, shown };
  return [...(votes === 0 ? [unfed] : []), ...(reviews === null ? [] : reviewWarnings(reviews))];
}

function reviewWarnings({
  waiting,
  aged,
  oldestAt,
  approved,
  rejected,
  approvalRate: rate,
}: NonNullable<Insights['reviews']>): readonly InsightWarning[] {
  const backlog: InsightWarning = { kind: 'review-backlog', waiting };
  const low: InsightWarning = { kind: 'approval-rate', approved, decided: approved + rejected };
  return [
    ...(waiting > insightsBounds.waiting ? [backlog] : []),
    ...(aged > 0 && oldestAt !== null ? [{ kind: 'aged-reviews', aged, oldestAt } as const] : []),
    ...(rate !== null && rate < insightsBounds.approvalRate ? [low] : []),
  ];
}

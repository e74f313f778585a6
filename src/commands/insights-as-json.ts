import { insightsBounds } from '#domain/insights/conclude-insights.ts';
import type { Insights, RatedSolution } from '#domain/insights/insights.ts';
import { warningText } from '#domain/wording/insights-warnings.ts';

export interface WorkspaceInsights {
  readonly workspace: string;
  readonly insights: Insights;
}

/** Insights as scripts read them: times are ISO 8601, shares 0…1, and null is what nothing is known of. */
export function insightsAsJson({ workspace, insights }: WorkspaceInsights): object {
  const { days, from, until, missed, votes, said, suggestions, withAnswer, withoutAnswer } = insights;
  const { fitting, ...counts } = votes;
  const { comments, ...fit } = said;
  return {
    ...{ workspace, days, from: iso(from), until: iso(until) },
    top: insights.top.map(ratedAsJson),
    failing: insights.failing.map(ratedAsJson),
    deprecated: insights.deprecated.map((one) => ({ ...one, since: iso(one.since) })),
    unanswered: {
      ...{ asked: insights.asked, count: missed.total, share: insights.missedShare },
      questions: missed.list.map((one) => ({ ...one, lastAskedAt: iso(one.lastAskedAt) })),
    },
    helpfulness: { ...counts, comments, share: insights.helpfulness },
    answers: { ...insights.answers, share: insights.answersHelpful },
    fit: { ...fit, share: insights.fit },
    casesCaptured: insights.casesCaptured,
    suggestions: { ...suggestions, converted: insights.converted },
    proposals: insights.proposals,
    timeToResolution: { withAnswer, withoutAnswer },
    contextMatch: { ...fitting, accuracy: insights.contextAccuracy },
    reviews: insights.reviews && { ...insights.reviews, oldestAt: iso(insights.reviews.oldestAt) },
    recentVotes: { days: insightsBounds.votesDays, votes: insights.lately.votes },
    trend: insights.trend.map((part) => ({ ...part, from: iso(part.from) })),
    warnings: insights.warnings.map((warning) => ({ kind: warning.kind, ...warningText(warning, until) })),
  };
}

const ratedAsJson = (rated: RatedSolution): object => ({
  ...rated,
  rate: rated.tried === 0 ? null : rated.worked / rated.tried,
  lastWorkedAt: iso(rated.lastWorkedAt),
});

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

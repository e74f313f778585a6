import type { SolutionId } from '#domain/ids.ts';
import { concludeInsights, insightsBounds } from '#domain/insights/conclude-insights.ts';
import type { Insights } from '#domain/insights/insights.ts';
import { daysOfPart } from '#domain/insights/insights-days.ts';
import { solutionTitle } from '#domain/solution.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

type Read = Pick<Transaction, 'insights' | 'overview' | 'solutions' | 'now'>;

/** Who looks, and how far back. */
export interface InsightsView {
  readonly days: number;
  /** Whose questions are shown; null for all channels. */
  readonly channel: string | null;
  /** Solutions that whoever looks may not see: nothing here is about them. */
  readonly hidden: readonly SolutionId[];
  readonly seesReviews: boolean;
}

const listed = 5;

/** What a workspace's rows tell of the last days, as whoever looks may see it. */
export async function readInsights(
  { settings }: Pick<Core, 'settings'>,
  transaction: Read,
  view: InsightsView,
): Promise<Insights> {
  const { insights, overview } = transaction;
  const { days, channel, hidden } = view;
  const scope = { days, hidden };
  const asked = { days, channel };
  const rated = { leastTried: settings.fold.leastSignals, hidden };
  const { shown, votes } = await overview.fed(insightsBounds.votesDays);
  return concludeInsights({
    days,
    until: await transaction.now(),
    top: await overview.rated('top', rated, listed),
    failing: await overview.rated('failing', rated, listed),
    deprecated: await readStopped(transaction, hidden),
    asked: await insights.asked(asked),
    missed: await insights.missed(asked, listed),
    votes: await insights.votes(scope),
    answers: await insights.answerVotes(days),
    said: await insights.said(scope),
    votesOver: await insights.votesOver(scope, daysOfPart(days)),
    casesCaptured: await insights.casesCaptured(scope),
    suggestions: await insights.suggestions(scope),
    proposals: await insights.proposals(scope),
    ...(await insights.timesToResolve(scope)),
    reviews: view.seesReviews
      ? {
          ...(await insights.waiting(hidden, insightsBounds.agedMs)),
          ...(await insights.decisions(scope)),
        }
      : null,
    lately: { votes, shown: shown > 0 },
  });
}

async function readStopped({ solutions }: Pick<Read, 'solutions'>, hidden: readonly SolutionId[]) {
  const found = await solutions.deprecated(listed, { hidden });
  return found.map(({ slug, reason, since, ...solution }) => ({
    ...{ slug, reason, since },
    title: solutionTitle(solution),
  }));
}

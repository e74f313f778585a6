import type { SQL } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';
import type { MissedQuestion, TimeToResolve, VoteCounts } from '#domain/insights/insights.ts';
import type { AskedIn, InsightsScope, InsightsStore } from '#ports/stores/insights-store.ts';
import { readRows } from '../read-rows.ts';
import { one } from '../rows.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { insightQueries as queries } from './insight-queries.ts';

type VotesRow = VoteCounts & Record<'fittingWorked' | 'fittingPartly' | 'fittingFailed', number>;

export function createInsightsStore({ executor }: StoreScope): InsightsStore {
  const single = async <Row>(statement: SQL) => one(await readRows<Row>(executor, statement));
  const count = async (statement: SQL) => (await single<{ readonly count: number }>(statement)).count;
  return {
    votes: async (scope) => {
      const row = await single<VotesRow>(queries.votes(scope));
      const { fittingWorked, fittingPartly, fittingFailed, ...votes } = row;
      return { ...votes, fitting: { worked: fittingWorked, partly: fittingPartly, failed: fittingFailed } };
    },
    votesOver: (scope, partDays) => readRows(executor, queries.votesOver(scope, partDays)),
    answerVotes: (days) => single(queries.answerVotes(days)),
    said: (scope) => single(queries.said(scope)),
    asked: (where: AskedIn) => count(queries.asked(where)),
    missed: async (where, limit) => {
      const rows = await readRows<MissedQuestion & { readonly total: number }>(
        executor,
        queries.missed(where, limit),
      );
      return { list: rows.map(({ total: _, ...question }) => question), total: rows[0]?.total ?? 0 };
    },
    casesCaptured: (scope) => count(queries.casesCaptured(scope)),
    suggestions: (scope) => single(queries.suggestions(scope)),
    proposals: (scope) => single(queries.proposals(scope)),
    timesToResolve: async (scope: InsightsScope) => {
      const rows = await readRows<TimeToResolve & { readonly used: boolean }>(
        executor,
        queries.timesToResolve(scope),
      );
      const ofThose = (wanted: boolean): TimeToResolve => {
        const { incidents = 0, medianMs = null } = rows.find(({ used }) => used === wanted) ?? {};
        return { incidents, medianMs };
      };
      return { withAnswer: ofThose(true), withoutAnswer: ofThose(false) };
    },
    waiting: (hidden: readonly SolutionId[], agedMs) => single(queries.waiting(hidden, agedMs)),
    decisions: (scope) => single(queries.decisions(scope)),
  };
}

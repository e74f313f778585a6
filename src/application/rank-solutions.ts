import type { Context } from '#domain/context.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { SuccessRate } from '#domain/learning/success-rate.ts';
import { recogniseContext } from '#domain/message/recognise-context.ts';
import { type RankedSolution, rank } from '#domain/ranking/rank.ts';
import type { Core } from './core.ts';

export interface RankedAnswer {
  readonly ranked: readonly (RankedSolution & { readonly rate: SuccessRate | undefined })[];
  /** What the text told about where the problem is. */
  readonly context: Context;
}

/** Candidates asked of the search for each place shown: context and track record can lift one from further down. */
const candidatesPerPlace = 5;

/** The ranked answer to a text, best first; empty when nothing is good enough. */
export function createRankSolutions({
  unitOfWork,
  search,
  settings,
}: Pick<Core, 'unitOfWork' | 'search' | 'settings'>) {
  return async (workspace: WorkspaceId, text: string): Promise<RankedAnswer> => {
    const limit = settings.ranking.maximum * candidatesPerPlace;
    const candidates = await search.find({ workspace, text, limit });
    return unitOfWork.within(workspace, async ({ solutions, hosts }) => {
      const rates = await solutions.rates(candidates.map(({ solution }) => solution.id));
      const { context } = recogniseContext(text, await hosts.all());
      const ranked = rank({ candidates, rates, context, settings: settings.ranking });
      return { context, ranked: ranked.map((one) => ({ ...one, rate: rates.get(one.solution.id) })) };
    });
  };
}

export type RankSolutions = ReturnType<typeof createRankSolutions>;

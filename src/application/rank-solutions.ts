import type { Context } from '#domain/context.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { SuccessRate } from '#domain/learning/success-rate.ts';
import { recogniseContext } from '#domain/message/recognise-context.ts';
import { type Alternative, findAlternatives } from '#domain/ranking/find-alternatives.ts';
import type { RankedSolution } from '#domain/ranking/judge-candidate.ts';
import { rank } from '#domain/ranking/rank.ts';
import { classifyCommand } from '#domain/risk/classify-command.ts';
import type { Core } from './core.ts';

/** A solution with its folded rate; undefined when nobody has reported on it. */
export type RatedSolution = RankedSolution & { readonly rate: SuccessRate | undefined };

export interface RankedAnswer {
  /** Good enough to be shown, best first. */
  readonly ranked: readonly (RatedSolution & Alternative)[];
  /** The most similar below the threshold, most similar first: for whoever asks for them although they are weak. */
  readonly closest: readonly RatedSolution[];
  /** What the text told about where the problem is. */
  readonly context: Context;
}

type Needs = Pick<Core, 'unitOfWork' | 'search' | 'settings' | 'commandParser' | 'redact'>;

/** Candidates asked of the search for each place shown: context and track record can lift one from further down. */
const candidatesPerPlace = 5;

/** The ranked answer to a text; `ranked` is empty when nothing is good enough. */
export function createRankSolutions({ unitOfWork, search, settings, commandParser, redact }: Needs) {
  /** A check is shown to everybody in the thread, so one with a secret in it is none. */
  const isReadOnly = (command: string): boolean =>
    redact(command) === command &&
    classifyCommand(command, (text) => commandParser.parse(text)).risk === 'read-only';
  const recognise = (workspace: WorkspaceId, text: string): Promise<Context> =>
    unitOfWork.within(
      workspace,
      async ({ hosts, solutions }) =>
        recogniseContext(text, await hosts.all(), await solutions.labels()).context,
    );
  return async (workspace: WorkspaceId, text: string): Promise<RankedAnswer> => {
    const limit = settings.ranking.maximum * candidatesPerPlace;
    // Before the search, so that cases from elsewhere do not take the places of those that may be shown.
    const context = await recognise(workspace, text);
    const candidates = await search.find({ workspace, text, limit, filter: { context } });
    const rates = await unitOfWork.within(workspace, ({ solutions }) =>
      solutions.rates(candidates.map(({ solution }) => solution.id)),
    );
    const { shown, closest } = rank({ candidates, rates, context, settings: settings.ranking });
    const withRate = <T extends RankedSolution>(one: T) => ({ ...one, rate: rates.get(one.solution.id) });
    const alternatives = findAlternatives(shown, settings.ranking.alternatives, isReadOnly);
    return { context, ranked: alternatives.map(withRate), closest: closest.map(withRate) };
  };
}

export type RankSolutions = ReturnType<typeof createRankSolutions>;

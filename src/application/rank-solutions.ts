import type { Context } from '#domain/context.ts';
import type { SolutionId, WorkspaceId } from '#domain/ids.ts';
import type { MessagePosted } from '#domain/intent.ts';
import { staleSince } from '#domain/learning/quality.ts';
import type { SolutionRate } from '#domain/learning/success-rate.ts';
import { recogniseContext } from '#domain/message/recognise-context.ts';
import { hides } from '#domain/policy/may-see.ts';
import { type Alternative, findAlternatives } from '#domain/ranking/find-alternatives.ts';
import type { RankedSolution } from '#domain/ranking/judge-candidate.ts';
import { rank } from '#domain/ranking/rank.ts';
import { classifyCommand } from '#domain/risk/classify-command.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { createFindLinked } from './find-linked.ts';
import { hiddenFrom } from './hidden-from.ts';
import { meetSpeaker } from './meet-speaker.ts';

/** A solution with its folded rate; undefined when it was never shown. `staleSince` is null for what is in use. */
export type RatedSolution = RankedSolution & {
  readonly rate: SolutionRate | undefined;
  readonly staleSince: number | null;
};

export interface RankedAnswer {
  /** Good enough to be shown, best first. */
  readonly ranked: readonly (RatedSolution & Alternative)[];
  /** The most similar below the threshold, most similar first: for whoever asks for them although they are weak. */
  readonly closest: readonly RatedSolution[];
  /** What the text told about where the problem is. */
  readonly context: Context;
}

type Needs = Pick<Core, 'unitOfWork' | 'search' | 'settings' | 'commandParser' | 'redact' | 'clock'>;

/** Candidates asked of the search for each place shown: context and track record can lift one from further down. */
const candidatesPerPlace = 5;

/** For whom and where an answer is; the operator at the shell, who sees everything, is null. */
export type Reader = Parameters<typeof meetSpeaker>[1] & Pick<MessagePosted, 'alert'>;

/** The ranked answer to a text; `ranked` is empty when nothing is good enough. */
export function createRankSolutions(needs: Needs) {
  const { unitOfWork, search, settings, commandParser, redact } = needs;
  /** A check is shown to everybody in the thread, so one with a secret in it is none. */
  const isReadOnly = (command: string): boolean =>
    redact(command) === command &&
    classifyCommand(command, (text) => commandParser.parse(text)).risk === 'read-only';
  const prepare = (workspace: WorkspaceId, text: string, reader: Reader | null) =>
    unitOfWork.within(workspace, async (transaction) => {
      const { hosts, solutions } = transaction;
      const { context } = recogniseContext(
        text,
        await hosts.all(),
        await solutions.labels(),
        reader?.alert?.labels,
      );
      return { context, hidden: reader ? await hiddenFromReader(settings, transaction, reader) : [] };
    });
  const withLinked = createFindLinked({ unitOfWork, search });
  return async (workspace: WorkspaceId, text: string, reader: Reader | null): Promise<RankedAnswer> => {
    const limit = settings.ranking.maximum * candidatesPerPlace;
    // Before the search, so that cases from elsewhere do not take the places of those that may be shown.
    const filter = await prepare(workspace, text, reader);
    const { context } = filter;
    const found = await search.find({ workspace, text, limit, filter });
    const candidates = await withLinked(found, { workspace, url: reader?.alert?.runbookUrl ?? null, filter });
    const rates = await unitOfWork.within(workspace, ({ solutions }) =>
      solutions.rates(candidates.map(({ solution }) => solution.id)),
    );
    const { shown, closest } = rank({ candidates, rates, context, settings: settings.ranking });
    const withRate = <T extends RankedSolution>(one: T) => rated(needs, one, rates.get(one.solution.id));
    const alternatives = findAlternatives(shown, settings.ranking.alternatives, isReadOnly);
    return { context, ranked: alternatives.map(withRate), closest: closest.map(withRate) };
  };
}

function rated<T extends RankedSolution>(
  { clock, settings }: Needs,
  one: T,
  rate: SolutionRate | undefined,
): T & Pick<RatedSolution, 'rate' | 'staleSince'> {
  const known = { lastUsedAt: rate?.lastUsedAt ?? null, updatedAt: one.solution.updatedAt };
  return { ...one, rate, staleSince: staleSince(known, clock.now(), settings.fold.staleAfterDays) };
}

async function hiddenFromReader(
  { policy }: Core['settings'],
  transaction: Transaction,
  reader: Reader,
): Promise<readonly SolutionId[]> {
  // Nobody has to be met where the role says nothing.
  const role = hides(policy) ? (await meetSpeaker(transaction, reader)).role : 'viewer';
  return hiddenFrom(policy, transaction, { role, channel: reader.place.channel });
}

export type RankSolutions = ReturnType<typeof createRankSolutions>;

import type { ThreadOutcome } from '#domain/capture/thread-draft.ts';
import { type FitSettings, type FittedWeights, fitSparseLogistic } from './fit-sparse-logistic.ts';
import type { LearntThread } from './learnt-threads.ts';

/** Chosen by cross-validation; a factor of two either way makes no difference. */
const ofMessages: FitSettings = { ridge: 5, fewest: 4, least: 0.03 };
const ofThreads: FitSettings = { ridge: 1, fewest: 5, least: 0.03 };

export interface FittedStory {
  readonly messages: Readonly<Record<'cause' | 'fix' | 'confirmation', FittedWeights>>;
  readonly outcomes: Readonly<Record<ThreadOutcome, FittedWeights>>;
}

export function fitStory(threads: readonly LearntThread[]): FittedStory {
  const outcome = (wanted: ThreadOutcome) =>
    fitSparseLogistic(
      threads.map(({ marks, outcomes }) => ({ marks, right: outcomes[0] === wanted })),
      ofThreads,
    );
  return {
    messages: {
      cause: fitMessages(threads, ({ causes }) => causes, false),
      fix: fitMessages(threads, ({ fixes }) => fixes, false),
      confirmation: fitMessages(threads, ({ confirmations }) => confirmations, true),
    },
    outcomes: {
      resolved: outcome('resolved'),
      partial: outcome('partial'),
      failed: outcome('failed'),
      abandoned: outcome('abandoned'),
    },
  };
}

function fitMessages(
  threads: readonly LearntThread[],
  wanted: (thread: LearntThread) => readonly (string | null)[],
  withBots: boolean,
): FittedWeights {
  const examples = threads.flatMap((thread) =>
    thread.messages
      .filter(({ isBot }) => withBots || !isBot)
      .map(({ id, marks }) => ({ marks, right: wanted(thread).includes(id) })),
  );
  return fitSparseLogistic(examples, ofMessages);
}

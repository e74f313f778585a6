import { type Story, type StoryWeights, tellStory } from '#domain/capture/tell-story.ts';
import { asWeights, type FittedStory, fitStory } from './fit-story.ts';
import type { LearntThread } from './learnt-threads.ts';

const writers: Readonly<Record<string, string>> = {
  'threads-sixth': 'second writer',
  'threads-seventh': 'short ones',
  'threads-eighth': 'third writer',
  'threads-ninth': 'third writer',
  'threads-tenth': 'third writer',
  'threads-eleventh': 'third writer',
  'threads-twelfth': 'fourth writer',
  'threads-thirteenth': 'fourth writer',
  'threads-fourteenth': 'fourth writer',
  'threads-fifteenth': 'fourth writer',
  'threads-sixteenth': 'fifth writer',
  'threads-seventeenth': 'fifth writer',
  'threads-eighteenth': 'sixth writer',
  'threads-nineteenth': 'sixth writer',
  'threads-twentieth': 'seventh writer',
  'threads-twenty-first': 'seventh writer',
  'threads-twenty-second': 'shortest ones',
};
const writerOf = (set: string): string => writers[set] ?? 'first writer';

/** How many threads of a writer were read right by weights that were fitted on those of all others. */
export interface SetShare {
  readonly threads: number;
  readonly cause: number;
  readonly fix: number;
  readonly outcome: number;
  readonly confirmation: number;
}

export function crossValidateStory(threads: readonly LearntThread[]): Readonly<Record<string, SetShare>> {
  const sets = [...new Set(threads.map(({ set }) => writerOf(set)))];
  return Object.fromEntries(
    sets.map((left) => {
      const weights = toWeights(fitStory(threads.filter(({ set }) => writerOf(set) !== left)));
      const judged = threads
        .filter(({ set }) => writerOf(set) === left)
        .map((thread) => judge(thread, tellStory(thread.marked, thread.read, thread.resolvedAt, weights)));
      const count = (part: keyof ReturnType<typeof judge>) => judged.filter((one) => one[part]).length;
      return [
        left,
        {
          threads: judged.length,
          cause: count('cause'),
          fix: count('fix'),
          outcome: count('outcome'),
          confirmation: count('confirmation'),
        },
      ];
    }),
  );
}

function judge(thread: LearntThread, { outcome, cause, fix, confirmed }: Story) {
  const told = (text: string | null, wanted: readonly (string | null)[]) =>
    text === null ? wanted.includes(null) : wanted.some((id) => id !== null && holds(thread, id, text));
  const confirmedBy = confirmed ? thread.marked[confirmed.at]?.message.id : undefined;
  return {
    cause: told(cause, thread.causes),
    fix: told(fix, thread.fixes),
    outcome: thread.outcomes.includes(outcome),
    confirmation: thread.confirmations.includes(confirmedBy ?? null),
  };
}

const holds = ({ marked, read }: LearntThread, id: string, text: string): boolean =>
  [read[marked.findIndex(({ message }) => message.id === id)]].some(
    (one) => one?.prose.includes(text) || one?.mentions.some(({ command }) => command === text),
  );

const toWeights = ({ judging, messages, outcomes }: FittedStory): StoryWeights => ({
  judging,
  cause: asWeights(messages.cause),
  fix: asWeights(messages.fix),
  confirmation: asWeights(messages.confirmation),
  outcomes: {
    resolved: asWeights(outcomes.resolved),
    partial: asWeights(outcomes.partial),
    failed: asWeights(outcomes.failed),
    abandoned: asWeights(outcomes.abandoned),
  },
});

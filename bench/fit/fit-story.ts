import type { Marks } from '#domain/capture/message-marks.ts';
import { type Role, roleNames } from '#domain/capture/roles.ts';
import { type WeighedThread, weighThread } from '#domain/capture/tell-story.ts';
import type { ThreadOutcome } from '#domain/capture/thread-draft.ts';
import { marksInThread } from '#domain/capture/thread-marks.ts';
import type { Weights } from '#domain/capture/weights.ts';
import { fitChoice } from './fit-choice.ts';
import { type FitSettings, type FittedWeights, fitSparseLogistic } from './fit-sparse-logistic.ts';
import type { LearntThread } from './learnt-threads.ts';

/** Chosen by leaving out a writer at a time; a factor of two either way makes no difference. */
const ofRoles: FitSettings = { ridge: 5, fewest: 4, least: 0.03 };
const ofMessages: FitSettings = { ridge: 2, fewest: 4, least: 0.03 };
const ofThreads: FitSettings = { ridge: 1, fewest: 5, least: 0.03 };
/** Each part of the threads has its roles judged by weights of the others. */
const parts = 5;

/** Roles of people's words that say the same for the story. */
const alike: Readonly<Record<string, Role>> = { relapse: 'noeffect', credit: 'well' };

export interface FittedStory {
  readonly roles: Readonly<Record<Role, FittedWeights>>;
  readonly messages: Readonly<Record<'cause' | 'fix' | 'confirmation', FittedWeights>>;
  readonly outcomes: Readonly<Record<ThreadOutcome, FittedWeights>>;
}

/** First what each message does; by that, judged of threads that were left out, what each part of the story is. */
export function fitStory(threads: readonly LearntThread[]): FittedStory {
  const weighed = weighAll(threads);
  const outcome = (wanted: ThreadOutcome) =>
    fitSparseLogistic(
      weighed.map(({ thread, marks }) => ({ marks: marks.ending, right: thread.outcomes[0] === wanted })),
      ofThreads,
    );
  return {
    roles: fitRoles(threads),
    messages: {
      cause: fitPart(weighed, ({ causes }) => causes, false),
      fix: fitPart(weighed.filter(isFixed), ({ fixes }) => fixes, false),
      confirmation: fitPart(weighed.filter(isFixed), ({ confirmations }) => confirmations, true),
    },
    outcomes: {
      resolved: outcome('resolved'),
      partial: outcome('partial'),
      failed: outcome('failed'),
      abandoned: outcome('abandoned'),
    },
  };
}

interface Weighed {
  readonly thread: LearntThread;
  readonly marks: WeighedThread;
}

const isFixed = ({ thread }: Weighed): boolean =>
  thread.outcomes[0] === 'resolved' || thread.outcomes[0] === 'partial';

function weighAll(threads: readonly LearntThread[]): readonly Weighed[] {
  return Array.from({ length: parts }, (_, part) => part).flatMap((part) => {
    const isOut = (index: number) => index % parts === part;
    const weights = asWeights(fitRoles(threads.filter((_, index) => !isOut(index))));
    return threads
      .filter((_, index) => isOut(index))
      .map((thread) => ({ thread, marks: weighThread(thread.marked, thread.isMarkedResolved, weights) }));
  });
}

function fitRoles(threads: readonly LearntThread[]): Readonly<Record<Role, FittedWeights>> {
  const messages = threads.flatMap(({ marked, roles }) => {
    const marks = roles ? marksInThread(marked) : [];
    return marks.flatMap((one, at) => {
      const told = roles?.[at]?.filter((role) => role !== '') ?? [];
      return marked[at]?.message.isBot || told.length === 0
        ? []
        : [{ marks: one, roles: new Set(told.map((role) => alike[role] ?? role)) }];
    });
  });
  const fit = (role: Role) =>
    fitSparseLogistic(
      messages.map(({ marks, roles }) => ({ marks, right: roles.has(role) })),
      ofRoles,
    );
  return byRole(fit);
}

const byRole = <Value>(make: (role: Role) => Value): Readonly<Record<Role, Value>> =>
  Object.fromEntries(roleNames.map((role) => [role, make(role)])) as Record<Role, Value>;

export const asWeights = (fitted: Readonly<Record<Role, FittedWeights>>): Readonly<Record<Role, Weights>> =>
  byRole((role) => ({ bias: fitted[role].bias, marks: fitted[role].weights }));

function fitPart(
  weighed: readonly Weighed[],
  wantedOf: (thread: LearntThread) => readonly (string | null)[],
  withBots: boolean,
): FittedWeights {
  const choices = weighed.map(({ thread, marks }) => {
    const wanted = wantedOf(thread);
    const candidates: { marks: Marks; right: boolean }[] = thread.marked.flatMap(({ message }, at) =>
      withBots || !message.isBot
        ? [{ marks: marks.messages[at] ?? new Map(), right: wanted.includes(message.id) }]
        : [],
    );
    return withBots ? candidates : [...candidates, { marks: marks.none, right: wanted.includes(null) }];
  });
  return fitChoice(
    choices.filter((choice) => choice.some(({ right }) => right)),
    ofMessages,
  );
}

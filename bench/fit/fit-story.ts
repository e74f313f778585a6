import { amongOthers, judgeBy } from '#domain/capture/judge-roles.ts';
import type { Marks } from '#domain/capture/message-marks.ts';
import { type Role, type RoleWeights, roleNames } from '#domain/capture/roles.ts';
import { type WeighedThread, weighThread } from '#domain/capture/tell-story.ts';
import { type ThreadOutcome, threadOutcomes } from '#domain/capture/thread-draft.ts';
import { marksInThread } from '#domain/capture/thread-marks.ts';
import type { Layers, Weights } from '#domain/capture/weights.ts';
import { fitChoice } from './fit-choice.ts';
import { type FitSettings, type FittedWeights, fitSparseLogistic } from './fit-sparse-logistic.ts';
import type { LearntThread } from './learnt-threads.ts';

const byKind = (word: number, far: number, judged: number, other: number) => (mark: string) => {
  if (mark.startsWith('word ')) return word;
  if (/^(?:next|before|earlier|later): /.test(mark)) return far;
  return /^(?:around|at first): /.test(mark) ? judged : other;
};

/**
 * Chosen by leaving out a writer at a time; a factor of two either way makes no difference. Words and what stands
 * elsewhere are drawn back more than cues: there are many of them, and each is seen seldom.
 */
const ofImpressions: FitSettings = { ridge: byKind(3, 4, 4, 1), fewest: 4, least: 0.03 };
const ofRoles: FitSettings = { ridge: byKind(4, 8, 4, 1), fewest: 4, least: 0.03 };
const ofMessages: FitSettings = { ridge: byKind(8, 8, 2, 2), fewest: 4, least: 0.03 };
const ofConfirmation: FitSettings = {
  // Few threads are marked as resolved, and what that says is the same whoever wrote them.
  ridge: (mark) => (mark.startsWith('resolved ') ? 0.5 : 2),
  fewest: 4,
  least: 0.03,
};
const ofThreads: FitSettings = { ridge: () => 0.5, fewest: 5, least: 0.03 };
/** Each part of the threads has its roles judged by weights of the others. */
const parts = 5;

/** Roles of people's words that say the same for the story. */
const alike: Readonly<Record<string, Role>> = { relapse: 'noeffect', credit: 'well' };

export interface FittedStory {
  readonly judging: RoleWeights;
  readonly messages: Readonly<Record<'cause' | 'fix' | 'confirmation', FittedWeights>>;
  readonly outcomes: Readonly<Record<ThreadOutcome, FittedWeights>>;
}

/** First what each message does; by that, judged of threads that were left out, what each part of the story is. */
export function fitStory(threads: readonly LearntThread[]): FittedStory {
  const { judging, weighed } = weighAll(threads);
  return {
    judging,
    messages: {
      cause: fitPart(weighed, ({ causes }) => causes, false, ofMessages),
      fix: fitPart(weighed.filter(isFixed), ({ fixes }) => fixes, false, ofMessages),
      confirmation: fitPart(
        weighed.filter(isFixed),
        ({ confirmations }) => confirmations,
        true,
        ofConfirmation,
      ),
    },
    outcomes: fitOutcomes(weighed),
  };
}

function fitOutcomes(weighed: readonly Weighed[]): FittedStory['outcomes'] {
  const weightsOf = (outcome: ThreadOutcome): FittedWeights =>
    fitSparseLogistic(
      weighed.map(({ thread, marks }) => ({ marks: marks.ending, right: thread.outcomes[0] === outcome })),
      ofThreads,
    );
  return Object.fromEntries(threadOutcomes.map((outcome) => [outcome, weightsOf(outcome)])) as Record<
    ThreadOutcome,
    FittedWeights
  >;
}

interface Weighed {
  readonly thread: LearntThread;
  readonly marks: WeighedThread;
}

const isFixed = ({ thread }: Weighed): boolean =>
  thread.outcomes[0] === 'resolved' || thread.outcomes[0] === 'partial';

/** The roles as fitted on all threads, and each thread as it is weighed by roles fitted without its part. */
function weighAll(threads: readonly LearntThread[]): { judging: RoleWeights; weighed: readonly Weighed[] } {
  const all = threads.map((thread, index) => ({
    thread,
    part: index % parts,
    marks: marksInThread(thread.marked),
  }));
  const impressions = inParts((isIn) => fitAtFirst(all.filter(isIn)));
  const judged = all.map((one) => ({
    ...one,
    marks: marksAgain(one, impressions.without(one.part)),
  }));
  const roles = inParts((isIn) => fitRoles(judged.filter(isIn), ofRoles));
  return {
    judging: { impressions: impressions.all, roles: roles.all },
    weighed: all.map(({ thread, part }) => ({
      thread,
      marks: weighThread(thread.marked, thread.resolvedAt, {
        impressions: impressions.without(part),
        roles: roles.without(part),
      }),
    })),
  };
}

interface Part {
  readonly thread: LearntThread;
  readonly part: number;
  readonly marks: readonly Marks[];
}
type ByRole = RoleWeights['roles'];

/** Fitted on all, and without each part. */
function inParts(fitOn: (isIn: (one: Part) => boolean) => ByRole) {
  const fitted = Array.from({ length: parts }, (_, left) => fitOn(({ part }) => part !== left));
  const all = fitOn(() => true);
  return { all, without: (part: number): ByRole => fitted[part] ?? all };
}

const fitAtFirst = (all: readonly Part[]): ByRole =>
  fitRoles(
    all.map((one) => ({ ...one, marks: one.marks.map(withoutNeighbours) })),
    ofImpressions,
  );

const marksAgain = ({ thread, marks }: Part, impressions: ByRole): readonly Marks[] =>
  amongOthers(
    marks,
    judgeBy(
      thread.marked,
      marks.map((one) => [one]),
      impressions,
    ),
  ).map(joined);

/** By which a message is judged at first: without what its neighbours say. */
const withoutNeighbours = (marks: Marks): Marks =>
  new Map([...marks].filter(([mark]) => !/^(?:next|before): /.test(mark)));

const joined = (layers: Layers): Marks => new Map(layers.flatMap((one) => [...one]));

function fitRoles(threads: readonly Part[], settings: FitSettings): ByRole {
  const messages = threads.flatMap(({ thread: { marked, roles }, marks }) =>
    (roles ? marks : []).flatMap((one, at) => {
      const told = roles?.[at]?.filter((role) => role !== '') ?? [];
      return marked[at]?.message.isBot || told.length === 0
        ? []
        : [{ marks: one, roles: new Set(told.map((role) => alike[role] ?? role)) }];
    }),
  );
  const weightsOf = (role: Role): Weights =>
    asWeights(
      fitSparseLogistic(
        messages.map(({ marks, roles }) => ({ marks, right: roles.has(role) })),
        settings,
      ),
    );
  return Object.fromEntries(roleNames.map((role) => [role, weightsOf(role)])) as Record<Role, Weights>;
}

export const asWeights = ({ bias, weights }: FittedWeights): Weights => ({ bias, marks: weights });

function fitPart(
  weighed: readonly Weighed[],
  wantedOf: (thread: LearntThread) => readonly (string | null)[],
  withBots: boolean,
  settings: FitSettings,
): FittedWeights {
  const choices = weighed.map(({ thread, marks }) => {
    const wanted = wantedOf(thread);
    const candidates: { marks: Marks; right: boolean }[] = thread.marked.flatMap(({ message }, at) =>
      withBots || !message.isBot
        ? [{ marks: joined(marks.messages[at] ?? []), right: wanted.includes(message.id) }]
        : [],
    );
    return withBots ? candidates : [...candidates, { marks: marks.none, right: wanted.includes(null) }];
  });
  return fitChoice(
    choices.filter((choice) => choice.some(({ right }) => right)),
    settings,
  );
}

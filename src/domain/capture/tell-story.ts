import { chooseMessage, chooseSentence } from './choose-message.ts';
import { abandonedWeights } from './fitted/abandoned-weights.ts';
import { causeWeights } from './fitted/cause-weights.ts';
import { confirmationWeights } from './fitted/confirmation-weights.ts';
import { failedWeights } from './fitted/failed-weights.ts';
import { fixWeights } from './fitted/fix-weights.ts';
import { partialWeights } from './fitted/partial-weights.ts';
import { resolvedWeights } from './fitted/resolved-weights.ts';
import type { ReadMessage } from './mentions.ts';
import type { Marks } from './message-marks.ts';
import type { ThreadOutcome } from './thread-draft.ts';
import { type MarkedMessage, marksInThread, marksOfThread } from './thread-marks.ts';
import { type Weights, weigh } from './weights.ts';

/** What a thread tells of its incident, in its own words. */
export interface Story {
  readonly outcome: ThreadOutcome;
  readonly cause: string | null;
  readonly fix: string | null;
  /** The message that says that it works again; null where nothing was fixed. */
  readonly confirmed: { readonly at: number; readonly text: string | null } | null;
}

/** From here on a message is taken for the one that names the cause. */
const causeFrom = 0.2;
/** Lower: that something was fixed is known by the outcome, and only where it is told is asked. */
const fixFrom = 0.1;

/** What speaks for each part of a story. */
export interface StoryWeights {
  readonly cause: Weights;
  readonly fix: Weights;
  readonly confirmation: Weights;
  readonly outcomes: Readonly<Record<ThreadOutcome, Weights>>;
}

const fitted: StoryWeights = {
  cause: causeWeights,
  fix: fixWeights,
  confirmation: confirmationWeights,
  outcomes: {
    resolved: resolvedWeights,
    partial: partialWeights,
    failed: failedWeights,
    abandoned: abandonedWeights,
  },
};

const isFixed = (outcome: ThreadOutcome): boolean => outcome === 'resolved' || outcome === 'partial';
const byPeople = ({ message }: MarkedMessage): boolean => !message.isBot;

/** How the thread ended, why it happened, what fixed it and who said so, each by what speaks most for it. */
export function tellStory(
  thread: readonly MarkedMessage[],
  read: readonly ReadMessage[],
  isMarkedResolved: boolean,
  { cause, fix, confirmation, outcomes }: StoryWeights = fitted,
): Story {
  const marks = marksInThread(thread);
  const outcome = judgeOutcome(thread, isMarkedResolved, outcomes);
  const told = (weights: Weights, from: number): string | null => {
    const chosen = chooseMessage(thread, marks, weights, byPeople);
    if (!chosen || chosen.chance < from) return null;
    return chooseSentence(read[chosen.at]?.prose ?? '', weights);
  };
  return {
    outcome,
    cause: told(cause, causeFrom),
    fix: isFixed(outcome) ? told(fix, fixFrom) : null,
    confirmed: isFixed(outcome) ? findConfirmation(thread, marks, read, confirmation) : null,
  };
}

function judgeOutcome(
  thread: readonly MarkedMessage[],
  isMarkedResolved: boolean,
  outcomes: StoryWeights['outcomes'],
): ThreadOutcome {
  const marks = marksOfThread(thread, isMarkedResolved);
  const isBarelyBegun = thread.filter(byPeople).length <= barelyBegun;
  const chances = Object.entries(outcomes)
    .map(([outcome, weights]) => ({ outcome: outcome as ThreadOutcome, chance: weigh(marks, weights) }))
    .filter(
      ({ outcome }) => !isFixed(outcome) || !isBarelyBegun || signsOfHealth.some((mark) => marks.has(mark)),
    );
  return chances.reduce((top, next) => (next.chance > top.chance ? next : top)).outcome;
}

/** Messages of people: words weigh too little in so few. */
const barelyBegun = 2;

/** Without any of these nothing was fixed in a thread that has barely begun. */
const signsOfHealth = [
  'any: well',
  'any: wellAfterChange',
  'any: better',
  'any: crediting',
  'any: changed',
  'any: acting',
  'any: actingLater',
  'any: actedOn',
  'any: changing',
  'alert over',
  'ticked at the end',
  'marked as resolved',
];

function findConfirmation(
  thread: readonly MarkedMessage[],
  marks: readonly Marks[],
  read: readonly ReadMessage[],
  weights: Weights,
): Story['confirmed'] {
  const chosen = chooseMessage(thread, marks, weights, () => true);
  if (!chosen) return null;
  return { at: chosen.at, text: chooseSentence(read[chosen.at]?.prose ?? '', weights) };
}

import { chooseMessage, chooseSentence } from './choose-message.ts';
import { fittedStory } from './fitted-story.ts';
import { judgeRoles } from './judge-roles.ts';
import type { ReadMessage } from './mentions.ts';
import type { Marks } from './message-marks.ts';
import type { Role, RoleWeights } from './roles.ts';
import { marksOfEnding, marksOfTale } from './tale-marks.ts';
import type { ThreadOutcome } from './thread-draft.ts';
import { type MarkedMessage, marksInThread, marksOfResolving, marksOfThread } from './thread-marks.ts';
import { addUp, type Layers, type Weights } from './weights.ts';

/** What a thread tells of its incident, in its own words. */
export interface Story {
  readonly outcome: ThreadOutcome;
  readonly cause: string | null;
  readonly fix: string | null;
  /** The message that says that it works again; null where nothing was fixed. */
  readonly confirmed: { readonly at: number; readonly text: string | null } | null;
}

/** What speaks for each part of a story. */
export interface StoryWeights {
  readonly judging: RoleWeights;
  readonly cause: Weights;
  readonly fix: Weights;
  readonly confirmation: Weights;
  readonly outcomes: Readonly<Record<ThreadOutcome, Weights>>;
}

/** A thread as its story is read from it: what speaks for each message, for none of them, and for how it ended. */
export interface WeighedThread {
  readonly messages: readonly Layers[];
  readonly none: Marks;
  readonly ending: Marks;
}

/** Everything of which a story is made, by roles that were judged with these weights. */
export function weighThread(
  thread: readonly MarkedMessage[],
  resolvedAt: number | null,
  weights: RoleWeights,
): WeighedThread {
  const inThread = marksInThread(thread);
  const roles = judgeRoles(thread, inThread, weights);
  const tale = marksOfTale(thread, roles);
  const ending = marksOfEnding(thread, roles);
  const resolving = marksOfResolving(thread, resolvedAt);
  return {
    messages: inThread.map((marks, at) => [marks, tale[at] ?? new Map(), resolving[at] ?? new Map()]),
    none: new Map([['nobody', 1], ...[...ending].map(([mark, value]) => [`nobody ${mark}`, value] as const)]),
    ending: new Map([...marksOfThread(thread, resolvedAt !== null), ...ending]),
  };
}

const isFixed = (outcome: ThreadOutcome): boolean => outcome === 'resolved' || outcome === 'partial';
const byPeople = ({ message }: MarkedMessage): boolean => !message.isBot;

/** How the thread ended, why it happened, what fixed it and who said so, each by what speaks most for it. */
export function tellStory(
  thread: readonly MarkedMessage[],
  read: readonly ReadMessage[],
  resolvedAt: number | null,
  weights: StoryWeights = fittedStory,
): Story {
  const weighed = weighThread(thread, resolvedAt, weights.judging);
  const outcome = judgeOutcome(thread, weighed.ending, weights.outcomes);
  const person = (at: number): boolean => thread[at]?.message.isBot === false;
  const told = (part: 'cause' | 'fix', role: Role): string | null => {
    const at = chooseMessage(weighed.messages, person, weights[part], weighed.none);
    return at === null ? null : sentenceOf(read[at], weights.judging.impressions[role]);
  };
  return {
    outcome,
    cause: told('cause', 'cause'),
    fix: isFixed(outcome) ? told('fix', 'act') : null,
    confirmed: isFixed(outcome) ? findConfirmation(weighed, read, weights) : null,
  };
}

/** Who says nothing but shows a command tells it by the command. */
const sentenceOf = (read: ReadMessage | undefined, weights: Weights): string | null =>
  chooseSentence(read?.prose ?? '', weights) ?? read?.mentions.at(-1)?.command ?? null;

function judgeOutcome(
  thread: readonly MarkedMessage[],
  marks: Marks,
  outcomes: StoryWeights['outcomes'],
): ThreadOutcome {
  const isBarelyBegun = thread.filter(byPeople).length <= barelyBegun;
  const sums = Object.entries(outcomes)
    .map(([outcome, weights]) => ({ outcome: outcome as ThreadOutcome, sum: addUp([marks], weights) }))
    .filter(({ outcome }) => !isFixed(outcome) || !isBarelyBegun || hasSignOfHealth(thread, marks));
  return sums.reduce((top, next) => (next.sum > top.sum ? next : top)).outcome;
}

/** Messages of people: words weigh too little in so few. */
const barelyBegun = 2;

/** Without any of these nothing was fixed in a thread that has barely begun. */
const signsInWords =
  'well wellAfterChange better crediting changed acting actingLater actedOn changing'.split(' ');
const signsBeside = ['alert over', 'ticked at the end', 'marked as resolved'];

const hasSignOfHealth = (thread: readonly MarkedMessage[], marks: Marks): boolean =>
  signsBeside.some((sign) => marks.has(sign)) ||
  thread.some((one) => byPeople(one) && signsInWords.some((sign) => one.own.has(sign)));

function findConfirmation(
  { messages }: WeighedThread,
  read: readonly ReadMessage[],
  { confirmation, judging }: StoryWeights,
): Story['confirmed'] {
  // What opens a thread confirms nothing.
  const at = chooseMessage(messages, (one) => one > 0 || messages.length === 1, confirmation, null);
  return at === null ? null : { at, text: chooseSentence(read[at]?.prose ?? '', judging.impressions.well) };
}

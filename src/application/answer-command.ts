import {
  type CommandVerb,
  commandRoles,
  type Giver,
  mayGive,
  mayList,
  readCommand,
} from '#domain/command.ts';
import type { CommandGiven } from '#domain/intent.ts';
import type { Person } from '#domain/person.ts';
import type { WaitingReview } from '#domain/review/review.ts';
import { helpCard, notUnderstood, rightForm } from '#domain/wording/help-card.ts';
import { reviewCard, reviewList, type WaitingList } from '#domain/wording/review-card.ts';
import { runList } from '#domain/wording/run-list.ts';
import { runbookList, whichRunbookCard } from '#domain/wording/runbook-list.ts';
import { whichThreadCard } from '#domain/wording/saved-case-card.ts';
import type { Received } from '#ports/inbound.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { askByCommand } from './ask-by-command.ts';
import { forgetWords } from './forget-words.ts';
import type { Told } from './hear-thread.ts';
import { hiddenFrom, sees } from './hidden-from.ts';
import { meetSpeaker } from './meet-speaker.ts';
import type { AtOnce } from './open-form.ts';
import { readSeen } from './read-seen.ts';
import { viewReview } from './review-versions.ts';
import { runForm } from './run-by-name.ts';
import { openCaseForm } from './save-case.ts';
import { setFreeze } from './set-freeze.ts';
import { setMode } from './set-mode.ts';
import { setRole } from './set-role.ts';
import { setThanks } from './set-thanks.ts';
import { setVisibility } from './set-visibility.ts';
import { showInsights } from './show-insights.ts';

interface Given {
  readonly intent: CommandGiven;
  readonly person: Person;
  /** What follows the verb. */
  readonly rest: string;
  readonly delivery: string;
  /** What the thread says in which it was given, for what is made of it. */
  readonly told: Told;
  /** The channels of which this person may be told, where the command tells of any. */
  readonly readable: readonly string[];
}

type Answer = (needs: AtOnce, transaction: Transaction, given: Given) => Promise<Received>;

const shown = (reply: Extract<Received, { kind: 'shown' }>['reply']): Received => ({ kind: 'shown', reply });

const giverOf = ({ role }: Person, { speaker }: CommandGiven): Giver => ({
  role,
  standing: speaker.standing,
});

/** Commands that change something at once; `ask` keeps its delivery itself. */
const writers: readonly CommandVerb[] = ['mode', 'visibility', 'role', 'freeze', 'thanks', 'forget'];

const choices = 5;
const listed = 20;
const reviewed = 8;

/** The one table from a command's verb to what answers it; who may is in `commandRoles`. */
const answers = {
  ask: (needs, transaction, { rest, person, ...given }) =>
    rest === ''
      ? Promise.resolve(shown(helpCard(giverOf(person, given.intent), rightForm('ask'))))
      : askByCommand(needs, transaction, { ...given, person, text: rest }),
  run: startNamed,
  save: saveThread,
  runbooks: async (needs, transaction, { rest, ...given }) => {
    const words = rest.split(/\s+/u).filter((word) => word !== '');
    const hidden = await hiddenHere(needs, transaction, given);
    const found = await transaction.overview.runbooks(words, listed + 1, hidden);
    return shown(runbookList(found.slice(0, listed), words, found.length > listed));
  },
  runs: async (needs, transaction, given) => {
    const reader = { role: given.person.role, channel: given.intent.place.channel };
    const hidden = await hiddenHere(needs, transaction, given);
    const read = (limit: number) =>
      transaction.overview.recentRuns(limit, { hidden, channels: given.readable });
    const seen = await readSeen(needs.settings.policy, reader, choices * 2, read);
    return shown(runList(seen, needs.clock.now()));
  },
  insights: showInsights,
  review: listReviews,
  mode: async ({ settings }, transaction, { intent, person, rest }) =>
    shown(await setMode(settings, transaction, { ...intent, person }, rest)),
  visibility: async ({ settings }, transaction, { intent, person, rest }) =>
    shown(await setVisibility(settings, transaction, { ...intent, person }, rest)),
  role: async (_, transaction, { intent, person, rest }) =>
    shown(await setRole(transaction, { ...intent, person }, rest)),
  freeze: async (needs, transaction, { intent, person, rest }) =>
    shown(await setFreeze(needs, transaction, { ...intent, person }, rest)),
  thanks: async (_, transaction, { person, rest }) => shown(await setThanks(transaction, person, rest)),
  forget: async (_, transaction, { person }) => shown(await forgetWords(transaction, person)),
  help: async (_, __, { person, intent }) => shown(helpCard(giverOf(person, intent))),
} as const satisfies Record<CommandVerb, Answer>;

/** Answers a slash command at once, for the person alone; only `ask` leaves something in the channel. */
export async function answerCommand(
  needs: AtOnce,
  transaction: Transaction,
  { intent, delivery, told, readable }: Pick<Given, 'intent' | 'delivery' | 'told' | 'readable'>,
): Promise<Received> {
  const person = await meetSpeaker(transaction, intent);
  const giver = giverOf(person, intent);
  const command = readCommand(intent.text);
  if (command.kind === 'unknown') return shown(helpCard(giver, notUnderstood(command.word, command.nearest)));
  const { verb, rest } = command;
  if (!mayGive(verb, giver)) {
    const why = mayList(giver.standing)
      ? `${verb} needs the role ${commandRoles[verb]} or higher.`
      : `${verb} is for members of this workspace.`;
    return shown(helpCard(giver, why));
  }
  // A copy, or a captured request that is sent again, must not give back a role that was just taken.
  if (writers.includes(verb) && !(await transaction.inbox.add(delivery, intent)))
    return { kind: 'duplicate' };
  return answers[verb](needs, transaction, { intent, person, rest, delivery, told, readable });
}

/** What waits of this runbook, where whoever asks may be shown it. */
async function reviewsOf(
  { settings }: AtOnce,
  transaction: Transaction,
  { intent, person, rest }: Given,
): Promise<readonly WaitingReview[]> {
  const looking = { role: person.role, channel: intent.place.channel };
  return (await sees(settings, transaction, looking, rest)) ? transaction.reviews.named(rest) : [];
}

/** What is hidden from whoever asks where they ask. */
const hiddenHere = (
  { settings }: AtOnce,
  transaction: Transaction,
  { person, intent }: Pick<Given, 'intent' | 'person'>,
) => hiddenFrom(settings.policy, transaction, { role: person.role, channel: intent.place.channel });

/** What waits, the oldest first; of one runbook everything that a decision on it is about. */
async function listReviews(needs: AtOnce, transaction: Transaction, given: Given): Promise<Received> {
  const { reviews, solutions } = transaction;
  const hidden = await hiddenHere(needs, transaction, given);
  const found =
    given.rest === ''
      ? await reviews.waiting(reviewed + 1, hidden)
      : await reviewsOf(needs, transaction, given);
  const which = given.rest === '' ? { hidden } : { hidden, slug: given.rest };
  const deprecated = await solutions.deprecated(reviewed + 1, which);
  const [only, ...others] = found;
  if (given.rest !== '' && only && others.length === 0)
    return shown(reviewCard(await viewReview(needs, transaction, only), needs.clock.now()));
  const unused = await solutions.unused(reviewed + 1, needs.settings.fold.retireAfterDays, which);
  return shown(reviewList(fitWaiting({ reviews: found, deprecated, unused }), needs.clock.now()));
}

/** Every entry has its own buttons, of which a message holds so many; one of each kind is always shown. */
function fitWaiting({ reviews, deprecated, unused }: Omit<WaitingList, 'isMore'>): WaitingList {
  const stopped = deprecated.slice(0, Math.max(1, reviewed - reviews.length));
  const idle = unused.slice(0, Math.max(1, reviewed - reviews.length - stopped.length));
  const isMore = reviews.length + deprecated.length + unused.length > reviewed;
  return { reviews: reviews.slice(0, reviewed), deprecated: stopped, unused: idle, isMore };
}

/** One exact name, else one that begins so; of several a person chooses. */
async function startNamed(needs: AtOnce, transaction: Transaction, given: Given): Promise<Received> {
  const { intent, rest } = given;
  const hidden = await hiddenHere(needs, transaction, given);
  const found = await transaction.overview.runbooksNamed(rest, choices + 1, hidden);
  const isSure = rest !== '' && found[0] !== undefined && found[0].fit !== 'words';
  const meant = isSure ? found.filter(({ fit }) => fit === found[0]?.fit) : [];
  const form =
    meant.length === 1 && meant[0]
      ? await runForm(needs.ids, transaction, intent.place, meant[0].id)
      : undefined;
  return form ? { kind: 'form', form } : shown(whichRunbookCard(rest, found.slice(0, choices)));
}

/** The form of the thread where it was asked; where no thread is known, the channel's incidents to choose from. */
async function saveThread(needs: AtOnce, transaction: Transaction, given: Given): Promise<Received> {
  const { place, speaker } = given.intent;
  const { thread } = place;
  if (thread === null) {
    const incidents = await transaction.overview.incidentsIn(place.channel, choices);
    return shown(whichThreadCard(incidents, needs.clock.now()));
  }
  const action = { verb: 'save-case', id: thread } as const;
  const intent = { kind: 'button-pressed', place, speaker, action } as const;
  const opened = await openCaseForm(needs, transaction, { intent, person: given.person, told: given.told });
  return opened ?? shown(helpCard(giverOf(given.person, given.intent)));
}

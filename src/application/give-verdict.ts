import { type PostId, type RecommendationId, readId } from '#domain/ids.ts';
import type { ButtonPressed, ReactionChanged } from '#domain/intent.ts';
import type { Verdict } from '#domain/learning/verdict.ts';
import { verdictOfEmoji } from '#domain/learning/verdict-of-emoji.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import type { Reply } from '#domain/reply.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { findAnswer, voteOnAnswer } from './judge-answer.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { showVotes } from './show-votes.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'settings'>;
type Voting = Pick<Core, 'ids' | 'settings'>;

/** A verdict by button. One vote a person; the latest counts. */
export function createGiveVerdict(needs: Needs) {
  const { unitOfWork, ids } = needs;
  return (intent: ButtonPressed, verdict: Verdict): Promise<void> =>
    unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const answer = await castVote(needs, transaction, person, { about: intent.action.id, verdict });
      if (answer) await transaction.outbox.notify(ids.next(), intent.place, person.externalId, answer);
    });
}

/** Records the vote; returns what the person alone must be told, if anything. */
async function castVote(
  needs: Voting,
  transaction: Transaction,
  person: Person,
  { about, verdict }: { readonly about: string; readonly verdict: Verdict },
): Promise<Reply | undefined> {
  const id = readId<RecommendationId>(about);
  const recommendation = id && (await transaction.recommendations.find(id));
  const post = recommendation ? undefined : await findAnswer(transaction, about);
  if (!recommendation && !post) return notice('This recommendation is gone.');
  const refusal = refuse(person);
  if (refusal) return notice(refusal);
  if (!recommendation)
    return post && voteOnAnswer(transaction, post, person, { verdict }).then(() => undefined);
  await transaction.recommendations.vote(recommendation.id, person.id, verdict);
  await showVotes(needs, transaction, recommendation, verdict);
  return undefined;
}

/**
 * The same by reaction: added is a vote, removed takes it back, and then the newest that still stands is the vote. Changes
 * may come late and in any order. Reactions that mean nothing here are passed over.
 */
export function createHearReaction(needs: Needs) {
  return async (intent: ReactionChanged): Promise<void> => {
    if (intent.speaker.standing === 'bot') return;
    await needs.unitOfWork.within(intent.place.workspace, (transaction) =>
      hearReaction(needs, transaction, intent),
    );
  };
}

async function hearReaction(needs: Voting, transaction: Transaction, intent: ReactionChanged): Promise<void> {
  const { messageId, emoji, change, at, place, speaker } = intent;
  const { heard, outbox, recommendations } = transaction;
  const post = await outbox.named(place.channel, messageId);
  if (!post) return;
  const reaction = { channel: place.channel, messageId, personExternalId: speaker.externalId };
  const recommendation = await recommendations.behindPost(post.id);
  const noted = await heard.noteReaction({ ...reaction, emoji, change, at, ofAnswer: !recommendation });
  if (!noted) return;
  const verdict = verdictOfEmoji(emoji);
  if (!verdict || !(recommendation ?? (await findAnswer(transaction, post.id)))) return;
  const person = await meetSpeaker(transaction, intent);
  if (refuse(person)) return;
  // What was said before anything was chosen was said of the answer as a whole, and stands and is taken back there alone.
  const about = (await heard.emojiOf(reaction)).filter(
    (one) => !recommendation || one.ofAnswer === noted.ofAnswer,
  );
  const changed = { person, verdict, intent, standing: about.map((one) => one.emoji) };
  if (recommendation && !noted.ofAnswer) await changeVote(needs, transaction, { ...changed, recommendation });
  else await changeAnswerVote(transaction, post.id, changed);
}

/** The same of an answer as a whole. */
async function changeAnswerVote(
  transaction: Transaction,
  answer: PostId,
  { person, verdict, intent, standing }: Omit<Changed, 'recommendation'>,
): Promise<void> {
  const newest = standing.find((emoji) => verdictOfEmoji(emoji) !== undefined);
  const counts = newest === undefined ? null : (verdictOfEmoji(newest) ?? null);
  if (intent.change === 'removed')
    await voteOnAnswer(transaction, answer, person, { verdict, instead: counts });
  else if (newest === intent.emoji) await voteOnAnswer(transaction, answer, person, { verdict });
}

interface Changed {
  readonly recommendation: Recommendation;
  readonly person: Person;
  readonly verdict: Verdict;
  readonly intent: Pick<ReactionChanged, 'change' | 'emoji'>;
  /** The person's emoji on the message, newest first. */
  readonly standing: readonly string[];
}

async function changeVote(
  needs: Voting,
  transaction: Transaction,
  { recommendation, person, verdict, intent, standing }: Changed,
): Promise<void> {
  const { recommendations } = transaction;
  const { id } = recommendation;
  const newest = standing.find((emoji) => verdictOfEmoji(emoji) !== undefined);
  const counts = newest === undefined ? undefined : verdictOfEmoji(newest);
  if (intent.change === 'added' && newest !== intent.emoji) return;
  const isFree = intent.change === 'added' || (await recommendations.unvote(id, person.id, verdict));
  if (isFree && counts) await recommendations.vote(id, person.id, counts);
  await showVotes(needs, transaction, recommendation, verdict);
}

function refuse(person: Person): string | undefined {
  return hasRole(person.role, 'responder') ? undefined : 'A verdict needs the role responder or higher.';
}

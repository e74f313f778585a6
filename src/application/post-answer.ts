import { repeatsAlert, repeatWindowMs } from '#domain/hearing/repeats-alert.ts';
import type { PersonId, PostId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import type { MessagePosted } from '#domain/intent.ts';
import type { Reply } from '#domain/reply.ts';
import { answerCard, noMatchCard } from '#domain/wording/answer-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { threadOf } from './answer-text.ts';
import { beginCapture } from './capture-thread.ts';
import type { Core } from './core.ts';
import { meetSpeaker } from './meet-speaker.ts';
import type { RankedAnswer } from './rank-solutions.ts';
import { recordRecommendations } from './record-recommendations.ts';

/** A message, what it asks and what was found for it. */
export interface Answering {
  readonly message: Omit<MessagePosted, 'kind'>;
  /** Whether the bot was spoken to. */
  readonly isAsked: boolean;
  readonly text: string;
  readonly answer: RankedAnswer;
  readonly ids: Core['ids'];
  readonly now: number;
}

/**
 * Posts the answer to a message, whoever else handles the same message or another of its thread at the same time:
 * one answer a message, and one unasked answer a thread.
 */
export async function postAnswer(transaction: Transaction, answering: Answering): Promise<void> {
  const { message, isAsked, ids } = answering;
  const { answers, outbox } = transaction;
  const place = threadOf(message);
  if (await answers.of(place.channel, message.id)) return;
  const person = await meetSpeaker(transaction, message);
  if (!isAsked && (await isRepeated(transaction, answering, person.id))) return;
  const incident = await openIncident(transaction, answering, person.id);
  if (!isAsked && !incident.isNew) return;
  const postId = ids.next<PostId>();
  const kept = { channel: place.channel, message: message.id, textAt: message.at, incidentId: incident.id };
  if (!(await answers.claim({ ...kept, postId }))) return;
  await outbox.post(postId, place, await composeAnswer(transaction, answering, incident, postId), 'answer');
  await beginCapture({ ids }, transaction, incident);
}

/** The answer as a card, with its recommendations recorded. Until some were shown, the incident is about this text. */
export async function composeAnswer(
  transaction: Transaction,
  { message, text, answer, ids, now }: Answering,
  incident: Incident,
  postId: PostId,
): Promise<Reply> {
  const { incidents, recommendations } = transaction;
  const isFirst = (await recommendations.inIncident(incident.id)).length === 0;
  const isClosed = incident.state === 'dismissed';
  if ((isFirst || isClosed) && incident.problem !== text)
    await incidents.restate(incident.id, {
      problem: text,
      context: answer.context,
      statedBy: message.speaker.externalId,
    });
  if (isClosed) await incidents.setState(incident.id, 'open');
  if (answer.ranked.length === 0)
    return noMatchCard(lookedFor(text), isFirst && answer.closest.length > 0 ? incident.id : null, postId);
  const { shown } = await recordRecommendations(transaction, ids, incident, answer.ranked, postId);
  return answerCard(shown, now, { offer: answer.closest.length > 0 ? incident.id : null, post: postId });
}

export function openIncident(
  { incidents }: Transaction,
  { message, text, answer }: Answering,
  openedBy: PersonId,
): ReturnType<Transaction['incidents']['open']> {
  return incidents.open({ ...threadOf(message), problem: text, context: answer.context, openedBy });
}

/** Meeting the bot locked its row, so two of its messages are not judged at the same time. */
async function isRepeated(
  { incidents }: Transaction,
  { message, text }: Answering,
  openedBy: PersonId,
): Promise<boolean> {
  if (message.speaker.standing !== 'bot') return false;
  const earlier = await incidents.lately(message.place.channel, openedBy, repeatWindowMs);
  return earlier.some((problem) => repeatsAlert(text, problem));
}

/** The words that a person can check for a slip: those of four letters and more, at most eight. */
function lookedFor(text: string): readonly string[] {
  const words = text.match(/[\p{L}\p{N}_.-]{4,}/gu) ?? [];
  return [...new Set(words)].slice(0, 8);
}

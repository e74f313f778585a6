import type { Incident } from '#domain/incident.ts';
import type { MessagePosted } from '#domain/intent.ts';
import { understandMessage } from '#domain/message/understand-message.ts';
import { answerCard, noMatchCard } from '#domain/wording/answer-card.ts';
import { helpReply } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { meetSpeaker } from './meet-speaker.ts';
import type { RankedAnswer, RankSolutions } from './rank-solutions.ts';
import { recordRecommendations } from './record-recommendations.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'clock'> & { readonly rankSolutions: RankSolutions };

/**
 * Answers a message in its thread: one answer a thread, and nothing to small talk or to other bots' chatter in
 * threads, unless the bot is mentioned.
 */
export function createAnswerMessage({ unitOfWork, ids, clock, rankSolutions }: Needs) {
  return async (message: MessagePosted): Promise<void> => {
    const text = withoutMention(message.text);
    const { kind } = understandMessage(text);
    const inThread = message.place.thread !== null;
    if (!message.mentionsBot && (inThread || kind === 'small-talk' || kind === 'command')) return;
    if (kind === 'small-talk' || kind === 'command') {
      await unitOfWork.within(message.place.workspace, ({ outbox }) =>
        outbox.post(ids.next(), threadOf(message), helpReply(), 'answer'),
      );
      return;
    }
    const answer = await rankSolutions(message.place.workspace, text);
    // A question that finds nothing stays unanswered unless it was put to the bot: a wrong guess costs more than silence.
    if (answer.ranked.length === 0 && kind === 'question' && !message.mentionsBot) return;
    await unitOfWork.within(message.place.workspace, (transaction) =>
      postAnswer(transaction, { message, text, answer, ids, now: clock.now() }),
    );
  };
}

interface Answering {
  readonly message: MessagePosted;
  readonly text: string;
  readonly answer: RankedAnswer;
  readonly ids: Core['ids'];
  readonly now: number;
}

async function postAnswer(transaction: Transaction, answering: Answering): Promise<void> {
  const { message, answer, text, ids, now } = answering;
  const place = threadOf(message);
  // A delivery that comes again after a crash finds the answer it gave.
  if (message.place.thread === null && (await transaction.incidents.inThread(place.channel, place.thread)))
    return;
  const { incident, isNew } = await openIncident(transaction, answering);
  if (answer.ranked.length === 0) {
    const offer = isNew && answer.closest.length > 0 ? incident.id : null;
    return transaction.outbox.post(ids.next(), place, noMatchCard(lookedFor(text), offer), 'answer');
  }
  const { postId, shown } = await recordRecommendations(transaction, ids, incident, answer.ranked);
  await transaction.outbox.post(postId, place, answerCard(shown, now), 'answer');
}

/** Until something was shown for it, an incident is about what was said last: more words are a better question. */
async function openIncident(
  transaction: Transaction,
  { message, text, answer }: Answering,
): Promise<{ readonly incident: Incident; readonly isNew: boolean }> {
  const { incidents, recommendations } = transaction;
  const person = await meetSpeaker(transaction, message.speaker);
  const stated = { problem: text, context: answer.context };
  const incident = await incidents.open({ ...threadOf(message), ...stated, openedBy: person.id });
  const isNew = (await recommendations.inIncident(incident.id)).length === 0;
  if (isNew && incident.problem !== text) await incidents.restate(incident.id, stated);
  return { incident, isNew };
}

function threadOf({ place, id }: MessagePosted) {
  return { channel: place.channel, thread: place.thread ?? id };
}

function withoutMention(text: string): string {
  return text.replace(/@recourse\b/giu, ' ').trim();
}

/** The words that a person can check for a slip: those of four letters and more, at most eight. */
function lookedFor(text: string): readonly string[] {
  const words = text.match(/[\p{L}\p{N}_.-]{4,}/gu) ?? [];
  return [...new Set(words)].slice(0, 8);
}

import { type Hearing, judgeHearing, mayBeHeard } from '#domain/hearing/judge-hearing.ts';
import { tellsRecovery } from '#domain/hearing/tells-recovery.ts';
import type { MessagePosted } from '#domain/intent.ts';
import { understandMessage } from '#domain/message/understand-message.ts';
import { offNotice } from '#domain/wording/mode-card.ts';
import { helpReply } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { questionOf, threadOf } from './answer-text.ts';
import type { Core } from './core.ts';
import { postAnswer } from './post-answer.ts';
import type { RankSolutions } from './rank-solutions.ts';
import { readMode } from './read-mode.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'clock' | 'settings'> & {
  readonly rankSolutions: RankSolutions;
};

/**
 * Answers a message in its thread, once. What was said to the bot gets an answer in any case; what was not only when
 * something is wrong, the channel wants it, and its thread has no answer yet.
 */
export function createAnswerMessage(needs: Needs) {
  const { unitOfWork, ids, clock, settings, rankSolutions } = needs;
  const judge = (transaction: Transaction, message: MessagePosted) =>
    readMode(transaction, settings, message.place).then((inForce) => judgeHearing(message, inForce));
  return async (message: MessagePosted): Promise<void> => {
    if (!mayBeHeard(message)) return;
    const { workspace } = message.place;
    const within = <T>(work: (transaction: Transaction) => Promise<T>) => unitOfWork.within(workspace, work);
    const hearing = await within((transaction) => judge(transaction, message));
    const wanted = wantedOf(message, hearing);
    if (wanted === 'nothing') return;
    if (wanted !== 'ranking') return within((transaction) => reply(needs, transaction, message, wanted));
    const text = questionOf(message.text);
    const answer = await rankSolutions(workspace, text, message);
    // A question that finds nothing stays unanswered unless it was put to the bot: a wrong guess costs more than silence.
    if (answer.ranked.length === 0 && hearing !== 'answer' && isQuestion(text)) return;
    await within(async (transaction) => {
      // Asked again: a mode that was set while the search ran counts too.
      if ((await judge(transaction, message)) !== hearing) return;
      const isAsked = hearing === 'answer';
      await postAnswer(transaction, { message, isAsked, text, answer, ids, now: clock.now() });
    });
  };
}

type Wanted = 'nothing' | 'ranking' | 'help' | 'off';

function wantedOf({ text, speaker, alert }: MessagePosted, hearing: Hearing): Wanted {
  if (alert) return 'ranking';
  if (hearing === 'nothing') return 'nothing';
  if (hearing === 'tell-off') return 'off';
  const { kind } = understandMessage(questionOf(text));
  const isTalk = kind === 'small-talk' || kind === 'command';
  if (hearing === 'answer') return isTalk ? 'help' : 'ranking';
  const isOver = speaker.standing === 'bot' && tellsRecovery(text);
  return isTalk || isOver ? 'nothing' : 'ranking';
}

async function reply(
  { ids }: Needs,
  { answers, outbox }: Transaction,
  message: MessagePosted,
  what: 'help' | 'off',
): Promise<void> {
  const { channel } = message.place;
  const postId = ids.next<Parameters<typeof outbox.post>[0]>();
  if (what === 'off') return outbox.notify(postId, message.place, message.speaker.externalId, offNotice());
  const isFirst = await answers.claim({
    channel,
    message: message.id,
    postId,
    textAt: message.at,
    incidentId: null,
  });
  if (isFirst) await outbox.post(postId, threadOf(message), helpReply(), 'answer');
}

const isQuestion = (text: string): boolean => understandMessage(text).kind === 'question';

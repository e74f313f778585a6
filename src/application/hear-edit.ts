import { judgeHearing } from '#domain/hearing/judge-hearing.ts';
import type { MessageEdited, MessagePosted } from '#domain/intent.ts';
import { understandMessage } from '#domain/message/understand-message.ts';
import type { Answer } from '#ports/stores/answer-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { questionOf } from './answer-text.ts';
import type { Core } from './core.ts';
import { showOpinions } from './judge-answer.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { type Answering, composeAnswer, openIncident } from './post-answer.ts';
import type { RankSolutions } from './rank-solutions.ts';
import { readMode } from './read-mode.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'clock' | 'settings'> & {
  readonly rankSolutions: RankSolutions;
  readonly answerMessage: (message: MessagePosted) => Promise<void>;
};

/**
 * A message has another text. One that was answered is answered anew, in the same post, while no solution was shown in
 * its thread. One that was not is heard when it speaks to the bot now: to start talking because somebody mended an old
 * message would surprise.
 */
export function createHearEdit(needs: Needs) {
  const { unitOfWork, ids, clock, settings, rankSolutions, answerMessage } = needs;
  return async (received: MessageEdited): Promise<void> => {
    const edit = asRoot(received);
    const { workspace } = edit.place;
    const within = <T>(work: (transaction: Transaction) => Promise<T>) => unitOfWork.within(workspace, work);
    const { hearing, earlier } = await within(async (transaction) => ({
      hearing: judgeHearing(edit, await readMode(transaction, settings, edit.place)),
      earlier: await transaction.answers.of(edit.place.channel, edit.id),
    }));
    if (hearing !== 'answer' && hearing !== 'suggest') return;
    if (!earlier)
      return hearing === 'answer' ? answerMessage({ ...edit, kind: 'message-posted' }) : undefined;
    const text = questionOf(edit.text);
    if (!asksSomething(text)) return;
    const answer = await rankSolutions(workspace, text, edit);
    const isAsked = hearing === 'answer';
    const answering = { message: edit, isAsked, text, answer, ids, now: clock.now() };
    await within((transaction) => answerAnew(transaction, answering, earlier));
  };
}

/** Some platforms name a thread's root as its own thread once there are replies. */
function asRoot(edit: MessageEdited): MessageEdited {
  return edit.place.thread === edit.id ? { ...edit, place: { ...edit.place, thread: null } } : edit;
}

function asksSomething(text: string): boolean {
  const { kind } = understandMessage(text);
  return kind === 'problem' || kind === 'question';
}

async function answerAnew(transaction: Transaction, answering: Answering, earlier: Answer): Promise<void> {
  const { message, text, answer } = answering;
  const { answers, incidents, outbox, recommendations } = transaction;
  const person = await meetSpeaker(transaction, message);
  // An edit that is heard late, after a newer one or after the deletion, must open nothing.
  const newest = await answers.of(message.place.channel, message.id);
  if (newest && newest.textAt >= message.at) return;
  const incident = await openIncident(transaction, answering, person.id);
  const renewed = { ...earlier, textAt: message.at, incidentId: incident.id };
  // Platforms change a message also when only a preview of a link was added.
  const isSame = !incident.isNew && incident.problem === text;
  if (isSame || !(await answers.renew(renewed))) return;
  if ((await recommendations.inIncident(incident.id)).length > 0) {
    const isRoot = message.place.thread === null;
    const stated = { problem: text, context: answer.context, statedBy: message.speaker.externalId };
    return isRoot ? incidents.restate(incident.id, stated) : undefined;
  }
  const card = await composeAnswer(transaction, answering, incident, earlier.postId);
  await outbox.revise(earlier.postId, card, 'answer');
  await showOpinions(transaction, earlier.postId);
}

import { type PostId, readId } from '#domain/ids.ts';
import type { Said } from '#domain/learning/report.ts';
import type { Verdict } from '#domain/learning/verdict.ts';
import type { Person } from '#domain/person.ts';
import type { FormValues } from '#domain/reply.ts';
import { withOpinions } from '#domain/wording/answer-opinions.ts';
import { readSaid } from '#domain/wording/comment-form.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

/** The answer that an id names; of a recommendation, or of another post, undefined. */
export async function findAnswer({ answers }: Transaction, id: string): Promise<PostId | undefined> {
  const post = readId<PostId>(id);
  return post && (await answers.behindPost(post))?.postId;
}

/**
 * A verdict on an answer as a whole, or null for one that is taken back. It moves no rate: nothing of the answer was used.
 */
export async function voteOnAnswer(
  transaction: Transaction,
  post: PostId,
  person: Person,
  { verdict, instead }: { readonly verdict: Verdict; readonly instead?: Verdict | null },
): Promise<void> {
  const { answerFeedback, audit } = transaction;
  if (instead === undefined) await answerFeedback.vote(post, person.id, verdict);
  else if (!(await answerFeedback.unvote(post, person.id, verdict))) return;
  else if (instead) await answerFeedback.vote(post, person.id, instead);
  await audit.append({
    actor: person.externalId,
    event: 'answer.judged',
    details: { answer: post, verdict: instead === undefined ? verdict : instead },
  });
  await showOpinions(transaction, post);
}

/** The values are those of a form without problems. */
export async function commentOnAnswer(
  { redact }: Pick<Core, 'redact'>,
  transaction: Transaction,
  post: PostId,
  person: Person,
  values: FormValues,
): Promise<void> {
  await transaction.answerFeedback.comment(post, person.id, readSaid(values, redact));
  await transaction.audit.append({
    actor: person.externalId,
    event: 'comment.changed',
    details: { answer: post },
  });
  await showOpinions(transaction, post);
}

export async function saidOfAnswer(
  { answerFeedback }: Transaction,
  post: PostId,
  person: Person,
): Promise<Said> {
  const own = (await answerFeedback.of(post)).find(({ personId }) => personId === person.id);
  return own?.said ?? { text: '', report: {} };
}

/** Brings the card up to date: who voted, who said what. */
export async function showOpinions(transaction: Transaction, post: PostId): Promise<void> {
  const { answers, answerFeedback, incidents, outbox, people } = transaction;
  const answer = await answers.behindPost(post);
  // The card shows solutions too, of which others may be saying something right now.
  if (answer?.incidentId) await incidents.lock(answer.incidentId);
  const card = (await outbox.find(post))?.reply;
  const votes = [];
  const comments = [];
  for (const { personId, verdict, said } of await answerFeedback.of(post)) {
    const name = (await people.find(personId))?.name ?? 'somebody';
    if (verdict) votes.push({ name, verdict });
    if (said) comments.push({ name, ...said });
  }
  const now = card && withOpinions(card, post, { votes, comments });
  if (now) await outbox.revise(post, now, 'answer');
}

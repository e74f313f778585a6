import type { PostId } from '#domain/ids.ts';
import type { Person } from '#domain/person.ts';
import type { Reply } from '#domain/reply.ts';
import { decidedDraftCard } from '#domain/wording/draft-card.ts';
import { forgottenCard, forgottenNotice, withoutCase } from '#domain/wording/forgotten-card.ts';
import type { TalkedIn } from '#ports/stores/words-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { showOpinions } from './judge-answer.ts';
import { stampVerdict } from './stamp-verdict.ts';
import { releaseMerged } from './unmerge-case.ts';

/**
 * `forget`: deletes what is stored of a person's words, and takes it off the cards that told it, in one transaction. The log
 * says that they asked for it and how much it was, without a word of it. Returns what the person alone is shown.
 */
export async function forgetWords(transaction: Transaction, person: Person): Promise<Reply> {
  const { audit, words } = transaction;
  // Drafts first: what they were made from is deleted next.
  const drafts = await forgetDrafts(transaction, person);
  for (const incident of await words.threads(person)) await closeCards(transaction, incident);
  const problems = await words.forgetProblems(person);
  const comments = await forgetComments(transaction, person);
  const cases = await forgetCases(transaction, person);
  await words.forgetDeliveries(person);
  const counts = { problems, comments, drafts, cases };
  await audit.append({ actor: person.externalId, event: 'words.forgotten', details: counts });
  return forgottenNotice(counts);
}

async function forgetDrafts(
  { captures, incidents, outbox }: Transaction,
  { externalId }: Person,
): Promise<number> {
  const drafts = await captures.forget(externalId);
  for (const { incidentId, postId } of drafts) {
    const thread = (await incidents.find(incidentId))?.thread ?? '';
    await outbox.revise(postId, decidedDraftCard('', { kind: 'forgotten' }, thread), 'answer');
  }
  return drafts.length;
}

/** "No good match" says which words were looked for, and the thread of a command begins with what was asked. */
async function closeCards(
  transaction: Transaction,
  { id, channel, thread, isOpener }: TalkedIn,
): Promise<void> {
  const { answers, outbox, recommendations } = transaction;
  const shown = new Set((await recommendations.inIncident(id)).map(({ postId }) => postId));
  for (const { postId } of await answers.inIncident(id))
    if (!shown.has(postId)) await outbox.revise(postId, forgottenCard(), 'answer');
  const root = isOpener ? await outbox.named(channel, thread) : undefined;
  if (root) await outbox.revise(root.id, forgottenCard(), 'answer');
}

async function forgetComments(transaction: Transaction, person: Person): Promise<number> {
  const { recommendations, words } = transaction;
  const commented = await words.forgetComments(person);
  for (const id of commented) {
    const recommendation = await recommendations.find(id);
    if (recommendation) await stampVerdict(transaction, recommendation);
  }
  const judged = await words.forgetOpinions(person);
  for (const id of judged) await showOpinions(transaction, id);
  return commented.length + judged.length;
}

async function forgetCases(transaction: Transaction, person: Person): Promise<number> {
  const { outbox, searchIndex, words } = transaction;
  const cases = await words.forgetCases(person);
  await searchIndex.remove(cases.map(({ id }) => id));
  for (const own of cases) {
    await releaseMerged(transaction, own.slug, person.externalId);
    const { recommendations, posts } = await words.tellingOf(own);
    // The card of a version has its id.
    const isCard = (id: PostId) => own.versions.some((version) => String(version) === String(id));
    for (const { id, reply } of posts) {
      const rest = isCard(id) ? forgottenCard() : withoutCase(reply, { ...own, recommendations });
      await outbox.revise(id, rest, 'answer');
    }
  }
  return cases.length;
}

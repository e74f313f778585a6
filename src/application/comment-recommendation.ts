import { type RecommendationId, readId } from '#domain/ids.ts';
import type { ButtonPressed, FormSubmitted } from '#domain/intent.ts';
import { type Said, standingReport, verdictOfOutcome } from '#domain/learning/report.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import type { FormValues } from '#domain/reply.ts';
import { solutionTitle } from '#domain/solution.ts';
import { answerForm, commentForm, commentProblems, readSaid } from '#domain/wording/comment-form.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { commentOnAnswer, findAnswer, saidOfAnswer } from './judge-answer.ts';
import { meetSpeaker } from './meet-speaker.ts';
import type { CheckForm, OpenForm } from './open-form.ts';
import { proposeByHand } from './propose-by-hand.ts';
import { showVotes } from './show-votes.ts';
import { stampVerdict } from './stamp-verdict.ts';

type Needs = Pick<
  Core,
  'unitOfWork' | 'ids' | 'redact' | 'commandParser' | 'runbookParser' | 'clock' | 'settings'
>;

/** "💬 Comment": the form with what this person said before. */
export const openCommentForm: OpenForm = async (_, transaction, { intent, person }) => {
  const id = readId<RecommendationId>(intent.action.id);
  const recommendation = id && (await transaction.recommendations.find(id));
  if (!recommendation) return openAnswerForm(transaction, intent.action.id, person);
  const version = await transaction.solutions.version(recommendation.versionId);
  if (!version || !hasRole(person.role, 'responder')) return undefined;
  const present = await saidBefore(transaction, recommendation.id, person);
  return { kind: 'form', form: commentForm(recommendation.id, solutionTitle(version), present) };
};

async function openAnswerForm(transaction: Transaction, id: string, person: Person) {
  const post = await findAnswer(transaction, id);
  if (!post || !hasRole(person.role, 'responder')) return undefined;
  return { kind: 'form' as const, form: answerForm(post, await saidOfAnswer(transaction, post, person)) };
}

export const checkComment: CheckForm = async (_, { values }) => commentProblems(values);

/** Keeps what a person says about a recommendation and shows it on its verdict card; an outcome is their vote. */
export function createCommentRecommendation(needs: Needs) {
  return (intent: ButtonPressed | FormSubmitted): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const refusal = await keep(needs, transaction, intent, person);
      if (refusal)
        await transaction.outbox.notify(needs.ids.next(), intent.place, person.externalId, notice(refusal));
    });
}

/** Why nothing was kept, as a sentence; undefined when it was. */
async function keep(
  needs: Needs,
  transaction: Transaction,
  intent: ButtonPressed | FormSubmitted,
  person: Person,
): Promise<string | undefined> {
  const id = readId<RecommendationId>(intent.action.id);
  const recommendation = id && (await transaction.recommendations.find(id));
  const post = recommendation ? undefined : await findAnswer(transaction, intent.action.id);
  if (!recommendation && !post) return 'This recommendation is gone.';
  if (!hasRole(person.role, 'responder')) return 'A comment needs the role responder or higher.';
  if (intent.kind === 'button-pressed' || Object.keys(commentProblems(intent.values)).length > 0)
    return 'Nothing was written, so nothing was kept.';
  if (!recommendation)
    return post && commentOnAnswer(needs, transaction, post, person, intent.values).then(() => undefined);
  await keepSaid(needs, transaction, { recommendation, person, values: intent.values });
  return undefined;
}

async function keepSaid(
  needs: Needs,
  transaction: Transaction,
  {
    recommendation,
    person,
    values,
  }: { readonly recommendation: Recommendation; readonly person: Person; readonly values: FormValues },
): Promise<void> {
  const { id } = recommendation;
  // The door refused what looked like a secret then; one that became known since must not be kept either.
  const said = readSaid(values, needs.redact);
  const before = await saidBefore(transaction, id, person);
  await transaction.recommendations.comment(id, person.id, said);
  await transaction.audit.append({
    actor: person.externalId,
    event: 'comment.changed',
    details: { recommendation: id },
  });
  const isVote = await voteAsSaid(needs, transaction, { recommendation, person, said, before });
  if (!isVote) await stampVerdict(transaction, recommendation);
  const { byHand = '' } = said.report;
  if (byHand !== (before.report.byHand ?? ''))
    await proposeByHand(needs, transaction, { recommendation, person, said: byHand });
}

interface Spoken {
  readonly recommendation: Recommendation;
  readonly person: Person;
  readonly said: Said;
  readonly before: Said;
}

/** An outcome is a vote, and one that is taken out of the form takes its vote along. True when the votes changed. */
async function voteAsSaid(
  needs: Needs,
  transaction: Transaction,
  { recommendation, person, said, before }: Spoken,
): Promise<boolean> {
  const { recommendations } = transaction;
  const { id } = recommendation;
  const { outcome } = said.report;
  const outcomeBefore = before.report.outcome;
  if (outcome === undefined) {
    if (outcomeBefore === undefined) return false;
    const verdict = verdictOfOutcome[outcomeBefore];
    await recommendations.unvote(id, person.id, verdict);
    await showVotes(needs, transaction, recommendation, verdict);
    return true;
  }
  const verdict = verdictOfOutcome[outcome];
  // Saying the same again is no newer vote.
  if ((await voteOf(transaction, id, person)) === verdict) return false;
  await recommendations.vote(id, person.id, verdict);
  await showVotes(needs, transaction, recommendation, verdict);
  return true;
}

async function saidBefore(transaction: Transaction, id: RecommendationId, person: Person): Promise<Said> {
  const comments = await transaction.recommendations.comments(id);
  const { text, report } = comments.find(({ personId }) => personId === person.id) ?? {
    text: '',
    report: {},
  };
  return { text, report: standingReport(report, await voteOf(transaction, id, person)) };
}

async function voteOf({ recommendations }: Transaction, id: RecommendationId, person: Person) {
  return (await recommendations.votes(id)).find(({ personId }) => personId === person.id)?.verdict;
}

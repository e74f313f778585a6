import { readId, type VersionId } from '#domain/ids.ts';
import type { ButtonPressed, FormSubmitted } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { Span } from '#domain/reply.ts';
import type { ReviewDecision, WaitingReview } from '#domain/review/review.ts';
import { neededApproval } from '#domain/runbook/needed-approval.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { notice } from '#domain/wording/notices.ts';
import { threadSpan } from '#domain/wording/overview-lines.ts';
import {
  isShownWhole,
  type ReviewView,
  reviewCard,
  reviewForm,
  reviewGone,
  reviewOutdated,
  tooLong,
  whyNotReviewed,
} from '#domain/wording/review-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { type DecidedReview, decideReview } from './decide-review.ts';
import { sees } from './hidden-from.ts';
import { meetSpeaker } from './meet-speaker.ts';
import type { CheckForm, OpenForm } from './open-form.ts';

const decisions = { 'approve-version': 'approved', 'reject-version': 'rejected' } as const;
const shownThreads = 5;

/** What a decision on a version is about, as a card and the shell show it. */
export async function viewReview(
  { lineDiff, redact, commandParser }: Pick<Core, 'lineDiff' | 'redact' | 'commandParser'>,
  { runs, incidents }: Pick<Transaction, 'runs' | 'incidents'>,
  review: WaitingReview,
): Promise<ReviewView> {
  const threads: Span[] = [];
  for (const id of review.runs.slice(-shownThreads)) {
    const run = await runs.find(id);
    const incident = run && (await incidents.find(run.incidentId));
    if (incident) threads.push(threadSpan(incident, incident.problem));
  }
  const change = lineDiff(review.before?.text ?? '', review.text);
  const { content } = review;
  const approval =
    content.kind === 'runbook' ? neededApproval(content.runbook, commandParser.parse) : undefined;
  return { review, change: change && redact(change), threads, approval };
}

/** What waits under the id of a button or form, where this person may be shown it; of anything else nothing is told. */
async function findSeen(
  { settings }: Pick<Core, 'settings'>,
  transaction: Pick<Transaction, 'reviews' | 'visibility'>,
  { action, place }: ButtonPressed | FormSubmitted,
  { role }: Pick<Person, 'role'>,
): Promise<WaitingReview | undefined> {
  const id = readId<VersionId>(action.id);
  const review = id && (await transaction.reviews.find(id));
  const { channel } = place;
  return review && (await sees(settings, transaction, { role, channel }, review.slug)) ? review : undefined;
}

/** "Look at it": everything that a decision is about, for this person alone. */
export const showReview: OpenForm = async (needs, transaction, { intent, person }) => {
  const review = await findSeen(needs, transaction, intent, person);
  if (!review || !hasRole(person.role, 'approver')) return undefined;
  const view = await viewReview(needs, transaction, review);
  return { kind: 'shown', reply: reviewCard(view, needs.clock.now()) };
};

/** "Approve" and "Reject": the form for the words that go with it. Who may is asked when it comes back. */
export const openReviewForm: OpenForm = async (needs, transaction, { intent, person }) => {
  const review = await findSeen(needs, transaction, intent, person);
  if (!review || !hasRole(person.role, 'responder')) return undefined;
  return { kind: 'form', form: reviewForm(review, decisionOf(intent)) };
};

export const checkRejection: CheckForm = async (_, { values }) =>
  (ownValue(values, 'notes') ?? '').trim() === ''
    ? { notes: 'Say what would have to change, so that it can be written better.' }
    : {};

const decisionOf = ({ action }: ButtonPressed | FormSubmitted): ReviewDecision['decision'] =>
  action.verb === 'approve-version' ? decisions['approve-version'] : decisions['reject-version'];

/** A person's decision on a version. The role is asked here, in the transaction that decides. */
export function createReviewVersion(
  needs: Pick<Core, 'unitOfWork' | 'ids' | 'settings' | 'lineDiff' | 'redact' | 'commandParser'>,
) {
  return (intent: ButtonPressed | FormSubmitted): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const told = await review(needs, transaction, intent);
      await transaction.outbox.notify(
        needs.ids.next(),
        intent.place,
        intent.speaker.externalId,
        notice(told),
      );
    });
}

async function review(
  needs: Pick<Core, 'settings' | 'lineDiff' | 'redact' | 'commandParser'>,
  transaction: Transaction,
  intent: ButtonPressed | FormSubmitted,
): Promise<string> {
  const person = await meetSpeaker(transaction, intent);
  const waiting = await findSeen(needs, transaction, intent, person);
  if (!waiting || intent.kind === 'button-pressed') return waiting ? needsForm : reviewGone;
  const decision = decisionOf(intent);
  const isBlind = decision === 'approved' && !isShownWhole(await viewReview(needs, transaction, waiting));
  if (isBlind) return tooLong(waiting);
  const notes = (ownValue(intent.values, 'notes') ?? '').trim();
  const asked = { id: waiting.versionId, decision, notes };
  return tell(await decideReview(needs, transaction, person, asked), decision);
}

const needsForm = 'Looking at what waits for a review needs the role approver or higher.';

function tell(decided: DecidedReview, decision: ReviewDecision['decision']): string {
  switch (decided.kind) {
    case 'gone':
      return reviewGone;
    case 'outdated':
      return reviewOutdated(decided.inForce);
    case 'denied':
      return whyNotReviewed(decided.answer);
    case 'decided': {
      const { slug, version } = decided.review;
      const what = `${slug}, version ${version}, is ${decision === 'approved' ? 'in force now' : 'rejected'}.`;
      return decided.replaced === null ? what : `${what} It takes the place of the case ${decided.replaced}.`;
    }
    default:
      return decided satisfies never;
  }
}

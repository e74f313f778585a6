import { articleOf } from '../person.ts';
import type { Block, Form, Line, Reply, Span } from '../reply.ts';
import type { ReviewAnswer } from '../review/may-review.ts';
import type { ReviewDecision, WaitingReview } from '../review/review.ts';
import type { NeededApproval } from '../runbook/needed-approval.ts';
import { solutionTitle } from '../solution.ts';
import { approvalText } from './approval-text.ts';
import { deprecatedBlocks, type ListedDeprecated } from './deprecated-cards.ts';
import { formatAge, oneLine } from './format.ts';
import { type ListedUnused, unusedBlocks } from './unused-cards.ts';

/** What a card can show of what would change; a version that changes more is read and decided in the shell. */
const longestChange = 2_400;
const longestEvidence = 1_200;

/** A version in review as a person judges it. */
export interface ReviewView {
  readonly review: WaitingReview;
  /** Unified diff against what it replaces, or the whole text of something new; undefined where almost all differs. */
  readonly change: string | undefined;
  /** Links to the threads of the runs behind it. */
  readonly threads: readonly Span[];
  /** What its steps will need at least; undefined where there are none. */
  readonly approval?: NeededApproval | undefined;
}

/** Whether a card shows all that an approval would put into force. Only then is it approved there. */
export const isShownWhole = ({ change }: Pick<ReviewView, 'change'>): boolean =>
  change !== undefined && change.length <= longestChange;

/** What waits for a decision; `isMore` of any kind. */
export interface WaitingList {
  readonly reviews: readonly WaitingReview[];
  readonly deprecated: readonly ListedDeprecated[];
  readonly unused: readonly ListedUnused[];
  readonly isMore: boolean;
}

export function reviewList({ reviews, deprecated, unused, isMore }: WaitingList, now: number): Reply {
  const waiting = `${reviews.length === 0 ? 'No' : reviews.length} ${reviews.length === 1 ? 'version waits' : 'versions wait'} for a review`;
  const stopped = deprecated.length === 0 ? '' : `, ${deprecated.length} stopped working`;
  const idle = unused.length === 0 ? '' : `, ${unused.length} not used for long`;
  const summary = `${waiting}${stopped}${idle}`;
  return {
    summary,
    tone: 'plain',
    blocks: [
      { kind: 'heading', text: summary },
      ...reviews.flatMap((review): readonly Block[] => [
        { kind: 'text', line: reviewLine(review, now) },
        {
          kind: 'buttons',
          buttons: [
            { action: { verb: 'review', id: review.versionId }, label: 'Look at it', style: 'plain' },
          ],
        },
      ]),
      ...deprecated.flatMap((one) => deprecatedBlocks(one, now)),
      ...unused.flatMap((one) => unusedBlocks(one, now)),
      ...(isMore ? [note(['Not all are shown. The others come when these are decided.'])] : []),
    ],
  };
}

function reviewLine(review: WaitingReview, now: number): Line {
  const why = review.why === '' ? '' : ` – ${oneLine(review.why, 160)}`;
  return [
    { kind: 'bold', text: solutionTitle(review) },
    `, version ${review.version} of ${review.slug}, by ${review.author}, ${formatAge(now - review.createdAt)} ago${why}`,
  ];
}

/** Everything that a decision is about, for one person, with the buttons to decide. */
export function reviewCard({ review, change, threads, approval }: ReviewView, now: number): Reply {
  const { versionId: id, before, why, evidence } = review;
  const isWhole = isShownWhole({ change });
  const summary = `Review: ${solutionTitle(review)}, version ${review.version}`;
  return {
    summary,
    tone: 'waiting',
    blocks: [
      { kind: 'heading', text: summary },
      { kind: 'text', line: reviewLine({ ...review, why: '' }, now) },
      {
        kind: 'fields',
        fields: [
          { name: 'Why', value: [why || 'Nobody said.'] },
          {
            name: 'Instead of',
            value: [before === null ? 'Nothing: it is new.' : `Version ${before.version}`],
          },
          ...(approval ? [{ name: 'Its steps', value: [approvalText(approval)] }] : []),
          ...(threads.length === 0 ? [] : [{ name: 'Runs behind it', value: separated(threads) }]),
        ],
      },
      ...(evidence === '' ? [] : [output(evidence)]),
      isWhole
        ? { kind: 'code', role: 'proposed', text: change || 'Its text is the same.' }
        : note([tooLong(review)]),
      {
        kind: 'buttons',
        buttons: [
          ...(isWhole
            ? [{ action: { verb: 'approve-version', id }, label: 'Approve', style: 'primary' } as const]
            : []),
          { action: { verb: 'reject-version', id }, label: 'Reject', style: 'danger' },
        ],
      },
    ],
  };
}

const note = (line: Line): Block => ({ kind: 'note', line });
const output = (text: string): Block => ({
  kind: 'code',
  role: 'output',
  text: text.length > longestEvidence ? `…${text.slice(-longestEvidence).toWellFormed()}` : text,
});
const separated = (spans: readonly Span[]): Line =>
  spans.flatMap((span, index) => (index === 0 ? [span] : [', ', span]));

export const tooLong = ({ slug, version }: Pick<WaitingReview, 'slug' | 'version'>): string =>
  `Too long to show whole here, so it is not approved here either. On the server: recourse review show ${slug}@${version}, then recourse review approve ${slug}@${version}.`;

/** In the place where it was told that a version waits. */
export function waitingReviewCard(review: WaitingReview): Reply {
  const summary = `Waits for a review: ${solutionTitle(review)}, version ${review.version}`;
  return {
    summary,
    tone: 'waiting',
    blocks: [
      {
        kind: 'text',
        line: [
          '📝 Waits for a review: ',
          { kind: 'bold', text: solutionTitle(review) },
          `, version ${review.version}`,
        ],
      },
      { kind: 'text', line: [review.why] },
      note(['Until an approver says yes, it is neither shown nor run.']),
      {
        kind: 'buttons',
        buttons: [{ action: { verb: 'review', id: review.versionId }, label: 'Look at it', style: 'plain' }],
      },
    ],
  };
}

/** In place of the card above, once a later version holds what it proposed. */
export function replacedReviewCard(review: WaitingReview): Reply {
  const title = `${solutionTitle(review)}, version ${review.version}`;
  return {
    summary: `Taken up by a later version: ${title}`,
    tone: 'plain',
    blocks: [{ kind: 'text', line: ['📝 Taken up by a later version: ', { kind: 'bold', text: title }] }],
  };
}

/** In place of the card above, once somebody decided. */
export function decidedReviewCard(
  review: WaitingReview,
  { decision, notes }: Pick<ReviewDecision, 'decision' | 'notes'>,
  { externalId, name }: { readonly externalId: string; readonly name: string },
): Reply {
  const title = `${solutionTitle(review)}, version ${review.version}`;
  const who: Span = externalId === 'shell' ? 'Somebody at the shell' : { kind: 'person', externalId, name };
  return {
    summary: `${decision === 'approved' ? 'Approved' : 'Rejected'}: ${title}`,
    tone: decision === 'approved' ? 'good' : 'plain',
    blocks: [
      {
        kind: 'text',
        line: [decision === 'approved' ? '✅ ' : '🚫 ', who, ` ${decision} `, { kind: 'bold', text: title }],
      },
      ...(notes === '' ? [] : [{ kind: 'fields', fields: [{ name: 'Notes', value: [notes] }] } as const]),
    ],
  };
}

/** Asks for a few words with a decision. */
export function reviewForm(review: WaitingReview, decision: ReviewDecision['decision']): Form {
  const isYes = decision === 'approved';
  return {
    action: { verb: isYes ? 'approve-version' : 'reject-version', id: review.versionId },
    title: isYes ? 'Approve a version' : 'Reject a version',
    intro: isYes
      ? `${solutionTitle(review)}, version ${review.version}, is shown and run from then on.`
      : `${solutionTitle(review)}, version ${review.version}, is kept and never shown.`,
    fields: [
      {
        ...{
          name: 'notes',
          label: 'Notes',
          hint: isYes ? 'What you looked at.' : 'What would have to change.',
        },
        ...{ initial: '', required: !isYes, kind: 'text', lines: 'many' },
      },
    ],
    submitLabel: isYes ? 'Approve' : 'Reject',
  };
}

/** Why a decision did not count. */
export function whyNotReviewed(answer: Exclude<ReviewAnswer, { kind: 'allowed' }>): string {
  switch (answer.kind) {
    case 'needs-role':
      return `Deciding on a version needs the role of ${articleOf(answer.role)} ${answer.role}.`;
    case 'no-member':
      return 'Only full members of this workspace decide on versions.';
    case 'is-author':
      return 'You wrote this version, so somebody else must approve it.';
    case 'nobody':
      return 'The policy lets nobody approve this.';
    default:
      return answer satisfies never;
  }
}

export const reviewGone = 'Nothing waits for a review under this name any more: somebody decided on it.';
export const reviewOutdated = (inForce: number): string =>
  `Version ${inForce} counts by now, and this was made from an earlier one. Reject it, and propose the change again.`;

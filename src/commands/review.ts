import type { DecidedReview } from '#application/decide-review.ts';
import type { WaitingReview } from '#domain/review/review.ts';
import { solutionTitle } from '#domain/solution.ts';
import { formatAge } from '#domain/wording/format.ts';
import { reviewGone, reviewOutdated, whyNotReviewed } from '#domain/wording/review-card.ts';
import { type CommandContext, type CommandIo, exitCodes } from './command.ts';
import { printable } from './printable.ts';

export interface ReviewOptions {
  readonly workspace?: string;
  readonly json?: boolean;
  readonly notes?: string;
}

/** Lists what waits for a review, the oldest first. */
export async function listReviews(
  context: CommandContext,
  io: CommandIo,
  { workspace, json = false, now }: ReviewOptions & { readonly now: number },
): Promise<number> {
  const found = await context.reviews.list(workspace ?? null);
  if (json) for (const review of found) io.out(`${JSON.stringify(asJson(review))}\n`);
  else printWaiting(io, found, (await context.deprecated(workspace ?? null)).length, now);
  return exitCodes.done;
}

function printWaiting(io: CommandIo, found: readonly WaitingReview[], stopped: number, now: number): void {
  if (found.length === 0) io.out('Nothing waits for a review.\n');
  for (const review of found) io.out(`${printable(asLine(review, now))}\n`);
  if (stopped === 0) return;
  io.out(`${stopped} stopped working and ${stopped === 1 ? 'waits' : 'wait'} too: recourse deprecated\n`);
}

const nameOf = ({ slug, version }: WaitingReview): string => `${slug}@${version}`;

const asLine = (review: WaitingReview, now: number): string =>
  `${nameOf(review)}  ${solutionTitle(review)}\n  by ${review.author}, ${formatAge(now - review.createdAt)} ago${review.why === '' ? '' : `: ${review.why}`}`;

const asJson = (review: WaitingReview) => ({
  ...{ id: review.versionId, name: nameOf(review), title: solutionTitle(review), author: review.author },
  ...{ source: review.source, why: review.why, runs: review.runs },
  createdAt: new Date(review.createdAt).toISOString(),
});

/** Shows all that a decision is about: why, the runs behind it, and what would change. */
export async function showReview(
  context: CommandContext,
  io: CommandIo,
  named: string,
  { workspace }: ReviewOptions,
): Promise<number> {
  const found = await context.reviews.show(workspace ?? null, named);
  if (found === undefined || found === 'ambiguous') return missing(io, named, found);
  const { review, change } = found;
  const { before, runs, evidence } = review;
  const parts = [
    `${nameOf(review)}  ${solutionTitle(review)}`,
    `Author: ${review.author}`,
    `Why: ${review.why || 'nobody said.'}`,
    `Instead of: ${before === null ? 'nothing, it is new' : `version ${before.version}`}`,
    ...(runs.length === 0 ? [] : [`Runs behind it: ${runs.join(', ')}`]),
    ...(evidence === '' ? [] : ['', evidence]),
    '',
    change ?? review.text,
  ];
  io.out(`${printable(parts.join('\n').trimEnd())}\n`);
  return exitCodes.done;
}

/** Approves or rejects what waits. */
export async function decideOnReview(
  context: CommandContext,
  io: CommandIo,
  named: string,
  { workspace, notes = '', decision }: ReviewOptions & { readonly decision: 'approved' | 'rejected' },
): Promise<number> {
  const decided = await context.reviews.decide(workspace ?? null, named, { decision, notes });
  if (decided === undefined || decided === 'ambiguous') return missing(io, named, decided);
  if (decided.kind === 'decided') {
    io.out(`${printable(doneText(decided, decision))}\n`);
    return exitCodes.done;
  }
  io.err(`${printable(whyNot(decided))}\n`);
  return exitCodes.failed;
}

function missing(io: CommandIo, named: string, why: 'ambiguous' | undefined): number {
  const what =
    why === 'ambiguous'
      ? `More than one version of ${named} waits: say which, as ${named}@VERSION.`
      : `Nothing named ${named} waits for a review.`;
  io.err(`${printable(what)} They are listed by: recourse review list\n`);
  return exitCodes.failed;
}

function doneText(
  { review, replaced }: Extract<DecidedReview, { kind: 'decided' }>,
  decision: 'approved' | 'rejected',
): string {
  if (decision === 'rejected') return `${nameOf(review)} is rejected.`;
  const place = replaced === null ? '' : ` It takes the place of the case ${replaced}.`;
  return `${nameOf(review)} is in force now.${place}`;
}

function whyNot(decided: Exclude<DecidedReview, { kind: 'decided' }>): string {
  switch (decided.kind) {
    case 'gone':
      return reviewGone;
    case 'outdated':
      return reviewOutdated(decided.inForce);
    case 'denied':
      return whyNotReviewed(decided.answer);
    default:
      return decided satisfies never;
  }
}

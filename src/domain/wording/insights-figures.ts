import { insightsBounds } from '../insights/conclude-insights.ts';
import type { Insights, TimeToResolve, VoteCounts } from '../insights/insights.ts';
import { formatAge, formatDuration, formatPercent } from './format.ts';

interface Figure {
  readonly name: string;
  readonly value: readonly [string];
}

/** Every figure with what it is of; where there is nothing to count it says so and shows no share. */
export function insightFigures(insights: Insights, now: number): readonly Figure[] {
  const { reviews } = insights;
  return [
    figure('Helpful', helpfulText(insights)),
    figure('Whole answers', votesText(insights.answersHelpful, insights.answers)),
    figure('How well it fitted', fitText(insights)),
    figure('Where the context fits', contextText(insights)),
    figure('Time to resolve', timeText(insights)),
    figure('Cases saved', String(insights.casesCaptured)),
    figure('Suggested runbooks', suggestionText(insights)),
    figure('Proposed versions', proposalText(insights)),
    ...(reviews === null ? [] : [figure('Reviews', reviewText(reviews, now))]),
    figure(`Votes in ${insightsBounds.votesDays} days`, String(insights.lately.votes)),
  ];
}

const figure = (name: string, value: string): Figure => ({ name, value: [value] });

const helpfulText = ({ helpfulness, votes, said: { comments } }: Insights): string =>
  `${votesText(helpfulness, votes)}${comments === 0 ? '' : `   💬 ${comments}`}`;

export function votesText(share: number | null, { worked, partly, failed }: VoteCounts): string {
  if (share === null) return 'no votes';
  return `${formatPercent(share)}: 👍 ${worked}   🤔 ${partly}   👎 ${failed}`;
}

function fitText({ fit, said: { spotOn, partly, missed } }: Insights): string {
  if (fit === null) return 'nobody said';
  return `${formatPercent(fit)}: spot on ${spotOn}, partly ${partly}, missed ${missed}`;
}

function contextText({ contextAccuracy, votes: { fitting } }: Insights): string {
  if (contextAccuracy === null) return 'no votes';
  const count = fitting.worked + fitting.partly + fitting.failed;
  return `it helped in ${formatPercent(contextAccuracy)} of ${counted(count, 'vote')}`;
}

function timeText({ withAnswer, withoutAnswer }: Insights): string {
  if (withAnswer.incidents + withoutAnswer.incidents === 0) return 'no incident was resolved';
  return `with an answer used ${tookText(withAnswer)}, without ${tookText(withoutAnswer)}`;
}

const tookText = ({ incidents, medianMs }: TimeToResolve): string =>
  medianMs === null ? 'none' : `${formatTook(medianMs)} (${counted(incidents, 'incident')})`;

const twoHours = 7_200_000;

/** A median for people: minutes while there are few of them. */
export const formatTook = (ms: number): string => (ms < twoHours ? formatDuration(ms) : formatAge(ms));

function suggestionText({ suggestions: { made, taken, dismissed, inForce }, converted }: Insights): string {
  if (converted === null) return 'none';
  const rest = `${taken} taken, ${dismissed} dismissed`;
  return `${inForce} of ${counted(made, 'case')} became runbooks (${formatPercent(converted)}); ${rest}`;
}

function proposalText({ proposals: { made, approved, rejected, waiting } }: Insights): string {
  return made === 0 ? 'none' : `${made}: ${approved} approved, ${rejected} rejected, ${waiting} waiting`;
}

function reviewText(
  { waiting, oldestAt, approved, rejected, approvalRate }: NonNullable<Insights['reviews']>,
  now: number,
): string {
  const oldest = oldestAt === null ? '' : `, the oldest for ${formatAge(now - oldestAt)}`;
  const rate = approvalRate === null ? 'none decided' : `${approved} of ${approved + rejected} approved`;
  return `${waiting} waiting${oldest}; ${rate}`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

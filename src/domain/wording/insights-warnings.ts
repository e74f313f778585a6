import type { InsightWarning } from '../insights/insights.ts';
import { formatAge, formatPercent } from './format.ts';

/** What is not as it should be, and what to do. */
export interface WarningText {
  readonly message: string;
  readonly advice: string;
}

export function warningText(warning: InsightWarning, now: number): WarningText {
  switch (warning.kind) {
    case 'no-votes':
      return {
        message: `No vote came for ${warning.days} days.`,
        advice: warning.shown
          ? 'Ask the team to press 👍, 🤔 or 👎 on "Did this solve it?", or to react so; without votes rates stop learning.'
          : 'Nothing was shown yet that could be voted on: describe a problem, or load runbooks first.',
      };
    case 'review-backlog':
      return {
        message: `${warning.waiting} versions wait for a review.`,
        advice: 'Decide on the oldest with /recourse review; reject what nobody needs.',
      };
    case 'aged-reviews':
      return {
        message: `${warning.aged} ${warning.aged === 1 ? 'review waits' : 'reviews wait'} for more than a day, the oldest for ${formatAge(now - warning.oldestAt)}.`,
        advice: 'Until somebody decides with /recourse review, responders get the version before.',
      };
    case 'approval-rate':
      return {
        message: `Only ${warning.approved} of ${warning.decided} reviews were approved (${formatPercent(warning.approved / warning.decided)}).`,
        advice: 'Read the notes of the rejected ones: what is proposed misses what reviewers want.',
      };
    default:
      return warning satisfies never;
  }
}

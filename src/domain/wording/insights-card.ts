import type { Line, Reply } from '../reply.ts';
import { incidentLine, type ListedIncident, type ListedRate, rateLine, section } from './overview-lines.ts';

export interface Insights {
  readonly top: readonly ListedRate[];
  readonly failing: readonly ListedRate[];
  readonly unanswered: readonly ListedIncident[];
  readonly feedback: {
    readonly worked: number;
    readonly partly: number;
    readonly failed: number;
    readonly comments: number;
  };
  readonly days: number;
}

export const noneTried = 'Nothing was tried often enough to say.';
export const noneFailing = 'Nothing fails more often than it works.';

/** What the votes and runs of a team tell. */
export function insightsCard({ top, failing, unanswered, feedback, days }: Insights, now: number): Reply {
  const votes: Line = [
    `👍 ${feedback.worked}   🤔 ${feedback.partly}   👎 ${feedback.failed}   💬 ${feedback.comments}`,
  ];
  return {
    summary: `Insights of the last ${days} days`,
    tone: 'plain',
    blocks: [
      ...section('What works', top.map(rateLine), noneTried),
      ...section('What fails', failing.map(rateLine), noneFailing),
      ...section(`Votes in ${days} days`, [votes], ''),
      ...section(
        `No answer in this channel in ${days} days`,
        unanswered.map((incident) => incidentLine(incident, now)),
        'Every problem found something.',
      ),
    ],
  };
}

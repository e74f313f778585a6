import type { Verdict } from './verdict.ts';

/** How well an answer fitted. */
export const accuracies = ['spot on', 'partly', 'missed'] as const;
export type Accuracy = (typeof accuracies)[number];

/** What came of using a solution. */
export const outcomes = ['resolved', 'partial', 'no effect', 'made worse'] as const;
export type Outcome = (typeof outcomes)[number];

/** An outcome is a vote like any other: the fold knows nothing else of it. */
export const verdictOfOutcome = {
  resolved: 'worked',
  partial: 'partly',
  'no effect': 'failed',
  'made worse': 'failed',
} as const satisfies Record<Outcome, Verdict>;

export const stars = ['1', '2', '3', '4', '5'] as const;

/** What one person says of a recommendation beyond a vote and a comment; what they left out is absent. */
export interface Report {
  readonly outcome?: Outcome;
  readonly accuracy?: Accuracy;
  readonly stars?: (typeof stars)[number];
  /** What actually fixed it. */
  readonly fixedBy?: string;
  /** Steps that were done by hand. */
  readonly byHand?: string;
  readonly missing?: string;
  /** How the runbook could be better. */
  readonly better?: string;
}

/** What a person says in the form. Without a comment `text` is empty. */
export interface Said {
  readonly text: string;
  readonly report: Report;
}

/** The report without an outcome that the person's vote, given later, no longer says. */
export function standingReport(report: Report, vote: Verdict | undefined): Report {
  const { outcome, ...others } = report;
  return outcome !== undefined && verdictOfOutcome[outcome] === vote ? report : others;
}

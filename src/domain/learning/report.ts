/** How well an answer fitted. */
export const accuracies = ['spot on', 'partly', 'missed'] as const;
export type Accuracy = (typeof accuracies)[number];

/** What came of using a solution. */
export const outcomes = ['resolved', 'partial', 'no effect', 'made worse'] as const;
export type Outcome = (typeof outcomes)[number];

/** What one person says of a recommendation beyond a vote and a comment; what they left out is absent. */
export interface Report {
  readonly outcome?: Outcome;
  readonly accuracy?: Accuracy;
  /** 1 to 5. */
  readonly stars?: number;
  /** What actually fixed it. */
  readonly fixedBy?: string;
  /** Steps that were done by hand. */
  readonly byHand?: string;
  readonly missing?: string;
  /** How the runbook could be better. */
  readonly better?: string;
}

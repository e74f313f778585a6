/** One person's verdict on one recommendation: 👍, 🤔 or 👎. */
export const verdicts = ['worked', 'partly', 'failed'] as const;
export type Verdict = (typeof verdicts)[number];

/** How much of a success a verdict is. */
export const verdictValue = { worked: 1, partly: 0.5, failed: 0 } as const satisfies Record<Verdict, number>;

/** One person's verdict on one recommendation: 👍, 🤔 or 👎. */
export const verdicts = ['worked', 'partly', 'failed'] as const;
export type Verdict = (typeof verdicts)[number];

/** What a person says an incident of alerts was: nothing to act on, or something. The latest counts. */
export const alertVerdicts = ['noise', 'real'] as const;
export type AlertVerdict = (typeof alertVerdicts)[number];

/**
 * How much of a case is drafted, in characters where nothing else is said: what every chat's form can show whole. Discord
 * has room for 4,000 in the input that takes the steps and all that comes below them, Slack for 3,000 in each input.
 */
export const draftLimits = { text: 2_900, steps: 2_600, validation: 500, tags: 8, people: 8 } as const;

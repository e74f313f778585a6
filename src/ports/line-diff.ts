/**
 * What changed from one text to another as a unified diff without file headers, with two lines around each change. Empty when
 * they are equal, undefined when so much differs that a diff would say less than the texts themselves. Pure; never throws.
 */
export type LineDiff = (before: string, after: string) => string | undefined;

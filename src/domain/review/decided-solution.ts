import type { ReviewAnswer } from './may-review.ts';

/** What became of a person's decision on a solution that waited for one; gone: somebody decided before, or it waits no more. */
export type DecidedSolution =
  | { readonly kind: 'decided'; readonly slug: string; readonly version: number }
  | { readonly kind: 'denied'; readonly answer: Exclude<ReviewAnswer, { kind: 'allowed' }> }
  | { readonly kind: 'gone' };

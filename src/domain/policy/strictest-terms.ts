import { roles } from '../person.ts';
import type { Least, Terms } from './policy.ts';

const strictness = (least: Least): number => (least === 'nobody' ? roles.length : roles.indexOf(least));
const stricter = (a: Least, b: Least): Least => (strictness(a) >= strictness(b) ? a : b);

/** The terms of one decision about several hosts: of each term the strictest, so that no host lowers those of another. */
export function strictestTerms(first: Terms, ...others: readonly Terms[]): Terms {
  return others.reduce(
    (all, one) => ({
      see: stricter(all.see, one.see),
      request: stricter(all.request, one.request),
      approve: stricter(all.approve, one.approve),
      run: stricter(all.run, one.run),
      approvals: Math.max(all.approvals, one.approvals),
      requesterApproves: all.requesterApproves && one.requesterApproves,
    }),
    first,
  );
}

import type { VersionState } from '../solution.ts';

const lead = 'merged into ';

/**
 * Why the newest version of a merged case is superseded. The reason is the link: it stands in the files of an export, and names
 * are what holds from one workspace to another.
 */
export const mergeReason = (slug: string): string => `${lead}${slug}`;

/** The name of what a case was merged into, by the newest version of it that was in force; undefined for one that was not. */
export function mergedInto(
  newest: { readonly state: VersionState; readonly reason: string | null } | undefined,
): string | undefined {
  return newest?.state === 'superseded' && newest.reason?.startsWith(lead)
    ? newest.reason.slice(lead.length)
    : undefined;
}

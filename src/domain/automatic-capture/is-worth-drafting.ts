import type { ThreadOutcome } from '../capture/thread-draft.ts';
import type { CaseDraft } from '../wording/case-form.ts';
import type { ResolvedBy } from './capture.ts';

/**
 * Whether a thread that looked resolved gives a case that somebody could use: what fixed it or what was run is told, and by
 * all that was said it ended well. What only words and ticks say must be borne out by the rest; a vote and the end of an
 * alert stand for themselves, but nothing is drafted of what was no incident.
 */
export function isWorthDrafting(
  { resolution, steps = '' }: Pick<CaseDraft, 'resolution' | 'steps'>,
  outcome: ThreadOutcome,
  because: ResolvedBy,
): boolean {
  if (resolution.trim() === '' && steps.trim() === '') return false;
  if (outcome === 'abandoned') return false;
  return outcome !== 'failed' || because === 'verdict' || because === 'alerts';
}

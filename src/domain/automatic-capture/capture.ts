import type { IncidentId, PostId } from '../ids.ts';
import type { CaseDraft } from '../wording/case-form.ts';

/**
 * How far the case of a thread has come where it is drafted without being asked:
 *
 *     recording → settling → drafted → saved | discarded | lapsed
 *         ↑──────────┴──────────┴──────────┘ the problem is back, or there is nothing to keep
 *
 * `recording`: it was said in the thread that it is recorded. `settling`: it looks resolved or may be, and nothing is done until it has
 * been quiet for a while. A case that is saved by its form is `saved` from wherever it was;
 * when the problem is back after that, what is drafted then is its next version.
 */
export const captureStates = ['recording', 'settling', 'drafted', 'saved', 'discarded', 'lapsed'] as const;
export type CaptureState = (typeof captureStates)[number];

/**
 * What made a thread look resolved: somebody's words, a tick, a vote that it worked, that its alerts are over, or only that
 * nobody has said anything more for long.
 */
export type ResolvedBy = 'words' | 'tick' | 'verdict' | 'alerts' | 'silence';

/** A draft that waits for a person. */
export interface WaitingDraft {
  readonly incidentId: IncidentId;
  /** Its card. */
  readonly postId: PostId;
  readonly draft: CaseDraft;
}

/** A thread that has been quiet for long enough. */
export interface SettledThread {
  readonly incidentId: IncidentId;
  readonly because: ResolvedBy;
  /** Rises with everything that happens to it: what was begun for one round counts for that one alone. */
  readonly round: number;
  /** How often it was begun. */
  readonly attempts: number;
}

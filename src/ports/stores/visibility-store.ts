import type { SolutionId } from '#domain/ids.ts';
import type { SolutionKind } from '#domain/solution.ts';
import type { Audience } from '#domain/visibility/visibility.ts';

/** A solution by its name, with who is shown it. */
export interface Shown extends Audience {
  readonly id: SolutionId;
  readonly kind: SolutionKind;
  /** Who wrote its first version, by the platform's id. */
  readonly author: string;
}

/** Which solutions are for some channels only. The channel `''` is none. */
export interface VisibilityStore {
  of(slug: string): Promise<Shown | undefined>;
  set(id: SolutionId, audience: Audience): Promise<void>;
  /** Those that nobody in this channel is shown. */
  hiddenIn(channel: string): Promise<readonly SolutionId[]>;
  /** Whether the solution of this name is one of them. */
  isHidden(slug: string, channel: string): Promise<boolean>;
}

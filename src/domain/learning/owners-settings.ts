import type { Inside } from '../read-inside.ts';

/** Whom to tell of what needs an owner's decision, and from when on. */
export interface OwnersSettings {
  /** At most one channel a workspace, by the platform's own ids. */
  readonly channels: readonly {
    readonly platform: Inside['platform'];
    readonly workspace: string;
    readonly channel: string;
  }[];
  /** In how many incidents a case was shown, and the share of its data points in which it worked, 0…1. */
  readonly suggest: { readonly leastRecommended: number; readonly leastSuccess: number };
}

export const defaultOwnersSettings: OwnersSettings = {
  channels: [],
  suggest: { leastRecommended: 5, leastSuccess: 0.8 },
};

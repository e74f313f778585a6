import { keepCaughtUp } from '#application/keep-caught-up.ts';
import { keepConnected } from '#application/keep-connected.ts';
import type { Keeping } from '#ports/keeping.ts';

/** What the composition root hands to a chat, for tests that start one by themselves. */
export const keeping: Keeping = { connected: keepConnected, caughtUp: keepCaughtUp };

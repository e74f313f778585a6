import { createContext, Script } from 'node:vm';
import type { MatchPattern } from '#ports/match-pattern.ts';

/** The bot stands still meanwhile, so it must be a moment; a pattern that is any good needs a hundredth of it. */
const patienceMs = 250;
const match = new Script("new RegExp(pattern, 'm').test(text)");

/** Node ends a pattern in its course only inside a context of its own. */
export const matchPattern: MatchPattern = (pattern, text) => {
  try {
    return match.runInContext(createContext({ pattern, text }), { timeout: patienceMs })
      ? 'found'
      : 'missing';
  } catch (error) {
    if (isTimeout(error)) return 'undecided';
    throw error;
  }
};

/** By its code alone: it is an error of the other context, so no instance of this one's. */
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

import { createContext, Script } from 'node:vm';
import type { Match, MatchWhole } from '#domain/text/match.ts';
import type { MatchPattern } from '#ports/match-pattern.ts';

/** The bot stands still meanwhile, so it must be a moment; a pattern that is any good needs a hundredth of it. */
const patienceMs = 250;
const anyLine = new Script("new RegExp(pattern, 'm').test(text)");
// What is no pattern by itself must not become one between the brackets.
const whole = new Script("new RegExp(pattern, 'u') && new RegExp('^(?:' + pattern + ')$', 'u').test(text)");

export const matchPattern: MatchPattern = (pattern, text) => decide(anyLine, pattern, text);

export const matchWhole: MatchWhole = (pattern, text) => decide(whole, pattern, text);

/** Node ends a pattern in its course only inside a context of its own. */
function decide(match: Script, pattern: string, text: string): Match {
  try {
    return match.runInContext(createContext({ pattern, text }), { timeout: patienceMs })
      ? 'found'
      : 'missing';
  } catch (error) {
    if (isTimeout(error)) return 'undecided';
    throw error;
  }
}

/** By its code alone: it is an error of the other context, so no instance of this one's. */
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

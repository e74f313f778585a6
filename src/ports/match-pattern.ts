import type { Match } from '#domain/text/match.ts';

/**
 * Whether a text holds what a regular expression of a runbook's author describes; `^` and `$` stand for any line. A pattern that
 * goes back and forth over what a host said may take for ever: where a moment does not decide it, it is `undecided`. Throws a
 * SyntaxError for what is no pattern.
 */
export type MatchPattern = (pattern: string, text: string) => Match;

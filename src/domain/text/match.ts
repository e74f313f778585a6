/** `undecided`: a pattern went back and forth over a text for longer than anybody waits. It counts as not met. */
export type Match = 'found' | 'missing' | 'undecided';

/**
 * Whether a text as a whole is what a regular expression describes (with the `u` flag), decided in a moment or not at all.
 * Throws a SyntaxError for what is no pattern.
 */
export type MatchWhole = (pattern: string, text: string) => Match;

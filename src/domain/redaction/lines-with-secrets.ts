import { createSecretFinder } from './find-secrets.ts';
import type { Redact } from './redact.ts';

/** The lines of a text, from 1, on which a secret begins that `redact` would mask. A known secret that no rule finds counts for line 1. */
export function linesWithSecrets(text: string, redact: Redact): readonly number[] {
  if (redact(text) === text) return [];
  const starts = createSecretFinder([])(text).map(({ start }) => start);
  const lines = starts.map((start) => text.slice(0, start).split('\n').length);
  return lines.length === 0 ? [1] : [...new Set(lines)].sort((a, b) => a - b);
}

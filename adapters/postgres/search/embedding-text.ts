import { createHash } from 'node:crypto';
import type { SolutionContent } from '#domain/solution.ts';
import { indexFields } from './index-fields.ts';

/** About what small embedding models read. */
const longestText = 4_000;

/** What of a solution is embedded; redacted before it is cut, so that no cut leaves half a secret. */
export function embeddingText(content: SolutionContent, redact: (text: string) => string): string {
  const { title, body } = indexFields(content);
  return redact(`${title}\n\n${body}`.slice(0, 2 * longestText)).slice(0, longestText);
}

/** SHA-256 of that text before redaction, hex: while it stays the same, so does the vector. */
export function contentHash(content: SolutionContent): string {
  return createHash('sha256')
    .update(embeddingText(content, (text) => text))
    .digest('hex');
}

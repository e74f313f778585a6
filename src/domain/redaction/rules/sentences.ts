import type { Span } from '../span.ts';
import { readValue } from './read-value.ts';

const said =
  /\b(?:password|passphrase|passwd|pwd|pw)[ \t]{1,4}(?:(?:for|of)[ \t]{1,4}[\w.@-]{1,64}[ \t]{1,4})?(?:is(?:[ \t]now)?|to)[ \t]{1,4}(?=\S)/gi;

/** "the password is …", as people write in a chat; plain words ("is required", "to production") are no secrets. */
export function findSentences(text: string): readonly Span[] {
  return Array.from(text.matchAll(said)).flatMap((match) => {
    const value = readValue(text, match.index + match[0].length, true);
    if (!value) return [];
    const word = value.text.replace(/[.,;:)]+$/, '');
    const isSecret = value.isQuoted || (word.length >= 4 && /\d|[^\w'’-]/.test(word));
    return isSecret && !/^(?:[$<{[]|\*{2,})/.test(word)
      ? [{ start: value.start, end: value.isQuoted ? value.end : value.start + word.length }]
      : [];
  });
}

import type { ReadMessage } from './mentions.ts';
import type { ThreadMessage } from './thread.ts';

/** One sentence that somebody wrote. */
export interface Said {
  readonly text: string;
  /** Index into the messages. */
  readonly at: number;
  readonly author: string;
}

/** Sentences of one message; what is longer is a document that somebody pasted. */
const mostSentences = 60;

/** Every sentence of the people in the thread, in order. */
export function readSaid(messages: readonly ThreadMessage[], read: readonly ReadMessage[]): readonly Said[] {
  return messages.flatMap(({ author }, at) =>
    sentencesOf(read[at]?.prose ?? '')
      .slice(0, mostSentences)
      .map((text) => ({ text, at, author })),
  );
}

/** A full stop ends a sentence before a capital or a quotation: `nginx.conf` and "v1.2 is out" go on. */
export function sentencesOf(prose: string): readonly string[] {
  return prose
    .split(/\n+|(?<=[.!?])\s+(?=[\p{Lu}\p{L}@"'(\d])/u)
    .map((one) => withoutEdges(one))
    .filter((one) => /[\p{L}\p{N}]/u.test(one));
}

const withoutEdges = (text: string): string =>
  text
    .replace(/^\s*(?:[-*•]\s+|(?:EDIT|UPDATE|UPD)\s*:\s*|\p{Extended_Pictographic}\s*|:[\w+-]+:\s*)+/iu, '')
    .replace(/\*+/g, '')
    .replace(/(?:\s*(?:\p{Extended_Pictographic}|\uFE0F|:[a-z][\w+-]*:))+\s*$/iu, '')
    .replace(/:\s*$/, '')
    .trim();

/** The sentences of the `count` messages from `from` on. They are in order, so nothing is looked through twice. */
export function saidFrom(said: readonly Said[], from: number, count: number): readonly Said[] {
  let low = 0;
  let high = said.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((said[middle]?.at ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while ((said[end]?.at ?? Number.POSITIVE_INFINITY) < from + count) end += 1;
  return said.slice(low, end);
}

/** Said as a guess or asked, so that it is no statement. */
export const hedged =
  /\?\s*$|\b(?:may ?be|perhaps|could (?:be|it|have)|might|i think|i guess|guess(?:ing)?|prob(?:ably|s)|possibly|not sure|suspect\w*|wonder\w*|seems? like|looks like it (?:could|might)|imho|my bet|my money|theory|hunch|what if|unless|if it)\b/i;

/** Sentences of one message that are read; what is longer is a document that somebody pasted. */
const mostSentences = 60;
/** Characters of one sentence; nobody says more in one. */
const longestSentence = 1_000;

/** A full stop ends a sentence before a capital or a quotation: `nginx.conf` and "v1.2 is out" go on. */
export function sentencesOf(prose: string): readonly string[] {
  return prose
    .split(/\n+|(?<=[.!?])\s+(?=[\p{Lu}\p{L}@"'(\d])/u)
    .map((one) => withoutEdges(one.slice(0, longestSentence)))
    .filter((one) => /[\p{L}\p{N}]/u.test(one))
    .slice(0, mostSentences);
}

const withoutEdges = (text: string): string =>
  text
    .replace(/^\s*(?:[-*•]\s+|(?:EDIT|UPDATE|UPD)\s*:\s*|\p{Extended_Pictographic}\s*|:[\w+-]+:\s*)+/iu, '')
    .replace(/\*+/g, '')
    .replace(/(?:\s*(?:\p{Extended_Pictographic}|\uFE0F|:[a-z][\w+-]*:))+\s*$/iu, '')
    .replace(/:\s*$/, '')
    .trim();

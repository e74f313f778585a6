export interface BatchLimits {
  readonly texts: number;
  readonly characters: number;
}

/** Texts in their order, in groups within both limits. A text that is too long by itself is a group of its own. */
export function splitBatches(texts: readonly string[], limits: BatchLimits): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let characters = 0;
  for (const text of texts) {
    const last = batches.at(-1);
    if (last && last.length < limits.texts && characters + text.length <= limits.characters) {
      last.push(text);
      characters += text.length;
    } else {
      batches.push([text]);
      characters = text.length;
    }
  }
  return batches;
}

/** Answers every third call that it is asked about with what `refusal` makes. */
export function everyThird<T>(refusal: () => T): () => T | undefined {
  let calls = 0;
  return () => {
    calls += 1;
    return calls % 3 === 0 ? refusal() : undefined;
  };
}

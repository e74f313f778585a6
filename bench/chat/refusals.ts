/** Answers with `refusal` what comes within a second after one that passed under the same key. */
export function oneASecond<T>(refusal: T): (key: string) => T | undefined {
  const freeAt = new Map<string, number>();
  return (key) => {
    const now = performance.now();
    if (now < (freeAt.get(key) ?? 0)) return refusal;
    freeAt.set(key, now + 1000);
    return undefined;
  };
}

/** Answers with `refusal` what comes when `count` have passed under the same key within `withinMs`. */
export function atMost<T>(count: number, withinMs: number, refusal: T): (key: string) => T | undefined {
  const passed = new Map<string, readonly number[]>();
  return (key) => {
    const now = performance.now();
    const recent = (passed.get(key) ?? []).filter((at) => at > now - withinMs);
    if (recent.length >= count) return refusal;
    passed.set(key, [...recent, now]);
    return undefined;
  };
}

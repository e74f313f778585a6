/** What waits for one reader, merged by key: only the newest value of a key is kept, at the place of the first. */
export interface Mailbox<T> {
  /** Beyond the limit the mailbox closes: its reader must start over. */
  put(key: string, value: T): void;
  /** Everything that waits, as soon as there is something; `undefined` once closed. */
  take(): Promise<readonly T[] | undefined>;
  close(): void;
}

export function createMailbox<T>(limit: number): Mailbox<T> {
  const waiting = new Map<string, T>();
  let closed = false;
  let change = Promise.withResolvers<void>();
  const close = (): void => {
    closed = true;
    change.resolve();
  };
  return {
    put(key, value) {
      waiting.set(key, value);
      if (waiting.size > limit) close();
      change.resolve();
    },
    async take() {
      if (waiting.size === 0 && !closed) await change.promise;
      if (closed) return undefined;
      change = Promise.withResolvers<void>();
      const values = [...waiting.values()];
      waiting.clear();
      return values;
    },
    close,
  };
}

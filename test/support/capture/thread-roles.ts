import { readFileSync } from 'node:fs';

interface WrittenRoles {
  readonly set: string;
  readonly thread: string;
  /** A message each, its roles with spaces between. */
  readonly roles: readonly string[];
}

/** What each message of a thread does, as test/fixtures/thread-roles.jsonl has it; null where it has not the thread. */
export function readThreadRoles(): (set: string, thread: string) => readonly (readonly string[])[] | null {
  const source = readFileSync(new URL('../../fixtures/thread-roles.jsonl', import.meta.url), 'utf8');
  const all = source
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as WrittenRoles);
  const byThread = new Map(all.map(({ set, thread, roles }) => [`${set} ${thread}`, roles]));
  return (set, thread) => byThread.get(`${set} ${thread}`)?.map((one) => one.split(' ')) ?? null;
}

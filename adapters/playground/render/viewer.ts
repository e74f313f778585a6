import type { PlaygroundPerson } from '../options.ts';

/** Whose page is drawn, and when. */
export interface Viewer {
  readonly person: PlaygroundPerson;
  readonly people: readonly PlaygroundPerson[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What a page shows: a channel and, beside it, perhaps a thread. */
export interface View {
  readonly channel: string;
  readonly thread: string | null;
}

export function pageAddress({ channel, thread }: View, { person }: Viewer): string {
  const query = new URLSearchParams({ person: person.externalId, channel });
  if (thread !== null) query.set('thread', thread);
  return `/?${query}`;
}

export function homeAddress({ person }: Viewer): string {
  return `/?${new URLSearchParams({ person: person.externalId, home: '1' })}`;
}

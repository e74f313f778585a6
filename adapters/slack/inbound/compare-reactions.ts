import type { HeardReaction } from '#ports/stores/heard-store.ts';

interface Present {
  readonly name: string;
  readonly users: readonly string[];
  readonly count: number;
}

export interface MissedReaction {
  readonly person: string;
  readonly emoji: string;
  readonly change: 'added' | 'removed';
}

/**
 * What changed on one message unheard. Slack names only some of the people behind a popular reaction; then who is not
 * named has not taken theirs back.
 */
export function compareReactions(
  known: readonly HeardReaction[],
  present: readonly Present[],
): readonly MissedReaction[] {
  const added = present.flatMap(({ name, users }) =>
    users
      .filter((user) => !known.some((one) => one.emoji === name && one.personExternalId === user))
      .map((person) => ({ person, emoji: name, change: 'added' }) as const),
  );
  const removed = known
    .filter(({ emoji, personExternalId }) => {
      const now = present.find(({ name }) => name === emoji);
      return now === undefined || (now.users.length === now.count && !now.users.includes(personExternalId));
    })
    .map(({ emoji, personExternalId }) => ({ person: personExternalId, emoji, change: 'removed' }) as const);
  return [...added, ...removed];
}

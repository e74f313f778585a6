/** A reaction that stands, as far as was heard. */
interface Known {
  readonly emoji: string;
  readonly personExternalId: string;
}

/** What a message shows now: the people behind one emoji, or some of them, and how many they are. */
export interface PresentReaction {
  readonly emoji: string;
  readonly people: readonly string[];
  readonly count: number;
}

export interface MissedReaction {
  readonly person: string;
  readonly emoji: string;
  readonly change: 'added' | 'removed';
}

/**
 * What changed on one message unheard. Platforms name only some of the people behind a popular reaction; then who is not
 * named has not taken theirs back.
 */
export function compareReactions(
  known: readonly Known[],
  present: readonly PresentReaction[],
): readonly MissedReaction[] {
  const added = present.flatMap(({ emoji, people }) =>
    people
      .filter((person) => !known.some((one) => one.emoji === emoji && one.personExternalId === person))
      .map((person) => ({ person, emoji, change: 'added' }) as const),
  );
  const removed = known
    .filter(({ emoji, personExternalId }) => {
      const now = present.find((one) => one.emoji === emoji);
      return now === undefined || (now.people.length === now.count && !now.people.includes(personExternalId));
    })
    .map(({ emoji, personExternalId }) => ({ person: personExternalId, emoji, change: 'removed' }) as const);
  return [...added, ...removed];
}

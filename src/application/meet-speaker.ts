import type { Place, Speaker } from '#domain/intent.ts';
import type { Person } from '#domain/person.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** Whoever did this, with the role in force where they did it. */
export function meetSpeaker(
  { people }: Pick<Transaction, 'people'>,
  { speaker, place }: { readonly speaker: Speaker; readonly place: Pick<Place, 'channel'> },
): Promise<Person> {
  return people.meet(speaker, place.channel);
}

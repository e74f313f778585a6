import type { Speaker } from '#domain/intent.ts';
import type { Person } from '#domain/person.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** The person who speaks. Somebody new may look on and nothing else, until an administrator gives them a role. */
export function meetSpeaker({ people }: Pick<Transaction, 'people'>, speaker: Speaker): Promise<Person> {
  return people.meet(speaker.externalId, speaker.name, 'viewer');
}

import type { CalledPerson } from '#domain/wording/escalation-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** Somebody who was never met may be a slip of whoever wrote the file. */
export async function calledPeople(
  { people }: Transaction,
  externalIds: readonly string[],
): Promise<readonly CalledPerson[]> {
  const met = await people.met(externalIds);
  return externalIds.map((externalId) => {
    const person = met.get(externalId);
    if (!person) return { externalId, name: externalId, reached: 'never-met' };
    const reached = person.standing === 'deactivated' ? 'account-closed' : 'yes';
    return { externalId, name: person.name, reached };
  });
}

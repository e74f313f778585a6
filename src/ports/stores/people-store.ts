import type { PersonId } from '#domain/ids.ts';
import type { Person, Role } from '#domain/person.ts';

export interface PeopleStore {
  /** The person with this platform id; made with `role` when nobody had seen them before. Their name is refreshed. */
  meet(externalId: string, name: string, role: Role): Promise<Person>;
  find(id: PersonId): Promise<Person | undefined>;
  /** Sets the role of a person known or not yet known. */
  setRole(externalId: string, name: string, role: Role): Promise<void>;
  withRole(atLeast: Role): Promise<readonly Person[]>;
}

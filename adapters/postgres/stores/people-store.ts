import { eq, inArray, sql } from 'drizzle-orm';
import type { Person } from '#domain/person.ts';
import { hasRole, roles } from '#domain/person.ts';
import type { PeopleStore } from '#ports/stores/people-store.ts';
import { first, one } from '../rows.ts';
import { people } from '../schema/people.ts';
import type { StoreScope } from '../unit-of-work.ts';

const columns = { id: people.id, externalId: people.externalId, name: people.name, role: people.role };

export function createPeopleStore({ executor, workspace, ids }: StoreScope): PeopleStore {
  const upsert = async (
    row: Omit<Person, 'id'>,
    set: { name: string; role?: Person['role'] },
  ): Promise<Person> => {
    const rows = await executor
      .insert(people)
      .values({ ...row, id: ids.next(), workspaceId: workspace })
      .onConflictDoUpdate({ target: [people.workspaceId, people.externalId], set })
      .returning(columns);
    return one(rows);
  };
  return {
    meet: (externalId, name, role) => upsert({ externalId, name, role }, { name }),
    find: async (id) => first(await executor.select(columns).from(people).where(eq(people.id, id))),
    setRole: async (externalId, name, role) => {
      await upsert({ externalId, name, role }, { name, role });
    },
    withRole: (atLeast) =>
      executor
        .select(columns)
        .from(people)
        .where(
          inArray(
            people.role,
            roles.filter((role) => hasRole(role, atLeast)),
          ),
        )
        .orderBy(sql`name`),
  };
}

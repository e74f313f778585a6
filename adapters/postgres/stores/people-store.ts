import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { PersonId } from '#domain/ids.ts';
import type { Speaker } from '#domain/intent.ts';
import { hasRole, type Person, type Role } from '#domain/person.ts';
import { type RoleBinding, roleInForce } from '#domain/role-in-force.ts';
import type { PeopleStore } from '#ports/stores/people-store.ts';
import { first, one } from '../rows.ts';
import { people, roleBindings } from '../schema/people.ts';
import type { StoreScope } from '../unit-of-work.ts';

const columns = {
  id: people.id,
  externalId: people.externalId,
  name: people.name,
  role: people.role,
  standing: people.standing,
  groups: people.groups,
};

type Row = Person & Pick<Speaker, 'groups'>;

function thanksRows({ executor }: StoreScope): Pick<PeopleStore, 'thankable' | 'setThanks'> {
  return {
    thankable: async (externalId) =>
      first(
        await executor
          .select({ id: people.id, externalId: people.externalId, name: people.name })
          .from(people)
          .where(
            and(eq(people.externalId, externalId), eq(people.wantsThanks, true), ne(people.standing, 'bot')),
          ),
      ),
    setThanks: async (id, wantsThanks) => {
      await executor.update(people).set({ wantsThanks }).where(eq(people.id, id));
    },
  };
}

export function createPeopleStore(scope: StoreScope): PeopleStore {
  const { executor } = scope;
  const bindings = () => readBindings(scope);
  const isThere = async (condition: ReturnType<typeof sql>): Promise<boolean> =>
    (await executor.select({ id: people.id }).from(people).where(condition).limit(1)).length > 0;
  return {
    meet: async (speaker, channel) => inForce(await meet(scope, speaker), await bindings(), channel),
    roleOf: async (speaker, channel) => {
      const known = await executor
        .select({ role: people.role })
        .from(people)
        .where(eq(people.externalId, speaker.externalId));
      return roleInForce({ ...speaker, given: first(known)?.role ?? 'viewer', channel }, await bindings());
    },
    refresh: async (speaker) => {
      const seen = seenOf(speaker);
      const older = sql`${people.externalId} = ${speaker.externalId} and ${people.seenAt} <= ${seen.seenAt}`;
      await executor.update(people).set(seen).where(older);
    },
    find: async (id, channel = undefined) => {
      const found = first(await executor.select(columns).from(people).where(eq(people.id, id)));
      return found && inForce(found, await bindings(), channel);
    },
    knows: (externalId) => isThere(sql`${people.externalId} = ${externalId}`),
    ...thanksRows(scope),
    names: async (externalIds) =>
      new Map((await readMet(executor, externalIds)).map(({ externalId, name }) => [externalId, name])),
    met: async (externalIds) =>
      new Map((await readMet(executor, externalIds)).map((person) => [person.externalId, person])),
    knowsGroup: (externalId) => isThere(sql`${people.groups} @> ${JSON.stringify([externalId])}::jsonb`),
    setRole: (externalId, name, role) => giveRole(scope, { externalId, name, role }),
    withRole: async (atLeast, channel = undefined) => {
      const bound = await bindings();
      const everybody = await executor.select(columns).from(people).orderBy(people.name, people.id);
      return everybody
        .map((row) => inForce(row, bound, channel))
        .filter(({ role }) => hasRole(role, atLeast));
    },
    bindings,
    bind: (binding) => bind(scope, binding),
    unbind: async ({ kind, externalId }) => {
      const same = and(eq(roleBindings.kind, kind), eq(roleBindings.externalId, externalId));
      return (await executor.delete(roleBindings).where(same).returning()).length > 0;
    },
  };
}

function readMet(executor: StoreScope['executor'], externalIds: readonly string[]) {
  const { externalId, name, standing } = columns;
  const condition = inArray(people.externalId, [...externalIds]);
  return executor.select({ externalId, name, standing }).from(people).where(condition);
}

function inForce(row: Row, bindings: readonly RoleBinding[], channel: string | undefined): Person {
  const { id, externalId, name, role: given, standing, groups } = row;
  const role = roleInForce({ given, standing, groups, channel: channel ?? null }, bindings);
  return { id, externalId, name, role, standing };
}

async function meet({ executor, workspace, ids }: StoreScope, speaker: Speaker): Promise<Row> {
  const { externalId } = speaker;
  const seen = seenOf(speaker);
  const values = {
    ...seen,
    externalId,
    role: 'viewer',
    id: ids.next<PersonId>(),
    workspaceId: workspace,
  } as const;
  const met = await executor
    .insert(people)
    .values(values)
    .onConflictDoUpdate({
      target: [people.workspaceId, people.externalId],
      set: seen,
      setWhere: sql`${people.seenAt} <= excluded.seen_at`,
    })
    .returning(columns);
  // What was learnt later stands; the row is held until the transaction ends either way.
  return (
    first(met) ?? one(await executor.select(columns).from(people).where(eq(people.externalId, externalId)))
  );
}

/** A clock that is ahead must not keep out what others learn. */
function seenOf({ name, standing, groups, asOf }: Speaker) {
  const seenAt =
    asOf === undefined
      ? sql`clock_timestamp()`
      : sql`least(${new Date(asOf).toISOString()}::timestamptz, clock_timestamp())`;
  return { name, standing, groups, seenAt };
}

async function giveRole(
  { executor, workspace, ids }: StoreScope,
  person: { readonly externalId: string; readonly name: string; readonly role: Role },
): Promise<void> {
  await executor
    .insert(people)
    .values({ ...person, id: ids.next(), workspaceId: workspace })
    .onConflictDoUpdate({ target: [people.workspaceId, people.externalId], set: { role: person.role } });
}

function readBindings({ executor }: StoreScope): Promise<readonly RoleBinding[]> {
  const { kind, externalId, role } = roleBindings;
  return executor.select({ kind, externalId, role }).from(roleBindings).orderBy(kind, externalId);
}

async function bind({ executor, workspace }: StoreScope, binding: RoleBinding): Promise<void> {
  const { workspaceId, kind, externalId } = roleBindings;
  await executor
    .insert(roleBindings)
    .values({ ...binding, workspaceId: workspace })
    .onConflictDoUpdate({ target: [workspaceId, kind, externalId], set: { role: binding.role } });
}

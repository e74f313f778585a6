import type { Place, Speaker } from '#domain/intent.ts';
import { hasRole, type Person, type Role } from '#domain/person.ts';
import type { Reply } from '#domain/reply.ts';
import { type RoleRequest, type RoleTarget, readRoleRequest } from '#domain/role-request.ts';
import { notice } from '#domain/wording/notices.ts';
import { rolesCard } from '#domain/wording/roles-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** A line of a command: who gave it, as the platform and as Recourse sees them, and where. */
export interface Asking {
  readonly place: Place;
  readonly speaker: Speaker;
  readonly person: Person;
}

/**
 * `role …`: shows roles to anybody, and lets an administrator give one to a person, a group of the platform or a
 * channel. Returns what the person alone is to be shown once the transaction has committed.
 */
export async function setRole(
  transaction: Transaction,
  { place, speaker, person }: Asking,
  text: string,
): Promise<Reply> {
  const request = readRoleRequest(text, place.channel);
  if (request.kind === 'show') return rolesCard(person, speaker, await transaction.people.bindings());
  if (!hasRole(person.role, 'admin')) return notice('Giving roles needs the role admin.');
  return notice(request.kind === 'wrong' ? request.why : await set(transaction, person, request));
}

async function set(
  transaction: Transaction,
  person: Person,
  { target, role }: Extract<RoleRequest, { kind: 'set' }>,
): Promise<string> {
  const kind = target.kind === 'unsaid' ? await kindOf(transaction, target.externalId) : target.kind;
  if (!kind)
    return `Nobody here is known as ${target.externalId}. Say what it is: user:${target.externalId} or group:${target.externalId}`;
  const { externalId } = target;
  const told = await write(transaction, { kind, externalId, role });
  await transaction.audit.append({
    actor: person.externalId,
    event: 'role.set',
    details: { kind, externalId, role },
  });
  return told;
}

/** Only what was met is known: a group is known by the people who are in it. */
async function kindOf({ people }: Transaction, externalId: string): Promise<'user' | 'group' | undefined> {
  if (await people.knows(externalId)) return 'user';
  return (await people.knowsGroup(externalId)) ? 'group' : undefined;
}

interface Assignment {
  readonly kind: Exclude<RoleTarget['kind'], 'unsaid'>;
  readonly externalId: string;
  readonly role: Role | null;
}

/** Carries it out and tells what holds now. A person without a role of their own may look on. */
async function write({ people }: Transaction, { kind, externalId, role }: Assignment): Promise<string> {
  if (kind === 'user') {
    await people.setRole(externalId, externalId, role ?? 'viewer');
    return `${externalId} has the role ${role ?? 'viewer'} now. Guests stay responders at most, people of other organisations viewers.`;
  }
  if (role === null) {
    const unbound = await people.unbind({ kind, externalId });
    return unbound
      ? `The ${kind} ${externalId} gives no role any more.`
      : `The ${kind} ${externalId} gave no role.`;
  }
  await people.bind({ kind, externalId, role });
  return kind === 'group'
    ? `Everybody in the group ${externalId} has at least the role ${role} now, from the next thing they do.`
    : `Everybody who acts in the channel ${externalId} has at least the role ${role} there now.`;
}

import { hasRole, type Role, roles, type Standing } from './person.ts';

/** A role for everybody in a group of the platform, or for everybody who acts in a channel. */
export interface RoleBinding {
  readonly kind: 'group' | 'channel';
  readonly externalId: string;
  readonly role: Role;
}

/** What is known of a person where their role is asked for. `channel` is null where it is asked for no channel. */
export interface RoleQuestion {
  /** Given by hand. */
  readonly given: Role;
  readonly standing: Standing;
  readonly groups: readonly string[];
  readonly channel: string | null;
}

/** The most that somebody of a standing may be, whatever they were given: no outsider approves, no program decides. */
const caps = {
  member: 'admin',
  guest: 'responder',
  stranger: 'viewer',
  deactivated: 'viewer',
  bot: 'viewer',
} as const satisfies Record<Standing, Role>;

/** The role in force: the greatest of those given and bound, but no more than the standing allows. */
export function roleInForce(question: RoleQuestion, bindings: readonly RoleBinding[]): Role {
  const bound = bindings.filter((binding) => applies(binding, question)).map(({ role }) => role);
  const greatest = [question.given, ...bound].reduce((one, other) => (hasRole(one, other) ? one : other));
  return leastOf(greatest, caps[question.standing]);
}

/** The most that somebody of this standing may be. */
export function roleCap(standing: Standing): Role {
  return caps[standing];
}

function applies({ kind, externalId }: RoleBinding, { groups, channel }: RoleQuestion): boolean {
  return kind === 'group' ? groups.includes(externalId) : externalId === channel;
}

function leastOf(one: Role, other: Role): Role {
  return roles[Math.min(roles.indexOf(one), roles.indexOf(other))] ?? 'viewer';
}

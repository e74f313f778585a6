import { type Role, roles } from './person.ts';
import type { RoleBinding } from './role-in-force.ts';

/** Whom a role is for. `unsaid` is an id without its kind: what is known under it decides. */
export interface RoleTarget {
  readonly kind: 'user' | RoleBinding['kind'] | 'unsaid';
  readonly externalId: string;
}

/** What somebody asked for with `role …`. A null role takes a binding away. */
export type RoleRequest =
  | { readonly kind: 'show' }
  | { readonly kind: 'set'; readonly target: RoleTarget; readonly role: Role | null }
  | { readonly kind: 'wrong'; readonly why: string };

/** The right form of the request, for whoever missed it. */
export const roleForm = `role user:ID|group:ID|here ${roles.join('|')}|none`;

/**
 * Reads `user:U1 approver`, `group:S1 none`, `channel:C1 responder`, `here responder`, `U1 viewer` or `@U1 viewer`;
 * nothing shows.
 */
export function readRoleRequest(text: string, channel: string): RoleRequest {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  if (words.length === 0) return { kind: 'show' };
  const [who = '', what = ''] = words;
  const role = roles.find((known) => known === what.toLowerCase());
  if (words.length !== 2 || (role === undefined && what.toLowerCase() !== 'none'))
    return { kind: 'wrong', why: `Write it as: ${roleForm}` };
  const target = readTarget(who, channel);
  if (target === undefined)
    return { kind: 'wrong', why: `Nobody can be named like that. Write it as: ${roleForm}` };
  return { kind: 'set', target, role: role ?? null };
}

function readTarget(word: string, channel: string): RoleTarget | undefined {
  if (word === 'here') return { kind: 'channel', externalId: channel };
  const [, kind = 'unsaid', externalId = ''] = /^(?:(user|group|channel):)?@?([\w.-]+)$/u.exec(word) ?? [];
  return externalId === '' ? undefined : { kind: kind as RoleTarget['kind'], externalId };
}

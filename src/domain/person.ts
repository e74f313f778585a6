import type { PersonId } from './ids.ts';

/** Roles from least to most; each may do all that the ones before it may. */
export const roles = ['viewer', 'responder', 'approver', 'admin'] as const;
export type Role = (typeof roles)[number];

/**
 * How the platform regards somebody: a full member of the workspace, a guest in it, somebody of another organisation
 * in a shared channel, a member whose account was closed, or a program. Words of a bot are data and never consent.
 */
export type Standing = 'member' | 'guest' | 'stranger' | 'deactivated' | 'bot';

/** A chat user bound to a role. `externalId` is the platform's own id; `name` is for display, never trusted. */
export interface Person {
  readonly id: PersonId;
  readonly externalId: string;
  readonly name: string;
  readonly role: Role;
  readonly standing: Standing;
}

/** Whether `role` may do what asks for at least `needed`. */
export function hasRole(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

/** `a` or `an`, before the name of a role. */
export function articleOf(role: Role): 'a' | 'an' {
  return role === 'approver' || role === 'admin' ? 'an' : 'a';
}

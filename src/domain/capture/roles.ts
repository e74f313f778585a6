import type { Weights } from './weights.ts';

/**
 * What a message does in its thread; it may do several things. `noeffect` says too that what was fixed is back, `guess`
 * is a cause that nobody has shown, `makeshift` that it only holds for now, `dismiss` that nothing was wrong.
 */
export const roleNames = [
  'trouble',
  'look',
  'ask',
  'guess',
  'cause',
  'propose',
  'act',
  'noeffect',
  'well',
  'makeshift',
  'giveup',
  'dismiss',
  'chat',
] as const;

export type Role = (typeof roleNames)[number];
/** What speaks for each role: first of the words of a message, then of that and of what the messages around it do. */
export interface RoleWeights {
  readonly impressions: Readonly<Record<Role, Weights>>;
  readonly roles: Readonly<Record<Role, Weights>>;
}
/** How surely a message does each, from 0 to 1. */
export type Roles = Readonly<Record<Role, number>>;

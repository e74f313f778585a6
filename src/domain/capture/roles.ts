import type { Marks } from './message-marks.ts';
import type { MarkedMessage } from './thread-marks.ts';
import { type Weights, weigh } from './weights.ts';

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
export type RoleWeights = Readonly<Record<Role, Weights>>;
/** How surely a message does each, from 0 to 1. */
export type Roles = Readonly<Record<Role, number>>;

const none: Roles = {
  trouble: 0,
  look: 0,
  ask: 0,
  guess: 0,
  cause: 0,
  propose: 0,
  act: 0,
  noeffect: 0,
  well: 0,
  makeshift: 0,
  giveup: 0,
  dismiss: 0,
  chat: 0,
};

/** The roles of each message. A bot only tells how things stand. */
export const judgeRoles = (
  thread: readonly MarkedMessage[],
  marks: readonly Marks[],
  weights: RoleWeights,
): readonly Roles[] =>
  thread.map(({ message, own }, at) =>
    message.isBot ? rolesOfBot(own) : rolesOfPerson(marks[at] ?? own, weights),
  );

function rolesOfPerson(marks: Marks, weights: RoleWeights): Roles {
  const judged = { ...none };
  for (const role of roleNames) judged[role] = weigh(marks, weights[role]);
  return judged;
}

function rolesOfBot(own: Marks): Roles {
  if (own.has('alert over')) return { ...none, well: 1 };
  return own.has('alert fires') ? { ...none, trouble: 1 } : { ...none, look: 1 };
}

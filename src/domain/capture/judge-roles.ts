import type { Marks } from './message-marks.ts';
import { type Role, type Roles, type RoleWeights, roleNames } from './roles.ts';
import { rolesAround } from './roles-around.ts';
import type { MarkedMessage } from './thread-marks.ts';
import { type JoinedWeights, joinWeights, type Layers, weighAll } from './weights.ts';

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
export function judgeRoles(
  thread: readonly MarkedMessage[],
  marks: readonly Marks[],
  { impressions, roles }: RoleWeights,
): readonly Roles[] {
  // What its neighbours say weighs nothing at first: `impressions` were fitted without.
  const atFirst = judgeBy(
    thread,
    marks.map((one) => [one]),
    impressions,
  );
  return judgeBy(thread, amongOthers(marks, atFirst), roles);
}

/** The roles by one of the two judgements. */
export function judgeBy(
  thread: readonly MarkedMessage[],
  marks: readonly Layers[],
  weights: RoleWeights['roles'],
): readonly Roles[] {
  const joined = joinedOf(weights);
  return thread.map(({ message, own }, at) =>
    message.isBot ? rolesOfBot(own) : rolesOfPerson(marks[at] ?? [own], joined),
  );
}

/** The fitted weights are the same for every thread. */
const known = new WeakMap<RoleWeights['roles'], JoinedWeights>();

function joinedOf(weights: RoleWeights['roles']): JoinedWeights {
  const joined = known.get(weights) ?? joinWeights(roleNames.map((role) => weights[role]));
  known.set(weights, joined);
  return joined;
}

/** By which it is judged again: with what it and those around it do by the first judgement. */
export function amongOthers(marks: readonly Marks[], impressions: readonly Roles[]): readonly Layers[] {
  const around = rolesAround('around', impressions);
  return marks.map((own, at) => {
    const first = roleNames.map((role) => [firstNames[role], leaning(impressions[at]?.[role] ?? 0)] as const);
    return [own, around[at] ?? new Map(), new Map(first)];
  });
}

const firstNames = Object.fromEntries(roleNames.map((role) => [role, `at first: ${role}`])) as Record<
  Role,
  string
>;

/** From -2, surely not, to 2, surely. */
const leaning = (chance: number): number =>
  Math.max(-6, Math.min(6, Math.log((chance + doubt) / (1 - chance + doubt)))) / 3;
const doubt = 0.001;

function rolesOfPerson(marks: Layers, joined: JoinedWeights): Roles {
  const judged = { ...none };
  for (const [at, chance] of weighAll(marks, joined).entries()) {
    const role = roleNames[at];
    if (role) judged[role] = chance;
  }
  return judged;
}

function rolesOfBot(own: Marks): Roles {
  if (own.has('alert over')) return { ...none, well: 1 };
  return own.has('alert fires') ? { ...none, trouble: 1 } : { ...none, look: 1 };
}

import type { Marks } from './message-marks.ts';
import { type Role, type Roles, roleNames } from './roles.ts';

/** For each message how surely the surest of those before it, and of those behind it, does something. */
export interface SurestAround {
  readonly earlier: readonly number[];
  readonly later: readonly number[];
}

export function surestAround(roles: readonly Roles[], role: Role): SurestAround {
  const chances = roles.map((one) => one[role]);
  return { earlier: surestBefore(chances), later: surestBefore(chances.toReversed()).toReversed() };
}

function surestBefore(chances: readonly number[]): number[] {
  let most = 0;
  return chances.map((chance) => {
    const before = most;
    most = Math.max(most, chance);
    return before;
  });
}

/** What the messages before and behind each do, as marks that begin with a name. */
export function rolesAround(name: string, roles: readonly Roles[]): readonly Marks[] {
  const around = roleNames.map((role) => ({ role, ...surestAround(roles, role) }));
  const near = (at: number, role: Role): number => roles[at]?.[role] ?? 0;
  return roles.map(
    (_, at) =>
      new Map(
        around.flatMap(({ role, earlier, later }) => [
          [`${name}: second before ${role}`, near(at - 2, role)] as const,
          [`${name}: before ${role}`, near(at - 1, role)] as const,
          [`${name}: next ${role}`, near(at + 1, role)] as const,
          [`${name}: second next ${role}`, near(at + 2, role)] as const,
          [`${name}: earlier ${role}`, earlier[at] ?? 0] as const,
          [`${name}: later ${role}`, later[at] ?? 0] as const,
        ]),
      ),
  );
}

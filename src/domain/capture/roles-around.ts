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
export function rolesAround(name: keyof typeof namesOf, roles: readonly Roles[]): readonly Marks[] {
  const around = roleNames.map((role) => ({
    role,
    names: namesOf[name][role],
    ...surestAround(roles, role),
  }));
  const near = (at: number, role: Role): number => roles[at]?.[role] ?? 0;
  return roles.map((_, at) => {
    const marks = new Map<string, number>();
    for (const { role, names, earlier, later } of around) {
      marks.set(names.secondBefore, near(at - 2, role));
      marks.set(names.before, near(at - 1, role));
      marks.set(names.next, near(at + 1, role));
      marks.set(names.secondNext, near(at + 2, role));
      marks.set(names.earlier, earlier[at] ?? 0);
      marks.set(names.later, later[at] ?? 0);
    }
    return marks;
  });
}

const namesWith = (name: string) =>
  Object.fromEntries(
    roleNames.map((role) => [
      role,
      {
        secondBefore: `${name}: second before ${role}`,
        before: `${name}: before ${role}`,
        next: `${name}: next ${role}`,
        secondNext: `${name}: second next ${role}`,
        earlier: `${name}: earlier ${role}`,
        later: `${name}: later ${role}`,
      },
    ]),
  ) as Record<Role, Readonly<Record<Place, string>>>;
type Place = 'secondBefore' | 'before' | 'next' | 'secondNext' | 'earlier' | 'later';

/** Made once: there are dozens for every message. */
const namesOf = { around: namesWith('around'), tale: namesWith('tale') } as const;

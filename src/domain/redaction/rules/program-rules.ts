import { type FlagRule, flagRules, type PositionRule, positionRules } from './programs.ts';

/** The rule of a flag with its words split, as it is looked up. */
export type ReadyFlags = Omit<FlagRule, 'flags'> & { readonly flags: readonly string[] };
export type ReadyPosition = Omit<PositionRule, 'words'> & { readonly words: readonly string[] };

/** The rules of one program, as they are looked up: words split once, not at every word of a text. */
export interface ProgramRules {
  readonly flags: readonly ReadyFlags[];
  readonly positions: readonly ReadyPosition[];
}

/** The rules by the names of the programs, which are told by the last part of their paths. */
export const programs: ReadonlyMap<string, ProgramRules> = rulesByName(
  groupByName(
    flagRules.map((rule) => ({ ...rule, flags: rule.flags.split(' '), names: rule.programs.split(' ') })),
  ),
  groupByName(
    positionRules.map((rule) => ({ ...rule, words: rule.words.split(' '), names: rule.words.split(' ', 1) })),
  ),
);

function rulesByName(
  flags: ReadonlyMap<string, readonly ReadyFlags[]>,
  positions: ReadonlyMap<string, readonly ReadyPosition[]>,
): ReadonlyMap<string, ProgramRules> {
  const names = new Set([...flags.keys(), ...positions.keys()]);
  return new Map(
    Array.from(names, (name) => [
      name,
      { flags: flags.get(name) ?? [], positions: positions.get(name) ?? [] },
    ]),
  );
}

function groupByName<T extends { readonly names: readonly string[] }>(
  rules: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const rule of rules)
    for (const name of rule.names) groups.set(name, [...(groups.get(name) ?? []), rule]);
  return groups;
}

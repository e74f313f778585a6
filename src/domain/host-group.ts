import type { Host } from './host.ts';

/** How a host parameter names a group: a host may have the same name, and later ones may take it. */
const prefix = 'group:';

export const groupValue = (group: string): string => `${prefix}${group}`;

/** The group that a host parameter names; undefined when it names a host. */
export function groupOf(value: string): string | undefined {
  return value.startsWith(prefix) ? value.slice(prefix.length) : undefined;
}

type Grouped = Pick<Host, 'name' | 'context' | 'tags'>;

/** The groups of an inventory, by name. */
export function groupsOf(hosts: readonly Grouped[]): readonly string[] {
  return [...new Set(hosts.flatMap(({ context }) => context.hostGroup ?? []))].toSorted();
}

/** A host with this tag is tried first. */
const canaryTag = 'canary';

/** The hosts of a group as they take their turns: the canary first, by tag or else by name, then the others by name. */
export function hostsOfGroup<T extends Grouped>(hosts: readonly T[], group: string): readonly T[] {
  const rank = ({ tags }: Grouped): number => (tags.includes(canaryTag) ? 0 : 1);
  return hosts
    .filter(({ context }) => context.hostGroup === group)
    .toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/**
 * What a person's word for a host stands for, as it is kept with the run: the name of a host, else `group:NAME`.
 * Undefined when the inventory has neither.
 */
export function settleTarget(hosts: readonly Grouped[], value: string): string | undefined {
  if (hosts.some(({ name }) => name === value)) return value;
  const group = groupOf(value) ?? value;
  return hosts.some(({ context }) => context.hostGroup === group) ? groupValue(group) : undefined;
}

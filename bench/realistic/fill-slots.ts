import type { Random } from './random.ts';
import { components, names } from './vocabulary.ts';

/** Puts something into every `{slot}`: the component where it says `{c}`, and something new each time elsewhere. */
export function fillSlots(template: string, component: string, random: Random): string {
  return template.replaceAll(/\{([a-z]+)\}/g, (_, slot: string) =>
    slot === 'c' ? component : (slots[slot]?.(component, random) ?? `{${slot}}`),
  );
}

/** `checkout-api` as the name of an alert has it: `CheckoutApi`. */
export const camelCase = (name: string): string =>
  name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

const hostRoles = ['web', 'db', 'node', 'edge', 'vm', 'kvm', 'app', 'worker', 'store', 'infra'] as const;

/** Hosts are not named for the component: a question about another host is still about the same thing. */
function hostName(random: Random): string {
  const region = random.pick(names.regions).replaceAll(/[a-z]*-?(\w)[a-z]*-(\d)/g, '$1$2');
  return `${random.pick(hostRoles)}-${region}-${String(random.between(1, 240)).padStart(2, '0')}`;
}

const hex = (random: Random, length: number): string =>
  Array.from({ length }, () => random.between(0, 15).toString(16)).join('');

const setting = (random: Random): string =>
  `${random.pickFrequent(names.parts)}.${random.pickFrequent(names.parts)}_${random.pickFrequent(names.suffixes)}`;

const slots: Readonly<Record<string, (component: string, random: Random) => string>> = {
  dep: (_, random) => random.pickFrequent(components).name,
  host: (_, random) => hostName(random),
  region: (_, random) => random.pickFrequent(names.regions),
  site: (_, random) => random.pickFrequent(names.sites),
  env: (_, random) => random.pickFrequent(names.environments),
  ns: (_, random) => random.pickFrequent(names.services.domains),
  owner: (_, random) => random.pickFrequent(names.owners),
  person: (_, random) => random.pickFrequent(names.people),
  n: (_, random) => String(random.between(10, 99)),
  d: (_, random) => String(random.between(2, 9)),
  pct: (_, random) => String(random.between(51, 99)),
  t: (_, random) => `${random.pickFrequent(names.services.domains)}_${random.pickFrequent(names.parts)}`,
  hex: (_, random) => hex(random, 8),
  date: (_, random) => new Date(Date.UTC(2025, 0, random.between(1, 500))).toISOString().slice(0, 10),
  path: (component, random) => `/${random.pick(['var/lib', 'srv', 'data', 'mnt'])}/${component}`,
  pod: (component, random) => `${component}-${hex(random, 9)}-${hex(random, 5)}`,
  setting: (_, random) => setting(random),
  metric: (component, random) => `${component.replaceAll('-', '_')}_${setting(random).replace('.', '_')}`,
  code: (_, random) => `ERR_${random.pickFrequent(names.parts).toUpperCase()}_${random.between(100, 999)}`,
  exception: (_, random) =>
    `${camelCase(`${random.pickFrequent(names.parts)}-${random.pickFrequent(names.parts)}`)}Exception`,
};

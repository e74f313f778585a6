import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A kind of failure with the texts that failures.yaml describes; each has `{slots}`. */
export interface Failure {
  readonly kind: string;
  readonly classes: readonly string[];
  readonly alerts: readonly string[];
  readonly titles: readonly string[];
  readonly symptoms: readonly string[];
  readonly causes: readonly string[];
  /** A sentence and its command. */
  readonly checks: readonly (readonly [string, string])[];
  readonly fixes: readonly (readonly [string, string])[];
  readonly summaries: readonly string[];
  readonly descriptions: readonly string[];
  readonly chats: readonly string[];
}

/** Something that can fail: a product or a service of the team's own. */
export interface Component {
  readonly name: string;
  readonly class: string;
}

interface Names {
  readonly products: Readonly<Record<string, readonly string[]>>;
  readonly services: { readonly domains: readonly string[]; readonly roles: readonly string[] };
  readonly regions: readonly string[];
  readonly sites: readonly string[];
  readonly environments: readonly string[];
  readonly owners: readonly string[];
  readonly people: readonly string[];
  readonly parts: readonly string[];
  readonly suffixes: readonly string[];
}

const read = (name: string): unknown => parse(readFileSync(new URL(`${name}.yaml`, import.meta.url), 'utf8'));

export const failures = read('failures') as readonly Failure[];
export const fillers = read('filler') as readonly string[];
export const names = read('components') as Names;

const products = Object.entries(names.products).flatMap(([category, list]) =>
  list.map((name): Component => ({ name, class: category })),
);
const services = names.services.roles.flatMap((role) =>
  names.services.domains.map((domain): Component => ({ name: `${domain}-${role}`, class: 'service' })),
);

/** The products first: they are what most pages are about. */
export const components: readonly Component[] = [...products, ...services];

/** What can go wrong with a component. */
export const failuresOf = (component: Component): readonly Failure[] =>
  failures.filter(({ classes }) => classes.includes('any') || classes.includes(component.class));

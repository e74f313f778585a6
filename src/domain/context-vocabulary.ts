import { type Context, type ContextLabel, contextLabels } from './context.ts';

/** How one value of a label is written; the first form stands for all. */
type Forms = readonly [string, ...string[]];

/** Operating systems below the family that a solution may name instead: what is made for linux fits ubuntu. */
const families: Readonly<Record<string, readonly Forms[]>> = {
  linux: [
    ['linux'],
    ['ubuntu'],
    ['debian'],
    ['rhel', 'red hat', 'redhat'],
    ['centos'],
    ['fedora'],
    ['rocky linux'],
    ['almalinux', 'alma linux'],
    ['oracle linux'],
    ['amazon linux', 'amzn'],
    ['suse', 'sles', 'opensuse'],
    ['alpine'],
  ],
  bsd: [['bsd'], ['freebsd'], ['openbsd'], ['netbsd']],
  windows: [['windows', 'windows server']],
  macos: [['macos', 'mac os', 'os x', 'darwin']],
  solaris: [['solaris']],
  aix: [['aix']],
};

const environments: readonly Forms[] = [
  ['prod', 'production', 'prd'],
  ['staging', 'stg', 'stage'],
  ['dev', 'development'],
  ['qa'],
  ['test', 'testing'],
];

const systems = Object.values(families).flat();
const familyOf = new Map(
  Object.entries(families).flatMap(([family, members]) => members.map(([name]) => [name, family] as const)),
);

/** Values that every workspace knows, without a host or a solution that names them. */
export const commonContexts: readonly Context[] = [
  ...systems.map(([os]): Context => ({ os })),
  { environment: environments.map(([name]) => name) },
];

/** All ways to write a value, in lower case; itself alone when the vocabulary does not have it. */
export function formsOf(label: ContextLabel, value: string): readonly string[] {
  const plain = value.trim().toLowerCase();
  const name = label === 'os' ? plain.replace(version, '') : plain;
  return formsByLabel[label]?.find((forms) => forms.includes(name)) ?? [plain];
}

/** `Ubuntu 24.04 LTS`, `debian-12`: solutions are for the system, not for its version. */
const version = /[\s-]*v?\d[\w.]*(?: lts)?$/u;

const formsByLabel: Partial<Record<ContextLabel, readonly Forms[]>> = {
  os: systems,
  environment: environments,
};

/** The values of a label in the one form in which they are compared: lower case, `prod` for production, none empty. */
export function labelValues(context: Context, label: ContextLabel): readonly string[] {
  const value = context[label];
  const values = typeof value === 'string' ? [value] : (value ?? []);
  return values.filter((one) => one.trim() !== '').map((one) => formsOf(label, one)[0] ?? one);
}

/** Everything that a solution may be made for to fit here, in all its forms: ubuntu and linux where ubuntu is known. */
export function fittingValues(context: Context, label: ContextLabel): readonly string[] {
  const values = labelValues(context, label);
  const related = label === 'os' ? values.flatMap(relatedSystems) : [];
  return [...new Set([...values, ...related].flatMap((value) => formsOf(label, value)))];
}

/** A family that somebody named may be any of its members; a member is not its sibling. */
function relatedSystems(system: string): readonly string[] {
  const family = familyOf.get(system);
  if (family === undefined) return [];
  return family === system ? (families[family] ?? []).map(([name]) => name) : [family];
}

/** "an ubuntu linux box" is ubuntu: a family beside its member says nothing more. */
export function withoutFamilies(systemNames: readonly string[]): readonly string[] {
  const named = new Set(
    systemNames.filter((name) => familyOf.get(name) !== name).map((name) => familyOf.get(name)),
  );
  return systemNames.filter((name) => !named.has(name));
}

/** Every value that the given contexts have for a label, each once. */
export function knownValues(contexts: readonly Context[]): Readonly<Record<ContextLabel, readonly string[]>> {
  const values = contextLabels.map((label) => [
    label,
    [...new Set(contexts.flatMap((context) => labelValues(context, label)))],
  ]);
  return Object.fromEntries(values) as Record<ContextLabel, readonly string[]>;
}

import { type Context, type ContextLabel, contextLabels } from '../context.ts';

/** A machine that a text may name. */
export interface KnownHost {
  readonly name: string;
  readonly context: Context;
}

export interface RecognisedContext {
  readonly context: Context;
  /** Names of the inventory's hosts that the text mentions, in the inventory's order. */
  readonly hosts: readonly string[];
}

/** Long and short forms of environments; other labels are matched as they are written. */
const environmentForms: readonly (readonly string[])[] = [
  ['prod', 'production', 'prd'],
  ['staging', 'stg'],
  ['dev', 'development'],
];

/**
 * What a text says about where the problem is. Words that are labels of known hosts (or of `others`, say solutions)
 * count, then the labels of the hosts it names. A label for which it names several values stays unknown, except the
 * environment, which takes several. Linear in the text.
 */
export function recogniseContext(
  text: string,
  hosts: readonly KnownHost[],
  others: readonly Context[] = [],
): RecognisedContext {
  const names = hostNames(text);
  const mentioned = hosts.filter(({ name }) => names.has(name.toLowerCase()));
  const said = labelsInText(text, [...hosts.map(({ context }) => context), ...others]);
  const context: Partial<Record<ContextLabel, string | readonly string[]>> = {};
  for (const label of contextLabels) {
    const spoken = said(label);
    const values =
      spoken.length > 0 ? spoken : unique(mentioned.flatMap((host) => valuesOf(host.context, label)));
    if (label === 'environment' && values.length > 0) context.environment = values;
    else if (values.length === 1 && values[0]) context[label] = values[0];
  }
  return { context: context as Context, hosts: mentioned.map(({ name }) => name) };
}

/** Every word that could be a host: `demo-web-01.example.com` names `demo-web-01` too. */
function hostNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const token of text.toLowerCase().match(/[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*/gu) ?? []) {
    names.add(token);
    names.add(token.split('.', 1)[0] ?? token);
  }
  return names;
}

function labelsInText(text: string, known: readonly Context[]): (label: ContextLabel) => readonly string[] {
  const said = ` ${words(text)} `;
  return (label) =>
    unique(known.flatMap((context) => valuesOf(context, label))).filter((value) =>
      formsOf(value, label).some((form) => said.includes(` ${words(form)} `)),
    );
}

function formsOf(value: string, label: ContextLabel): readonly string[] {
  const forms =
    label === 'environment' && environmentForms.find((group) => group.includes(value.toLowerCase()));
  return forms || [value];
}

const words = (text: string): string => (text.toLowerCase().match(/[\p{L}\p{N}_-]+/gu) ?? []).join(' ');

function valuesOf(context: Context, label: ContextLabel): readonly string[] {
  const value = context[label];
  return typeof value === 'string' ? [value] : (value ?? []);
}

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

import { type Context, type ContextLabel, contextLabels } from '../context.ts';
import { commonContexts, formsOf, knownValues, withoutFamilies } from '../context-vocabulary.ts';
import { readAlertLabels } from './alert-labels.ts';

/** A machine that a text or an alert may name. */
export interface KnownHost {
  readonly name: string;
  readonly address?: string;
  readonly context: Context;
}

export interface RecognisedContext {
  readonly context: Context;
  /** Names of the inventory's hosts that the text or the labels mention, in the inventory's order. */
  readonly hosts: readonly string[];
}

/**
 * What is known about where the problem is, label by label from the first source that tells: words of the text that
 * are labels of known hosts, of `others` (say solutions) or common ones; the labels of the alert; the labels of the
 * hosts that either names. A label with several values stays unknown, except the environment, which takes several.
 * Linear in the text.
 */
export function recogniseContext(
  text: string,
  hosts: readonly KnownHost[],
  others: readonly Context[] = [],
  alertLabels: Readonly<Record<string, string>> = {},
): RecognisedContext {
  const alert = readAlertLabels(alertLabels);
  const mentioned = findMentioned(hosts, `${text} ${alert.hosts}`);
  const known = knownValues([...hosts.map(({ context }) => context), ...others, ...commonContexts]);
  const ofHosts = knownValues(mentioned.map(({ context }) => context));
  const context: Partial<Record<ContextLabel, string | readonly string[]>> = {};
  for (const label of contextLabels) {
    const values = firstThatTells([
      valuesInText(text, label, known[label]),
      alert.stated[label].map((value) => formsOf(label, value)[0] ?? value),
      valuesInText(alert.hints[label], label, known[label]),
      ofHosts[label],
    ]);
    if (label === 'environment' && values.length > 0) context.environment = values;
    else if (values.length === 1 && values[0]) context[label] = values[0];
  }
  return { context: context as Context, hosts: mentioned.map(({ name }) => name) };
}

const firstThatTells = (sources: readonly (readonly string[])[]): readonly string[] =>
  sources.find((values) => values.length > 0) ?? [];

function findMentioned(hosts: readonly KnownHost[], text: string): readonly KnownHost[] {
  const names = hostNames(text);
  return hosts.filter(
    ({ name, address }) =>
      names.has(name.toLowerCase()) || (address !== undefined && !isOwn(address) && names.has(address)),
  );
}

/** Every machine calls itself by these, so they name none. */
const isOwn = (address: string): boolean => /^(?:127\.|::1$|localhost$|0\.0\.0\.0$)/u.test(address);

/** Every word that could be a host: `demo-web-01.example.com` names `demo-web-01` too. */
function hostNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const token of text.toLowerCase().match(/[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*/gu) ?? []) {
    names.add(token);
    names.add(token.split('.', 1)[0] ?? token);
  }
  return names;
}

function valuesInText(text: string, label: ContextLabel, known: readonly string[]): readonly string[] {
  const said = ` ${words(clean[label](text.toLowerCase()))} `;
  const values = known.filter((value) => formsOf(label, value).some((form) => isSaid(said, label, form)));
  return label === 'os' ? withoutFamilies(values) : values;
}

const asItIs = (text: string): string => text;

/** What would be taken for a label and is none, taken out before. */
const clean: Readonly<Record<ContextLabel, (text: string) => string>> = {
  // Versions go; "maintenance windows" are times.
  os: (text) =>
    text
      .replace(/[-\s]?\d[\d.]*/gu, ' ')
      .replace(/\b(?:maintenance|time|change|deployment|tcp|browser) windows\b/gu, ' '),
  application: asItIs,
  // `/dev/sda1` is no development environment.
  environment: (text) => text.replace(/\/[\p{L}\p{N}_./-]+/gu, ' '),
  service: asItIs,
  hostGroup: asItIs,
};

/** Words that are mostly not meant as an environment: only "in test" or "test cluster" is. */
const ambiguous = new Set(['test', 'testing', 'stage']);

function isSaid(said: string, label: ContextLabel, form: string): boolean {
  const plain = words(form);
  if (plain === '') return false;
  if (label !== 'environment' || !ambiguous.has(plain)) return said.includes(` ${plain} `);
  const place = 'env|environment|cluster|system|servers?|hosts?|namespace|instance|database|db';
  return new RegExp(` (?:on|in|for|env|environment) ${plain} | ${plain} (?:${place}) `, 'u').test(said);
}

const words = (text: string): string => (text.toLowerCase().match(/[\p{L}\p{N}_-]+/gu) ?? []).join(' ');

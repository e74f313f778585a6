import { checkParameterValue } from '../runbook/parameter-values.ts';
import { findPlaceholders } from '../runbook/placeholders.ts';
import { renderCommand } from '../runbook/render-command.ts';
import type { Parameter } from '../runbook/runbook.ts';
import type { MatchWhole } from '../text/match.ts';
import { type BareWord, bareWords } from './bare-words.ts';

/** What of the commands of one incident will differ in the next, by its value. */
export type FoundParameters = Map<string, Parameter>;

type Shape = { readonly name: string; readonly fits: (word: BareWord) => boolean } & (
  | { readonly type: 'path' | 'int' }
  | { readonly type: 'string'; readonly pattern: string }
);

/**
 * The first that fits counts. A path has a default, as it is the same on the next host; a machine or a process is another
 * one. Only hosts of the inventory can be given as such, so any other machine is text that looks like one.
 */
const shapes: readonly Shape[] = [
  { name: 'path', type: 'path', fits: ({ text }) => deepPath.test(text) && !ofSystem.test(text) },
  {
    name: 'target',
    type: 'string',
    pattern: '[A-Za-z0-9_.:-]+',
    fits: ({ text }) => address.test(text) || machine.test(text),
  },
  {
    name: 'process',
    type: 'int',
    fits: ({ text, before }) => /^[1-9]\d{2,6}$/.test(text) && !isOption(before),
  },
  {
    name: 'id',
    type: 'string',
    pattern: '[A-Za-z0-9_.-]+',
    fits: ({ text }) => uuid.test(text) || pod.test(text) || hexId.test(text),
  },
];

/** Of the patterns above alone, none of which goes back and forth. */
const matchOwn: MatchWhole = (pattern, text) =>
  new RegExp(`^(?:${pattern})$`, 'u').test(text) ? 'found' : 'missing';

const deepPath = /^\/[\w.@+,-]+(?:\/[\w.@+,-]+)+\/?$/;
const ofSystem = /^\/(?:dev|proc|sys|bin|sbin|usr\/s?bin)(?:\/|$)/;
const address = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const machine =
  /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*-\d{1,3}(?:\.[a-z0-9-]+)*$|^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+){1,4}\.(?:com|net|org|io|local|lan|internal|corp)$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const pod = /^[a-z0-9-]+-[0-9a-f]{8,10}-[a-z0-9]{5}$/;
const hexId = /^(?=.*\d)[0-9a-f]{12,64}$/;
/** `-9` or `-TERM` before a number is a signal that is sent to it; `-n 500` is a number of the option. */
const isOption = (word: string | undefined): boolean =>
  word?.startsWith('-') === true && !/^-(?:\d+|[A-Z]{3,})$/.test(word);

/**
 * The command with a placeholder for each of its hosts, paths and ids, which are added to `found`; the same value gets the
 * same name. Filled in with those values it is exactly the command again; where it would not be, it stays as it was.
 * `hosts` are the names of the inventory.
 */
export function findParameters(command: string, found: FoundParameters, hosts: ReadonlySet<string>): string {
  const named = bareWords(command).flatMap((word) => {
    const parameter = found.get(word.text) ?? newParameter(word, found, hosts);
    if (!parameter) return [];
    found.set(word.text, parameter);
    return [{ ...word, parameter }];
  });
  let template = command;
  for (const { start, end, parameter } of named.toReversed()) {
    const next = `${template.slice(0, start)}{{${parameter.name}}}${template.slice(end)}`;
    if (isSame(next, command, found)) template = next;
  }
  return template;
}

function isSame(template: string, command: string, found: FoundParameters): boolean {
  const values = Object.fromEntries([...found].map(([value, { name }]) => [name, value]));
  const rendered = renderCommand(template, values);
  return rendered.kind === 'rendered' && rendered.command === command;
}

/** Whether a command has what would be taken for a placeholder although nobody meant one. */
export const hasPlaceholders = (command: string): boolean => findPlaceholders(command).length > 0;

function newParameter(
  word: BareWord,
  found: FoundParameters,
  hosts: ReadonlySet<string>,
): Parameter | undefined {
  if (word.before === undefined) return undefined;
  const description = `In the case it was ${word.text}`;
  if (hosts.has(word.text)) return { name: freeName('other_host', found), type: 'host', description };
  const shape = shapes.find(({ fits }) => fits(word));
  if (!shape) return undefined;
  const base = { name: freeName(shape.name, found), description };
  const parameter: Parameter =
    shape.type === 'string'
      ? { ...base, type: 'string', pattern: shape.pattern }
      : { ...base, type: shape.type };
  if (checkParameterValue(parameter, word.text, matchOwn).kind !== 'valid') return undefined;
  return shape.type === 'path' ? { ...parameter, default: word.text } : parameter;
}

function freeName(stem: string, found: FoundParameters): string {
  const taken = new Set([...found.values()].map(({ name }) => name));
  let name = stem;
  for (let number = 2; taken.has(name); number += 1) name = `${stem}_${number}`;
  return name;
}

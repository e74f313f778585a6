import { createHash } from 'node:crypto';
import { Fault } from '#domain/fault.ts';
import type { FormField, FormValues } from '#domain/reply.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { limits } from '../limits.ts';

/**
 * A modal has five inputs. What more fields a form has share the last one, a `name: value` each, where a value may go on
 * over further lines. Which names begin a value stands as short hashes in the input's id, because a submission brings
 * nothing else along.
 */
const prefix = 'more:';
const markLength = 3;

/** Under this name comes back what stands before the first name. */
export const unnamed = '?';

const markOf = (name: string): string =>
  createHash('sha256').update(name).digest('base64url').slice(0, markLength);

/** The id of the shared input. Throws a Fault for more fields than it can name. */
export function writeSharedId(fields: readonly FormField[]): string {
  const id = prefix + fields.map(({ name }) => markOf(name)).join('');
  if (id.length <= limits.customId) return id;
  throw new Fault(
    'rejected',
    'discord-form-too-large',
    'The form is larger than Discord takes.',
    `Discord has room for about ${Math.floor(limits.customId / markLength)} fields.`,
  );
}

/** The values as they stand in the shared input; one that has no room is left for the person to give. */
export function writeShared(fields: readonly FormField[], values: FormValues): string {
  const marks = marksOf(writeSharedId(fields)) ?? [];
  let room = limits.inputValue - fields.reduce((sum, { name }) => sum + name.length + 3, 0);
  const lines = fields.map(({ name }) => {
    const value = setIn(ownValue(values, name) ?? '', marks);
    const kept = value.length <= room ? value : '';
    room -= kept.length;
    return `${name}: ${kept}`;
  });
  return lines.join('\n');
}

/** What stands in a shared input by field name; undefined when `id` is that of another input. */
export function readShared(id: string, text: string): FormValues | undefined {
  const marks = marksOf(id);
  if (marks === undefined) return undefined;
  const values: Record<string, string> = {};
  let current = unnamed;
  for (const line of text.split('\n')) {
    const [begun, rest] = readStart(line, marks);
    if (begun === undefined)
      values[current] = values[current] === undefined ? line : `${values[current]}\n${takeIn(line, marks)}`;
    else values[begun] = rest;
    current = begun ?? current;
  }
  return values;
}

function marksOf(id: string): readonly string[] | undefined {
  return id.startsWith(prefix) ? (id.slice(prefix.length).match(/.{3}/g) ?? []) : undefined;
}

function readStart(line: string, marks: readonly string[]): readonly [string | undefined, string] {
  const [, name, rest = ''] = /^([^\s:]+):[ ]?(.*)$/s.exec(line) ?? [];
  return name !== undefined && marks.includes(markOf(name)) ? [name, rest] : [undefined, ''];
}

/** A further line of a value that would begin another one is set in by a space, which is taken away when it is read. */
const setIn = (value: string, marks: readonly string[]): string =>
  value
    .split('\n')
    .map((line, index) => (index > 0 && isStartSetIn(line, marks) ? ` ${line}` : line))
    .join('\n');

const takeIn = (line: string, marks: readonly string[]): string =>
  line.startsWith(' ') && isStartSetIn(line, marks) ? line.slice(1) : line;

const isStartSetIn = (line: string, marks: readonly string[]): boolean =>
  readStart(line.replace(/^ +/, ''), marks)[0] !== undefined;

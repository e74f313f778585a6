import { checkParameterValue } from '#domain/runbook/parameter-values.ts';
import type { Parameter, ParameterType } from '#domain/runbook/runbook.ts';
import type { MatchWhole } from '#domain/text/match.ts';
import type { ProblemList } from './problem-list.ts';
import type { YamlEntry, YamlReader } from './yaml-nodes.ts';

/** The keys that belong to one type only. */
const keysOfType: Readonly<Record<ParameterType, readonly string[]>> = {
  host: [],
  path: [],
  int: ['min', 'max'],
  enum: ['values'],
  duration: [],
  string: ['pattern'],
};

const types = Object.keys(keysOfType) as ParameterType[];

type Tell = (line: number, message: string) => void;

/** Reads the `parameters` map; what is wrong with a parameter is told and the parameter left out. */
export function readParameters(
  entry: YamlEntry,
  reader: YamlReader,
  problems: ProblemList,
  matchWhole: MatchWhole,
): readonly Parameter[] {
  const entries = reader.map(entry);
  if (!entries) problems.errors.push({ line: entry.line, message: '"parameters" must be a map of names' });
  return (entries ?? []).flatMap((parameter) => {
    const before = problems.errors.length;
    const read = readParameter(parameter, { reader, matchWhole }, (line, message) => {
      problems.errors.push({ line, message: `parameter "${parameter.key}": ${message}` });
    });
    return read && problems.errors.length === before ? [read] : [];
  });
}

/** The fields of one parameter, by key. */
interface Fields {
  readonly reader: YamlReader;
  readonly matchWhole: MatchWhole;
  readonly tell: Tell;
  readonly line: number;
  readonly byKey: ReadonlyMap<string, YamlEntry>;
}

function readParameter(
  entry: YamlEntry,
  { reader, matchWhole }: Pick<Fields, 'reader' | 'matchWhole'>,
  tell: Tell,
): Parameter | null {
  // A table of values could not hold the last one.
  if (!/^[A-Za-z_]\w{0,63}$/.test(entry.key) || entry.key === '__proto__') {
    tell(entry.keyLine, 'a name is made of letters, digits and underscores, and is not __proto__');
  }
  const entries = reader.map(entry);
  if (!entries) {
    tell(entry.line, 'it must be a map, such as { type: host }');
    return null;
  }
  const byKey = new Map(entries.map((field) => [field.key, field]));
  const fields: Fields = { reader, matchWhole, tell, line: entry.keyLine, byKey };
  const type = types.find((name) => name === textOf(fields, 'type'));
  if (!type) {
    const line = byKey.get('type')?.line ?? entry.keyLine;
    tell(line, `unknown type "${textOf(fields, 'type') ?? ''}"; known are ${types.join(', ')}`);
    return null;
  }
  const known = ['type', 'default', 'description', ...keysOfType[type]];
  for (const field of entries) {
    if (!known.includes(field.key))
      tell(field.keyLine, `unknown key "${field.key}"; known are ${known.join(', ')}`);
  }
  return checked(buildParameter(type, entry.key, fields), fields);
}

function textOf({ reader, byKey }: Fields, key: string): string | undefined {
  const field = byKey.get(key);
  return field === undefined ? undefined : (reader.text(field) ?? undefined);
}

function buildParameter(type: ParameterType, name: string, fields: Fields): Parameter {
  const fallback = textOf(fields, 'default');
  const base = {
    name,
    description: textOf(fields, 'description')?.trim() ?? '',
    ...(fallback === undefined ? {} : { default: fallback }),
  };
  switch (type) {
    case 'int':
      return { ...base, type, ...bound(fields, 'min'), ...bound(fields, 'max') };
    case 'enum':
      return { ...base, type, values: readValues(fields) };
    case 'string':
      return { ...base, type, pattern: readPattern(fields) };
    case 'host':
    case 'path':
    case 'duration':
      return { ...base, type };
    default:
      return type satisfies never;
  }
}

function bound(fields: Fields, key: 'min' | 'max'): { min?: number; max?: number } {
  const text = textOf(fields, key);
  if (text === undefined) return {};
  if (!/^-?\d{1,15}$/.test(text)) {
    fields.tell(fields.byKey.get(key)?.line ?? fields.line, `"${key}" must be a whole number`);
  }
  return { [key]: Number(text) };
}

function readValues({ reader, byKey, tell, line }: Fields): readonly string[] {
  const field = byKey.get('values');
  const values = field && reader.list(field)?.map((item) => reader.text(item));
  if (field && values && values.length > 0 && !values.includes(null))
    return values.map((value) => value ?? '');
  tell(field?.line ?? line, 'an enum needs a list of "values"');
  return [];
}

function readPattern(fields: Fields): string {
  const pattern = textOf(fields, 'pattern');
  const line = fields.byKey.get('pattern')?.line ?? fields.line;
  if (pattern === undefined) fields.tell(line, 'a string needs a "pattern", such as ^[a-z-]+$');
  else if (!isRegularExpression(pattern)) fields.tell(line, `"${pattern}" is not a regular expression`);
  return pattern ?? '';
}

/** True when JavaScript understands the pattern with the `u` flag. */
export function isRegularExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** A default must pass the rules for every other value. */
function checked(parameter: Parameter, { tell, byKey, line, matchWhole }: Fields): Parameter {
  if (parameter.default === undefined) return parameter;
  const check = checkParameterValue(parameter, parameter.default, matchWhole);
  if (check.kind === 'invalid')
    tell(byKey.get('default')?.line ?? line, `the default does not fit: ${check.why}`);
  return check.kind === 'valid' ? { ...parameter, default: check.value } : parameter;
}

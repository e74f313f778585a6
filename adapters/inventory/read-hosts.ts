import { z } from 'zod';
import type { HostEntry } from '#domain/host.ts';
import { type LineOf, type Path, type Problem, readYaml } from '../yaml-file/read-yaml.ts';
import { checkJumps } from './check-jumps.ts';
import { type HostFields, hostSchema, toHostEntry } from './host-schema.ts';
import { readKnownHostsLine, trustOf } from './known-hosts.ts';

export type ReadHosts =
  | { readonly kind: 'hosts'; readonly entries: readonly HostEntry[] }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

const fileSchema = z.union([
  z.null(),
  z.strictObject({
    hosts: z.array(z.unknown()).nullable(),
    known_hosts: z.array(z.string()).nullable().default([]),
  }),
]);

/** Reads the text of a hosts.yaml. All that is wrong is told at once, in the order of the lines. */
export function readHosts(source: string): ReadHosts {
  const read = readYaml(source);
  return read.kind === 'invalid' ? invalid(read.problems) : judge(read.value, read.lineOf);
}

const fileWrong =
  'the file must be a list of hosts under the key `hosts`; beside it may stand a list of texts, `known_hosts`';

function judge(plain: unknown, lineOf: LineOf): ReadHosts {
  const file = fileSchema.safeParse(plain);
  if (!file.success) return invalid([{ line: 1, message: fileWrong }]);
  const results = (file.data?.hosts ?? []).map((host) => hostSchema.safeParse(host));
  const wrong = results.flatMap((result, index) =>
    result.success ? [] : result.error.issues.flatMap((issue) => describe(issue, ['hosts', index], lineOf)),
  );
  const right = results.flatMap(({ data }, index) => (data ? [{ index, fields: data }] : []));
  const known = readKnownHosts(file.data?.known_hosts ?? [], lineOf);
  const problems = [
    ...known.problems,
    ...wrong,
    ...checkNames(right, lineOf),
    ...checkRoutes(right, wrong.length > 0, lineOf),
  ];
  if (problems.length > 0) return invalid(problems);
  const entries = right.map(({ fields }) => toHostEntry(fields));
  return {
    kind: 'hosts',
    entries: entries.map((entry) => ({ ...entry, hostKey: trustOf(entry, known.lines) })),
  };
}

function readKnownHosts(texts: readonly string[], lineOf: LineOf) {
  const read = texts.map((text) => readKnownHostsLine(text));
  return {
    lines: read.filter((line) => typeof line !== 'string'),
    problems: read.flatMap((line, index) =>
      typeof line === 'string'
        ? [{ line: lineOf(['known_hosts', index]), message: `known_hosts.${index} ${line}` }]
        : [],
    ),
  };
}

type Placed = { readonly index: number; readonly fields: HostFields };

function checkNames(hosts: readonly Placed[], lineOf: LineOf): readonly Problem[] {
  const first = new Map(hosts.toReversed().map(({ index, fields }) => [fields.name, index]));
  return hosts
    .filter(({ index, fields }) => first.get(fields.name) !== index)
    .map(({ index, fields }) => ({
      line: lineOf(['hosts', index, 'name']),
      message: `name ${fields.name} is taken by the host in line ${lineOf(['hosts', first.get(fields.name) ?? 0])}`,
    }));
}

/** While some hosts cannot be read, a jump host that is missing may be one of them. */
function checkRoutes(hosts: readonly Placed[], incomplete: boolean, lineOf: LineOf): readonly Problem[] {
  if (incomplete) return [];
  return checkJumps(hosts.map(({ fields }) => fields)).map(({ position, message }) => ({
    line: lineOf(['hosts', hosts[position]?.index ?? 0, 'jump']),
    message,
  }));
}

type Issue = z.core.$ZodIssue;

function describe(issue: Issue, host: Path, lineOf: LineOf): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      line: lineOf([...host, key]),
      message: `${key} is not a field of a host`,
    }));
  }
  const message =
    issue.code === 'invalid_type' && issue.path.length === 0 ? 'must have fields' : issue.message;
  const field = issue.path.length === 0 ? 'the host' : issue.path.join('.');
  return [{ line: lineOf([...host, ...issue.path]), message: `${field} ${message}` }];
}

function invalid(problems: readonly Problem[]): ReadHosts {
  return { kind: 'invalid', problems: problems.toSorted((a, b) => a.line - b.line) };
}

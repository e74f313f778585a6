import type { z } from 'zod';
import { type LineOf, type Path, type Problem, readYaml } from './read-yaml.ts';

type ReadAs<Value> =
  | { readonly kind: 'value'; readonly value: Value; readonly lineOf: LineOf }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/**
 * Reads a YAML text that must fit a schema; a file that has only comments is an empty one. All that is wrong is told at
 * once, in the order of the lines. `noun` is what the file is; messages of the schema complete the sentence "FIELD …".
 */
export function readYamlAs<Value>(source: string, schema: z.ZodType<Value>, noun: string): ReadAs<Value> {
  const read = readYaml(source);
  if (read.kind === 'invalid') return read;
  // Without the input an issue does not say whether a value is missing or of another kind.
  const checked = schema.safeParse(read.value ?? {}, { reportInput: true });
  if (checked.success) return { kind: 'value', value: checked.data, lineOf: read.lineOf };
  return invalidYaml(checked.error.issues.flatMap((issue) => describe(issue, noun, read.lineOf)));
}

/** Problems in the order of their lines. */
export const invalidYaml = (
  problems: readonly Problem[],
): { readonly kind: 'invalid'; readonly problems: readonly Problem[] } => ({
  kind: 'invalid',
  problems: problems.toSorted((a, b) => a.line - b.line),
});

function describe(issue: z.core.$ZodIssue, noun: string, lineOf: LineOf): readonly Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      line: lineOf([...issue.path, key]),
      message: `${nameOf([...issue.path, key])} is not a field of ${noun}`,
    }));
  return [{ line: lineOf(issue.path), message: `${nameOf(issue.path)} ${messageOf(issue)}` }];
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing';
  // What is wrong with a name that is free to choose stands one level deeper.
  return (issue.code === 'invalid_key' ? issue.issues[0] : issue)?.message ?? issue.message;
}

/** `rules[2].approve`, counted from 1 as people count. */
function nameOf(path: Path): string {
  const name = path.map((step) => (typeof step === 'number' ? `[${step + 1}]` : `.${String(step)}`)).join('');
  return name === '' ? 'the file' : name.slice(1);
}

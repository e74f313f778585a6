import type { z } from 'zod';
import { hasRole } from '#domain/person.ts';
import type { Policy, PolicyRule } from '#domain/policy/policy.ts';
import { defaultPolicy, floors } from '#domain/policy/policy.ts';
import type { Risk } from '#domain/risk/risk.ts';
import { type LineOf, type Path, type Problem, readYaml } from '../yaml-file/read-yaml.ts';
import { policySchema, toPolicy } from './policy-schema.ts';

export type ReadPolicy =
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Reads the text of a policy.yaml. All that is wrong is told at once, in the order of the lines. */
export function readPolicy(source: string): ReadPolicy {
  const read = readYaml(source);
  if (read.kind === 'invalid') return read;
  // A file that has only comments says nothing, and nothing is wrong with it.
  if (read.value === null) return { kind: 'policy', policy: defaultPolicy };
  const file = policySchema.safeParse(read.value);
  if (!file.success) return invalid(file.error.issues.flatMap((issue) => describe(issue, read.lineOf)));
  const policy = toPolicy(file.data);
  const problems = checkRules(policy.rules, read.lineOf);
  return problems.length > 0 ? invalid(problems) : { kind: 'policy', policy };
}

const invalid = (problems: readonly Problem[]): ReadPolicy => ({
  kind: 'invalid',
  problems: problems.toSorted((a, b) => a.line - b.line),
});

function describe(issue: z.core.$ZodIssue, lineOf: LineOf): readonly Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      line: lineOf([...issue.path, key]),
      message: `${nameOf([...issue.path, key])} is not a field of a policy`,
    }));
  const message = issue.code === 'invalid_type' && issue.input === undefined ? 'is missing' : issue.message;
  return [{ line: lineOf(issue.path), message: `${nameOf(issue.path)} ${message}` }];
}

/** `rules[2].approve`, counted from 1 as people count. */
function nameOf(path: Path): string {
  const name = path.map((step) => (typeof step === 'number' ? `[${step + 1}]` : `.${String(step)}`)).join('');
  return name === '' ? 'the file' : name.slice(1);
}

/** A rule that asks for less than may be asked for would count as the floor; whoever wrote it must know. */
function checkRules(rules: readonly PolicyRule[], lineOf: LineOf): readonly Problem[] {
  const names = rules.map(({ name }) => name);
  return rules.flatMap((rule, index) => [
    ...(names.indexOf(rule.name) < index
      ? [
          {
            line: lineOf(['rules', index, 'name']),
            message: `rules[${index + 1}].name ${rule.name} is taken`,
          },
        ]
      : []),
    ...belowFloor(rule).map(({ field, message }) => ({
      line: lineOf(['rules', index, field]),
      message: `rules[${index + 1}].${field} ${message}`,
    })),
  ]);
}

function belowFloor({ scope, terms }: PolicyRule): readonly { field: string; message: string }[] {
  const named: readonly Risk[] = scope.risks ?? [];
  return named.flatMap((risk) => {
    const floor = floors[risk];
    const low = (['request', 'approve', 'run'] as const).filter((name) => {
      const given = terms[name];
      return given !== undefined && given !== 'nobody' && !hasRole(given, floor[name]);
    });
    return [
      ...low.map((field) => ({ field, message: `is below ${floor[field]}, the least for what is ${risk}` })),
      ...((terms.approvals ?? floor.approvals) < floor.approvals
        ? [{ field: 'approvals', message: `is below ${floor.approvals}, the least for what is ${risk}` }]
        : []),
      ...(terms.requesterApproves && risk === 'destructive'
        ? [
            {
              field: 'requester_approves',
              message: 'is never given for what is destructive; see single_operator',
            },
          ]
        : []),
    ];
  });
}

import { hasRole } from '#domain/person.ts';
import type { Policy, PolicyRule } from '#domain/policy/policy.ts';
import { floors } from '#domain/policy/policy.ts';
import type { Risk } from '#domain/risk/risk.ts';
import type { LineOf, Problem } from '../yaml-file/read-yaml.ts';
import { invalidYaml, readYamlAs } from '../yaml-file/read-yaml-as.ts';
import { policySchema, toPolicy } from './policy-schema.ts';

export type ReadPolicy =
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Reads the text of a policy.yaml. All that is wrong is told at once, in the order of the lines. */
export function readPolicy(source: string): ReadPolicy {
  const read = readYamlAs(source, policySchema, 'a policy');
  if (read.kind === 'invalid') return read;
  const policy = toPolicy(read.value);
  const problems = [
    ...checkRules(policy.rules, read.lineOf),
    ...namesTaken('tickets', policy.tickets, read.lineOf),
  ];
  return problems.length > 0 ? invalidYaml(problems) : { kind: 'policy', policy };
}

/** A rule that asks for less than may be asked for would count as the floor; whoever wrote it must know. */
function checkRules(rules: readonly PolicyRule[], lineOf: LineOf): readonly Problem[] {
  return [
    ...namesTaken('rules', rules, lineOf),
    ...rules.flatMap((rule, index) =>
      [...belowFloor(rule), ...seeWithoutEffect(rule)].map(({ field, message }) => ({
        line: lineOf(['rules', index, field]),
        message: `rules[${index + 1}].${field} ${message}`,
      })),
    ),
  ];
}

/** A rule is known by its name, in explanations and in the audit log. */
function namesTaken(
  part: 'rules' | 'tickets',
  rules: readonly { readonly name: string }[],
  lineOf: LineOf,
): readonly Problem[] {
  const names = rules.map(({ name }) => name);
  return names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [{ line: lineOf([part, index, 'name']), message: `${part}[${index + 1}].name ${name} is taken` }]
      : [],
  );
}

/** Whether a runbook is shown is asked before anybody knows on which host, and with what risk, it would run. */
function seeWithoutEffect({ scope, terms }: PolicyRule): readonly { field: string; message: string }[] {
  const asked = (['risks', 'environments', 'hosts'] as const).filter((name) => scope[name] !== undefined);
  if (terms.see === undefined || asked.length === 0) return [];
  const message = `has no effect beside ${asked.join(' and ')}: a runbook is shown or hidden before it has a host. Put see into a rule of its own, with runbooks or channels`;
  return [{ field: 'see', message }];
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

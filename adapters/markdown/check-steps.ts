import { findPlaceholders, misplacement } from '#domain/runbook/placeholders.ts';
import { parametersInText } from '#domain/runbook/render-given.ts';
import type { Parameter } from '#domain/runbook/runbook.ts';
import type { BuiltStep } from './build-steps.ts';
import type { ProblemList } from './problem-list.ts';

/** Tells what is wrong between steps and parameters: ids twice, names not declared, places that take no value. */
export function checkSteps(
  steps: readonly BuiltStep[],
  parameters: readonly Parameter[],
  problems: ProblemList,
): void {
  const seen = new Set<string>();
  for (const built of steps) {
    const { id, hostParameter } = built.step;
    if (seen.has(id))
      problems.errors.push({ line: built.line, message: `the step id "${id}" is used twice` });
    seen.add(id);
    if (parameters.find(({ name }) => name === hostParameter)?.type !== 'host') {
      const message = `"${hostParameter}" is not declared as a parameter of type host`;
      problems.errors.push({ line: built.line, message });
    }
    checkPlaceholders(built, parameters, problems);
    checkGiven(built, parameters, problems);
    checkUndone(built, steps, problems);
  }
}

function checkUndone(
  { step: { undoes = [] }, line }: BuiltStep,
  steps: readonly BuiltStep[],
  problems: ProblemList,
): void {
  const fixes = steps.flatMap(({ step: { id, kind } }) => (kind === 'remediation' ? [id] : []));
  for (const id of undoes.filter((one) => !fixes.includes(one)))
    problems.errors.push({ line, message: `"undoes": no step under Fix has the id "${id}"` });
}

function checkGiven(
  { step: { given }, line }: BuiltStep,
  parameters: readonly Parameter[],
  problems: ProblemList,
): void {
  for (const variable of given?.environment ?? []) {
    const names = 'text' in variable ? parametersInText(variable.text) : [];
    const unknown = names.find((name) => !parameters.some((one) => one.name === name));
    if (unknown === undefined) continue;
    const message = `"env": {{${unknown}}} in ${variable.name} is not declared as a parameter`;
    problems.errors.push({ line, message });
  }
}

function checkPlaceholders(
  { step, commandLine }: BuiltStep,
  parameters: readonly Parameter[],
  problems: ProblemList,
): void {
  for (const placeholder of findPlaceholders(step.command)) {
    const line = commandLine + step.command.slice(0, placeholder.start).split('\n').length - 1;
    const isDeclared = parameters.some(({ name }) => name === placeholder.name);
    if (!isDeclared)
      problems.errors.push({ line, message: `{{${placeholder.name}}} is not declared as a parameter` });
    const why = misplacement(placeholder);
    if (why) problems.errors.push({ line, message: `{{${placeholder.name}}} ${why}` });
  }
}

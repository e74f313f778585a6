import { normaliseProse } from '../runbook/prose.ts';
import type { Parameter, Runbook, RunbookStep } from '../runbook/runbook.ts';
import { type FoundParameters, findParameters } from '../runbook-from-case/find-parameters.ts';
import { type FromCase, runbookFromCase } from '../runbook-from-case/runbook-from-case.ts';
import type { Case } from '../solution.ts';
import type { Addition } from './add-steps.ts';

/**
 * Commands that people ran by hand as further steps of a runbook: those that no step of it runs, sorted and judged as
 * those of a case are. What the runbook asks for already is not asked for twice. `note` stands above each. Undefined where
 * nothing is left.
 */
export function stepsByHand(
  runbook: Runbook,
  commands: readonly string[],
  note: string,
  how: FromCase,
): Addition | undefined {
  const known = knownValues(runbook);
  const own = new Set(runbook.steps.map(({ command }) => command));
  const isNew = (command: string) =>
    !own.has(command) && !own.has(findParameters(command, new Map(known), how.hosts));
  const fresh = commands.filter(isNew);
  const made = runbookFromCase(caseOf(fresh), { ...how, known });
  if (made.steps.length === 0) return undefined;
  const taken = new Set(runbook.steps.map(({ id }) => id));
  const hostParameter = runbook.steps.at(-1)?.hostParameter ?? 'host';
  const steps = made.steps.map((step): RunbookStep => {
    const id = freeId(`by-hand-${step.id}`, taken);
    taken.add(id);
    return { ...step, id, hostParameter, notes: normaliseProse([note, step.notes]) };
  });
  const isAsked = ({ name }: Parameter) =>
    runbook.parameters.some((one) => one.name === name) || (name === 'host' && hostParameter !== 'host');
  return { steps, parameters: made.parameters.filter((one) => !isAsked(one)) };
}

/** By the value that stands for each: its default where it has one, else one that no command holds. */
function knownValues({ parameters }: Runbook): FoundParameters {
  return new Map(parameters.map((one): [string, Parameter] => [one.default ?? `\0${one.name}`, one]));
}

const caseOf = (commands: readonly string[]): Case => ({
  ...{ title: '', symptoms: '', rootCause: '', resolution: '', validation: '', owner: '' },
  ...{ tags: [], appliesTo: {}, steps: commands.map((command) => `$ ${command}\n(succeeded)`).join('\n') },
});

function freeId(stem: string, taken: ReadonlySet<string>): string {
  let id = stem;
  for (let number = 2; taken.has(id); number += 1) id = `${stem}-${number}`;
  return id;
}

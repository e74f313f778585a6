import { classifyCommand } from '../risk/classify-command.ts';
import type { CommandTree } from '../risk/command-tree.ts';
import type { Verdict } from '../risk/risk.ts';
import { bodyTextOf, normaliseParagraph, normaliseProse } from '../runbook/prose.ts';
import type { AppliesTo, Parameter, Runbook, RunbookStep, StepKind } from '../runbook/runbook.ts';
import { sectionTitles } from '../runbook/section-kind.ts';
import type { Case } from '../solution.ts';
import { leftOutNote, riskNote } from '../wording/from-case-notes.ts';
import { type CaseCommand, caseCommands } from './case-commands.ts';
import { type FoundParameters, findParameters, hasPlaceholders } from './find-parameters.ts';

/** What a case is made into a runbook with: how commands are read, and the names of the inventory. */
export interface FromCase {
  readonly parse: (text: string) => CommandTree;
  readonly hosts: ReadonlySet<string>;
  /** Parameters that there are already, by the value that they stand for. */
  readonly known?: FoundParameters;
}

const timeoutMs = 60_000;
const longestTitle = 120;

/**
 * A runbook as a draft for a person to complete: of the commands of a case those that did not fail, each once in a row.
 * What only reads is a check before the first change and a verification after the last one; hosts, paths and ids are
 * parameters. What is left out is named in the notes. Its prose is in normal form, so that it survives being written.
 */
export function runbookFromCase(past: Case, { parse, hosts, known = new Map() }: FromCase): Runbook {
  const told = caseCommands(past.steps ?? '');
  const taken = told.filter((one, index) => whyNot(one) === null && one.command !== told[index - 1]?.command);
  const verdicts = taken.map(({ command }) => classifyCommand(command, parse));
  const found: FoundParameters = new Map(known);
  const steps = inSections(taken, verdicts).map(
    ({ kind, number, command, verdict }): RunbookStep => ({
      ...{ kind, timeoutMs, exitCodes: [0], hostParameter: 'host' },
      notes: normaliseParagraph(riskNote(verdict)),
      id: `${sectionTitles[kind].toLowerCase()}-${number}`,
      title: titleOf(command),
      command: findParameters(command, found, hosts),
    }),
  );
  const host: Parameter = { name: 'host', type: 'host', description: '' };
  const head = headOf(past);
  const leftOut = told.flatMap((one) => {
    const why = whyNot(one);
    return why === null ? [] : [leftOutNote(one.command, why)];
  });
  const parts = {
    ...head,
    notes: normaliseProse([head.notes, ...leftOut].flatMap((text) => text.split('\n\n'))),
    parameters:
      steps.length === 0 ? [] : [host, ...usedIn(steps, found).filter(({ name }) => name !== 'host')],
    steps,
  };
  return { ...parts, bodyText: bodyTextOf(parts) };
}

/** Why a command of a case cannot be a step as it is; null when it can. */
function whyNot({ command, state }: CaseCommand): string | null {
  if (state !== null && state !== 'succeeded') return `it ended ${state}`;
  if (command.includes('[redacted]')) return 'it held a secret; name one with "env" instead';
  return hasPlaceholders(command) ? 'it holds what reads as a placeholder' : null;
}

/** A value may be found that no command could take as one word. */
const usedIn = (steps: readonly RunbookStep[], found: FoundParameters): readonly Parameter[] =>
  [...found.values()].filter(({ name }) => steps.some(({ command }) => command.includes(`{{${name}}}`)));

interface Placed {
  readonly kind: StepKind;
  /** From 1, within its section. */
  readonly number: number;
  readonly command: string;
  readonly verdict: Verdict;
}

function inSections(commands: readonly CaseCommand[], verdicts: readonly Verdict[]): readonly Placed[] {
  const changes = verdicts.map(({ risk }) => risk !== 'read-only');
  const kinds = commands.map((_, index) => kindOf(index, changes));
  return commands.flatMap(({ command }, index) => {
    const [kind, verdict] = [kinds[index], verdicts[index]];
    if (!kind || !verdict) return [];
    const number = kinds.slice(0, index + 1).filter((one) => one === kind).length;
    return [{ kind, number, command, verdict }];
  });
}

function kindOf(index: number, changes: readonly boolean[]): StepKind {
  const firstChange = changes.indexOf(true);
  if (firstChange === -1 || index < firstChange) return 'diagnostic';
  return index > changes.lastIndexOf(true) ? 'validation' : 'remediation';
}

const titleOf = (command: string): string =>
  normaliseParagraph(command.split('\n')[0] ?? '')
    .slice(0, longestTitle)
    .trim()
    .toWellFormed() || 'Run';

function headOf(past: Case) {
  const prose = (label: string, text: string) => {
    const [first = '', ...rest] = text.split(/\n\s*\n/).map(normaliseParagraph);
    return first === '' ? [] : [`${label}: ${first}`, ...rest];
  };
  return {
    title: normaliseParagraph(past.title) || 'Runbook',
    lead: normaliseProse([...past.symptoms.split(/\n\s*\n/), ...prose('Cause', past.rootCause)]),
    notes: normaliseProse([
      ...prose('What fixed it', past.resolution),
      ...prose('How it was checked', past.validation),
    ]),
    otherText: '',
    appliesTo: labelsOf(past.appliesTo),
    tags: past.tags.map(normaliseParagraph).filter((tag) => tag !== ''),
    owner: normaliseParagraph(past.owner),
    alerts: [],
  };
}

function labelsOf({ os, application, service, environment, hostGroup }: AppliesTo): AppliesTo {
  const named = Object.entries({ os, application, service, hostGroup }).map(
    ([label, text]) => [label, normaliseParagraph(text ?? '')] as const,
  );
  const environments = (environment ?? []).map(normaliseParagraph).filter((one) => one !== '');
  return {
    ...Object.fromEntries(named.filter(([, text]) => text !== '')),
    ...(environments.length === 0 ? {} : { environment: environments }),
  };
}

import { mayAskForRetry } from '#domain/run/tries.ts';
import type { RunbookStep, StepKind } from '#domain/runbook/runbook.ts';
import { sectionTitles } from '#domain/runbook/section-kind.ts';
import { consoleCommands } from './console-commands.ts';
import { assignedVariables, importPlaceholders } from './import-placeholders.ts';
import type { ProblemList } from './problem-list.ts';
import { readAttributes, type StepAttributes } from './read-attributes.ts';
import type { RawStep } from './read-sections.ts';

/** Steps with the lines at which they stand, for what is checked afterwards. */
export interface BuiltStep {
  readonly step: RunbookStep;
  readonly line: number;
  /** The line at which the command begins. */
  readonly commandLine: number;
}

/** What the fences became; `imported` are the parameters found in a hand-written runbook. */
export interface BuiltSteps {
  readonly steps: readonly BuiltStep[];
  readonly imported: readonly string[];
}

/**
 * Makes steps of fences. In a runbook that was written for something else (`isImport`) placeholders become
 * parameters, and attributes that mean nothing here are only told.
 */
export function buildSteps(raw: readonly RawStep[], isImport: boolean, problems: ProblemList): BuiltSteps {
  const read = raw.map((step) => ({
    raw: step,
    command: commandOf(step),
    attributes: attributesOf(step, isImport, problems),
  }));
  const assigned = new Set(
    read.flatMap(({ command, attributes: { given } }) => [
      ...assignedVariables(command),
      ...(given?.environment ?? []).map(({ name }) => name),
    ]),
  );
  const nextId = idMaker(read.flatMap(({ attributes }) => attributes.id ?? []));
  const imported = new Set<string>();
  const steps = read.map(({ raw: { kind, title, notes, line, fence }, command, attributes }) => {
    const parameters = isImport ? importPlaceholders(command, assigned) : { command, names: [] };
    for (const name of parameters.names) imported.add(name);
    const { id = nextId(kind), ...rest } = attributes;
    return {
      step: { id, kind, title, notes, command: parameters.command, ...rest },
      line,
      commandLine: fence.contentLine,
    };
  });
  return { steps, imported: [...imported] };
}

function commandOf({ fence }: RawStep): string {
  const isTranscript = fence.language === 'console' || /^\$ \S/.test(fence.content);
  const command = isTranscript ? consoleCommands(fence.content) : fence.content;
  return command.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}

function attributesOf(
  { fence, line, kind }: RawStep,
  isImport: boolean,
  problems: ProblemList,
): StepAttributes {
  if (!fence.isClosed) {
    problems.errors.push({
      line,
      message: 'this fence is left open; close it with the same marks on a line of their own',
    });
  }
  if (fence.content.trim() === '') problems.errors.push({ line, message: 'this step has no command' });
  const list = isImport ? problems.warnings : problems.errors;
  const attributes = readAttributes(fence.info, (message) => list.push({ line, message }));
  return withoutMisplaced(attributes, kind, (message) => list.push({ line, message }));
}

/** What means something in other sections alone is told and left out. */
function withoutMisplaced(
  { retry, undoes, ...attributes }: StepAttributes,
  kind: StepKind,
  tell: (message: string) => void,
): StepAttributes {
  const mayRetry = mayAskForRetry(kind);
  const mayUndo = kind === 'rollback';
  const place = `cannot stand in a step under ${sectionTitles[kind]}`;
  if (retry !== undefined && !mayRetry)
    tell(`"retry" ${place}: what changes a host is run again by a person only`);
  if (undoes !== undefined && !mayUndo)
    tell(`"undoes" ${place}: what undoes a fix stands under ${sectionTitles.rollback}`);
  return {
    ...attributes,
    ...(retry !== undefined && mayRetry && { retry }),
    ...(undoes !== undefined && mayUndo && { undoes }),
  };
}

/** Ids for steps that have none: `check-1`, `fix-2`, never one that is taken. */
function idMaker(taken: readonly string[]): (kind: StepKind) => string {
  const used = new Set(taken);
  return (kind) => {
    const stem = sectionTitles[kind].toLowerCase();
    let number = 1;
    while (used.has(`${stem}-${number}`)) number += 1;
    used.add(`${stem}-${number}`);
    return `${stem}-${number}`;
  };
}

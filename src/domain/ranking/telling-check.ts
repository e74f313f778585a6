import { findPlaceholders } from '../runbook/placeholders.ts';
import { quoteWord } from '../runbook/quote-word.ts';
import { renderCommand } from '../runbook/render-command.ts';
import type { Parameter, Runbook } from '../runbook/runbook.ts';
import type { SolutionContent } from '../solution.ts';
import { diagnosticsOf } from './compare-causes.ts';

/** What to look at to see whether a solution's cause is the one at hand. It changes nothing. */
export type TellingCheck =
  /** `command` has the defaults filled in; `{{name}}` stands where somebody must give a value. */
  | {
      readonly kind: 'command';
      readonly what: string;
      readonly command: string;
      /** A regular expression that the output has when this is the cause; null when the runbook names none. */
      readonly expect: string | null;
    }
  | { readonly kind: 'text'; readonly text: string };

/** Whether a command changes nothing and may be shown to everybody. */
export type JudgeCommand = (command: string) => boolean;

/** A runbook's first diagnostic step that only reads, or what a case was checked by; null when there is none. */
export function tellingCheck(content: SolutionContent, isReadOnly: JudgeCommand): TellingCheck | null {
  if (content.kind === 'case') {
    const text = content.case.validation;
    return text === '' ? null : { kind: 'text', text };
  }
  const { runbook } = content;
  const step = diagnosticsOf(runbook).find(({ command }) => {
    const rendered = renderCommand(command, sampleValues(runbook));
    return rendered.kind === 'rendered' && isReadOnly(rendered.command);
  });
  if (!step) return null;
  const command = fillDefaults(step.command, runbook);
  return { kind: 'command', what: step.title, command, expect: step.expect ?? null };
}

/** A command is judged with its values in place; any of the parameter's type will do. */
function sampleValues({ parameters }: Runbook): Readonly<Record<string, string>> {
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, sampleValue(parameter)]));
}

function sampleValue(parameter: Parameter): string {
  if (parameter.default !== undefined) return parameter.default;
  switch (parameter.type) {
    case 'host':
    case 'string':
      return 'some';
    case 'path':
      return '/some';
    case 'int':
      return String(parameter.min ?? parameter.max ?? 1);
    case 'enum':
      return parameter.values[0] ?? 'some';
    case 'duration':
      return '1h';
    default:
      return parameter satisfies never;
  }
}

function fillDefaults(command: string, { parameters }: Runbook): string {
  const defaults = new Map(parameters.map(({ name, default: value }) => [name, value]));
  return findPlaceholders(command).reduceRight((text, { name, start, end }) => {
    const value = defaults.get(name);
    return value === undefined ? text : text.slice(0, start) + quoteWord(value) + text.slice(end);
  }, command);
}

import { bodyTextOf, normaliseParagraph } from '#domain/runbook/prose.ts';
import type { Parameter, Runbook } from '#domain/runbook/runbook.ts';
import { inOrderOfUndoing } from '#domain/runbook/undoing.ts';
import type { BuiltStep } from './build-steps.ts';

/** Values of parameters that an import found: one shell word each, so anything without blanks will do. */
const importedPattern = '\\S+';

/** Puts the parts together and derives the text for search. */
export function assemble(parts: Omit<Runbook, 'steps' | 'bodyText'>, built: readonly BuiltStep[]): Runbook {
  const steps = inOrderOfUndoing(built.map(({ step }) => step));
  return { ...parts, steps, bodyText: bodyTextOf({ ...parts, steps }) };
}

/** A parameter that nobody described. */
export function importedParameter(name: string): Parameter {
  return { name, type: 'string', pattern: importedPattern, description: '' };
}

/** Every step runs somewhere: the parameter `host` is there even when nobody declared it. */
export function withHost(
  parameters: readonly Parameter[],
  steps: readonly BuiltStep[],
): readonly Parameter[] {
  const isNeeded = steps.some(({ step }) => step.hostParameter === 'host');
  if (!isNeeded || parameters.some(({ name }) => name === 'host')) return parameters;
  return [{ name: 'host', type: 'host', description: '' }, ...parameters];
}

/** `disk-full.md` → `disk full`. */
export function titleFromFileName(fileName: string): string {
  const base = fileName.slice(fileName.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return normaliseParagraph(base.replace(/[-_]+/g, ' ')) || 'Runbook';
}

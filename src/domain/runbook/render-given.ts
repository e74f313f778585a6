import { ownValue } from '../text/own-value.ts';
import { type Given, type GivenVariable, nothingGiven } from './given.ts';
import type { RunbookStep } from './runbook.ts';

/** What a step is given with the values of its run, or the parameter that has none. */
export type RenderedGiven =
  | { readonly kind: 'rendered'; readonly given: Given }
  | { readonly kind: 'refused'; readonly parameter: string; readonly why: string };

/** A name between double braces; any other brace is text. No shell reads a value, so it may stand anywhere in one. */
const placeholder = /\{\{[ \t]*([A-Za-z_]\w*)[ \t]*\}\}/g;

/** The parameters that a text of the environment names. */
export function parametersInText(text: string): readonly string[] {
  return Array.from(text.matchAll(placeholder), ([, name = '']) => name);
}

/** Puts values into what a step is given; secrets stay names. */
export function renderGiven(
  { given = nothingGiven }: Pick<RunbookStep, 'given'>,
  values: Readonly<Record<string, string>>,
): RenderedGiven {
  const texts = given.environment.flatMap((variable) => ('text' in variable ? [variable.text] : []));
  const missing = texts.flatMap(parametersInText).find((name) => ownValue(values, name) === undefined);
  if (missing !== undefined) return { kind: 'refused', parameter: missing, why: 'has no value' };
  const environment = given.environment.map((variable) => fillIn(variable, values));
  return { kind: 'rendered', given: { ...given, environment } };
}

function fillIn(variable: GivenVariable, values: Readonly<Record<string, string>>): GivenVariable {
  if (!('text' in variable)) return variable;
  const text = variable.text.replace(placeholder, (_all, name: string) => ownValue(values, name) ?? '');
  return { name: variable.name, text };
}

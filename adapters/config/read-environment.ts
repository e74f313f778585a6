import { nearestName } from '#domain/text/nearest-name.ts';
import { isVariable, type Values, type VariableName, variable, variables } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One thing that is wrong, as a sentence without its full stop, and a value that would be right. */
export interface Problem {
  readonly name: string;
  readonly what: string;
  readonly example: string | null;
}

export interface ReadEnvironment {
  readonly values: Values;
  readonly problems: readonly Problem[];
}

/** First step: each variable by itself. All that is wrong is collected; a wrong value is left out of `values`. */
export function readEnvironment(environment: Environment): ReadEnvironment {
  const names = Object.keys(variables).filter(isVariable);
  const read = names.flatMap((name) => readVariable(name, environment[name]));
  return {
    values: Object.fromEntries(read.flatMap((one) => ('value' in one ? [[one.name, one.value]] : []))),
    problems: [...read.flatMap((one) => ('what' in one ? [one] : [])), ...findUnknown(environment)],
  };
}

type ReadVariable = { readonly name: VariableName; readonly value: unknown } | Problem;

function readVariable(name: VariableName, raw: string | undefined): readonly ReadVariable[] {
  const text = raw?.trim() ?? '';
  if (text === '') return [];
  const { schema, example, secret } = variable(name);
  const result = schema.safeParse(text);
  if (result.success) return [{ name, value: result.data }];
  const shown = secret ? '' : ` (it is '${text.slice(0, 100)}')`;
  return [{ name, what: `${result.error.issues[0]?.message ?? 'is wrong'}${shown}`, example }];
}

/** A name of ours that nobody reads is a typing error. RECOURSE_TEST_… belongs to the test suite. */
function findUnknown(environment: Environment): readonly Problem[] {
  return Object.keys(environment)
    .filter((name) => /^RECOURSE_(?!TEST_)/.test(name) && !isVariable(name))
    .map((name) => {
      const meant = nearestName(name, Object.keys(variables));
      return { name, what: `is not a setting${meant ? `; did you mean ${meant}?` : ''}`, example: null };
    });
}

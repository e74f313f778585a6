import { isSecretName, secretNameForm } from '#domain/credential.ts';
import { environmentNameProblem } from '#domain/runbook/environment-name.ts';
import {
  type GivenInput,
  type GivenValue,
  type GivenVariable,
  stepSecretPrefix,
} from '#domain/runbook/given.ts';

type Tell = (message: string) => void;

/** More is not read by whoever approves. */
const mostVariables = 20;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `"env"`: the variables that a step is given, by name, and nothing else of the environment. */
export function readEnvironment(value: unknown, tell: Tell): readonly GivenVariable[] {
  if (!isRecord(value)) {
    tell('"env" must be an object of names and values, such as {"PGHOST":"{{host}}"}');
    return [];
  }
  const names = Object.keys(value).sort();
  if (names.length > mostVariables) tell(`"env" has more than ${mostVariables} variables`);
  return names.flatMap((name): readonly GivenVariable[] => {
    const problem = environmentNameProblem(name);
    if (problem !== null) tell(`"env": ${problem}`);
    const read = readValue(value[name], (message) => tell(`"env": ${name} ${message}`));
    return read === null || problem !== null ? [] : [{ name, ...read }];
  });
}

function readValue(value: unknown, tell: Tell): GivenValue | null {
  if (isRecord(value)) return readSecret(value, tell);
  if (typeof value !== 'string') {
    tell('must be a text, or a secret as {"secret":"runbooks/NAME"}');
    return null;
  }
  if (value.length <= 1024 && !/\p{Cc}/u.test(value) && value.isWellFormed()) return { text: value };
  tell('must not be longer than 1024 characters, and has no line breaks or other control characters');
  return null;
}

/** What opens hosts is a secret too, so the names that a runbook may name are set apart. */
function readSecret(
  value: Readonly<Record<string, unknown>>,
  tell: Tell,
): { readonly secret: string } | null {
  const { secret, ...others } = value;
  if (typeof secret !== 'string' || Object.keys(others).length > 0)
    tell('must name its secret as {"secret":"runbooks/NAME"}, and nothing else');
  else if (!isSecretName(secret)) tell(`must name a secret; ${secretNameForm}`);
  else if (!secret.startsWith(stepSecretPrefix))
    tell(`must name a secret under ${stepSecretPrefix}; others are not for steps`);
  else return { secret };
  return null;
}

/** `"stdin"`: the secret that the command reads from its standard input. */
export function readStandardInput(value: unknown, tell: Tell): GivenInput | null {
  const read = isRecord(value) ? readSecret(value, (message) => tell(`"stdin" ${message}`)) : null;
  if (!isRecord(value)) tell('"stdin" must be a secret, as {"secret":"runbooks/NAME"}');
  return read && { descriptor: 0, ...read };
}

/** `"fd"`: the one file descriptor from which the command reads a secret. */
export function readDescriptor(value: unknown, tell: Tell): GivenInput | null {
  const [only, ...others] = isRecord(value) ? Object.entries(value) : [];
  if (!only || others.length > 0 || !/^[3-9]$/.test(only[0]) || !isRecord(only[1])) {
    tell('"fd" must be one descriptor from 3 to 9 with its secret, as {"3":{"secret":"runbooks/NAME"}}');
    return null;
  }
  const read = readSecret(only[1], (message) => tell(`"fd" ${message}`));
  return read && { descriptor: Number(only[0]), ...read };
}

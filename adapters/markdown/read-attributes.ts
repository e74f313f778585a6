import { mostFailures, mostParallel } from '#domain/run/fan-out.ts';
import { longestHoldMs, type Retry, wholeMs } from '#domain/run/retry.ts';
import { type Given, nothingGiven } from '#domain/runbook/given.ts';
import { parseDuration } from '#domain/runbook/parse-duration.ts';
import type { RunbookStep } from '#domain/runbook/runbook.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { readDescriptor, readEnvironment, readStandardInput } from './read-given.ts';
import { isRegularExpression } from './read-parameters.ts';
import { readRetry } from './read-retry.ts';

/** What the JSON behind a fence's language says; everything is optional there. */
export interface StepAttributes {
  readonly id?: string;
  readonly timeoutMs: number;
  readonly expect?: string;
  readonly exitCodes: readonly number[];
  readonly hostParameter: string;
  readonly given?: Given;
  readonly parallel?: number;
  readonly maxFailures?: number;
  readonly retry?: Retry;
  readonly undoes?: readonly string[];
}

/** Tells a problem of the fence's first line. */
type Tell = (message: string) => void;

const defaults: StepAttributes = { timeoutMs: 60_000, exitCodes: [0], hostParameter: 'host' };

/** What one attribute says; what a step is given stands in several. */
type Read = Partial<Omit<StepAttributes, 'given'> & Given>;

type AttributeReader = (value: unknown, tell: Tell) => Read;

const readers: Readonly<Record<string, AttributeReader>> = {
  id: (value, tell) => {
    if (isId(value)) return { id: value };
    tell('"id" must be made of lower-case letters, digits and dashes');
    return {};
  },
  timeout: (value, tell) => {
    const timeoutMs = typeof value === 'string' ? parseDuration(value) : null;
    if (timeoutMs !== null && timeoutMs <= longestHoldMs) return { timeoutMs };
    tell('bad duration in "timeout"; write for example "30s" or "5m", at most "23h"');
    return {};
  },
  expect: (value, tell) => {
    if (typeof value === 'string' && isRegularExpression(value)) return { expect: value };
    tell('"expect" is not a regular expression');
    return {};
  },
  exit: (value, tell) => {
    if (Array.isArray(value) && value.length > 0 && value.every(isExitCode)) return { exitCodes: value };
    tell('"exit" must be a list of exit codes from 0 to 255, such as [0, 1]');
    return {};
  },
  host: (value, tell) => {
    if (typeof value === 'string' && /^[A-Za-z_]\w*$/.test(value)) return { hostParameter: value };
    tell('"host" must be the name of a host parameter');
    return {};
  },
  env: (value, tell) => ({ environment: readEnvironment(value, tell) }),
  stdin: (value, tell) => ({ input: readStandardInput(value, tell) }),
  fd: (value, tell) => ({ input: readDescriptor(value, tell) }),
  parallel: (value, tell) => {
    if (isCount(value, mostParallel)) return { parallel: value };
    tell(`"parallel" must be a number of hosts from 1 to ${mostParallel}; more are not worked on at a time`);
    return {};
  },
  max_failures: (value, tell) => {
    if (isCount(value, mostFailures)) return { maxFailures: value };
    tell(`"max_failures" must be a number of hosts from 1 to ${mostFailures}`);
    return {};
  },
  retry: readRetry,
  undoes: (value, tell) => {
    const ids: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (ids.length > 0 && ids.every(isId)) return { undoes: [...new Set(ids)] };
    tell('"undoes" must be the id of a step under Fix, or a list of them');
    return {};
  },
};

const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z0-9][a-z0-9-]{0,63}$/.test(value);

const isCount = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;

function isExitCode(code: unknown): code is RunbookStep['exitCodes'][number] {
  return typeof code === 'number' && Number.isInteger(code) && code >= 0 && code <= 255;
}

/** Reads the text behind the language; every problem is told, and what is wrong keeps its default. */
export function readAttributes(text: string, tell: Tell): StepAttributes {
  if (text.trim() === '') return defaults;
  const json = parseObject(text);
  if (!json) {
    tell('the attributes are not a JSON object, such as {"id":"usage","timeout":"30s"}');
    return defaults;
  }
  const read = Object.entries(json).map(([key, value]) => {
    const reader = ownValue(readers, key);
    if (reader) return reader(value, tell);
    tell(`unknown attribute "${key}"; known are ${Object.keys(readers).join(', ')}`);
    return {};
  });
  if ('stdin' in json && 'fd' in json) tell('"stdin" and "fd" cannot stand together: one secret is read');
  const { environment, input, ...rest }: Read = Object.assign({}, ...read);
  const attributes = { ...defaults, ...rest, ...givenBy(environment, input) };
  if (wholeMs(attributes.timeoutMs, attributes.retry ?? null) > longestHoldMs)
    tell('all tries of "retry" with their "timeout" take more than 23h together');
  return attributes;
}

/** Absent when it is nothing, as in a runbook that says nothing of it. */
function givenBy(
  environment: Given['environment'] = nothingGiven.environment,
  input: Given['input'] = null,
): Pick<StepAttributes, 'given'> {
  return environment.length === 0 && input === null ? {} : { given: { environment, input } };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

import { parseDuration } from '#domain/runbook/parse-duration.ts';
import type { RunbookStep } from '#domain/runbook/runbook.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { isRegularExpression } from './read-parameters.ts';

/** What the JSON behind a fence's language says; everything is optional there. */
export interface StepAttributes {
  readonly id?: string;
  readonly timeoutMs: number;
  readonly expect?: string;
  readonly exitCodes: readonly number[];
  readonly hostParameter: string;
}

/** Tells a problem of the fence's first line. */
type Tell = (message: string) => void;

const defaults: StepAttributes = { timeoutMs: 60_000, exitCodes: [0], hostParameter: 'host' };

/** No step may hold a host longer. */
const longestTimeoutMs = 24 * 60 * 60 * 1000;

type AttributeReader = (value: unknown, tell: Tell) => Partial<StepAttributes>;

const readers: Readonly<Record<string, AttributeReader>> = {
  id: (value, tell) => {
    if (typeof value === 'string' && /^[a-z0-9][a-z0-9-]{0,63}$/.test(value)) return { id: value };
    tell('"id" must be made of lower-case letters, digits and dashes');
    return {};
  },
  timeout: (value, tell) => {
    const timeoutMs = typeof value === 'string' ? parseDuration(value) : null;
    if (timeoutMs !== null && timeoutMs <= longestTimeoutMs) return { timeoutMs };
    tell('bad duration in "timeout"; write for example "30s" or "5m", at most "24h"');
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
};

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
  return Object.assign({}, defaults, ...read);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

import { groupOf } from '../host-group.ts';
import type { MatchWhole } from '../text/match.ts';
import { parseDuration } from './parse-duration.ts';
import type { Parameter } from './runbook.ts';

/** Whether a text may stand for a parameter, and if not, a sentence that says why. */
export type ParameterCheck =
  | { readonly kind: 'valid'; readonly value: string }
  | { readonly kind: 'invalid'; readonly why: string };

/** Nothing that a person types into a form is longer. */
const longest = 1024;

/**
 * Judges a value for a parameter by the parameter's type. Blanks around it are dropped except for strings.
 * NUL and line breaks are refused for every type; a leading `-` is judged where the value is used.
 */
export function checkParameterValue(
  parameter: Parameter,
  raw: string,
  matchWhole: MatchWhole,
): ParameterCheck {
  const value = parameter.type === 'string' ? raw : raw.trim();
  const why = commonProblem(value) ?? typeProblem(parameter, value, matchWhole);
  return why === null ? { kind: 'valid', value } : { kind: 'invalid', why };
}

function commonProblem(value: string): string | null {
  if (value === '') return 'it must not be empty';
  if (value.length > longest) return `it must not be longer than ${longest} characters`;
  if (/\p{Cc}/u.test(value)) return 'it must not contain line breaks or other control characters';
  if (!value.isWellFormed()) return 'it is not well-formed text';
  return null;
}

function typeProblem(parameter: Parameter, value: string, matchWhole: MatchWhole): string | null {
  switch (parameter.type) {
    case 'host':
      return unless(
        groupOf(value) !== undefined || isHost(value),
        'it must be the name of a host, such as web-01, or of a group, such as group:web',
      );
    case 'path':
      return unless(isPath(value), 'it must be an absolute path without "..", such as /var/log');
    case 'int':
      return intProblem(parameter, value);
    case 'enum':
      return unless(parameter.values.includes(value), `it must be one of ${parameter.values.join(', ')}`);
    case 'duration':
      return unless(parseDuration(value) !== null, 'it must be a duration, such as 30s, 5m or 7d');
    case 'string':
      return patternProblem(parameter.pattern, value, matchWhole);
    default:
      return parameter satisfies never;
  }
}

function unless(isFine: boolean, why: string): string | null {
  return isFine ? null : why;
}

/** Host names by RFC 1123 with the underscore that inventories use, IPv4, and IPv6 with an optional zone. */
function isHost(value: string): boolean {
  if (value.length > 253) return false;
  return (
    /^[A-Za-z0-9_](?:[\w.-]*\w)?$/.test(value) || /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]+(?:%[\w.-]+)?$/.test(value)
  );
}

function isPath(value: string): boolean {
  return value.startsWith('/') && !value.split('/').includes('..');
}

function intProblem(
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
  value: string,
): string | null {
  // A leading zero would make it octal in some programs.
  if (!/^-?(?:0|[1-9]\d{0,14})$/.test(value)) return 'it must be a whole number';
  const number = Number(value);
  if (min !== undefined && number < min) return `it must be at least ${min}`;
  if (max !== undefined && number > max) return `it must be at most ${max}`;
  return null;
}

/** What cannot be decided is not taken: the pattern is what keeps the author's command safe. */
function patternProblem(pattern: string, value: string, matchWhole: MatchWhole): string | null {
  try {
    const match = matchWhole(pattern, value);
    if (match === 'undecided')
      return `whether it matches ${pattern} takes too long to find out; give the runbook a simpler pattern`;
    return unless(match === 'found', `it must match ${pattern}`);
  } catch {
    return `it must match ${pattern}`;
  }
}

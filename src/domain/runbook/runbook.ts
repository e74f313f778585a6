import type { Context } from '../context.ts';
import type { Retry } from '../run/retry.ts';
import type { Given } from './given.ts';

/** What a step is for; the section it stands in says so. */
export type StepKind = 'diagnostic' | 'remediation' | 'validation' | 'rollback';

/** All kinds in the order in which a run goes through them. */
export const stepKinds = [
  'diagnostic',
  'remediation',
  'validation',
  'rollback',
] as const satisfies readonly StepKind[];

/** One command on one host. */
export interface RunbookStep {
  /** Unique within the runbook; lower-case letters, digits and dashes. */
  readonly id: string;
  readonly kind: StepKind;
  /** What the step shows or does and what to look for: the paragraph before the command, plain text. */
  readonly title: string;
  /** Further paragraphs before the title, plain text, blank lines between them; often empty. */
  readonly notes: string;
  /** Shell text with `{{parameter}}` placeholders, each of which becomes exactly one word. */
  readonly command: string;
  readonly timeoutMs: number;
  /** A JavaScript regular expression that must be found in the standard output; absent means anything will do. */
  readonly expect?: string;
  /** Exit codes that count as success. */
  readonly exitCodes: readonly number[];
  /** Name of the host parameter that says where the command runs. */
  readonly hostParameter: string;
  /** What it gets beside its command; absent means nothing. */
  readonly given?: Given;
  /** Over a group of hosts: how many at a time after the first, and how many failures end it. */
  readonly parallel?: number;
  readonly maxFailures?: number;
  /** Asked for; it is granted to what only reads. */
  readonly retry?: Retry;
  /** Of the rollback: ids of the fixes that it undoes; absent means that it is for the whole. */
  readonly undoes?: readonly string[];
}

interface ParameterBase {
  readonly name: string;
  readonly description: string;
  /** The value when nobody gives one; without it the parameter is required. */
  readonly default?: string;
}

/** A name of a host in the inventory, or `group:NAME` for all hosts of a group. */
interface HostParameter extends ParameterBase {
  readonly type: 'host';
}

/** An absolute path without `..`. */
interface PathParameter extends ParameterBase {
  readonly type: 'path';
}

/** A decimal integer, bounds included. */
interface IntParameter extends ParameterBase {
  readonly type: 'int';
  readonly min?: number;
  readonly max?: number;
}

/** One of a list. */
interface EnumParameter extends ParameterBase {
  readonly type: 'enum';
  readonly values: readonly string[];
}

/** `30s`, `5m`, `1h30m`, `7d`. */
interface DurationParameter extends ParameterBase {
  readonly type: 'duration';
}

/** Text that a JavaScript regular expression matches from end to end. */
interface StringParameter extends ParameterBase {
  readonly type: 'string';
  readonly pattern: string;
}

export type Parameter =
  | HostParameter
  | PathParameter
  | IntParameter
  | EnumParameter
  | DurationParameter
  | StringParameter;

export type ParameterType = Parameter['type'];

/** Which systems a runbook is for; an absent label fits any. */
export type AppliesTo = Context;

/** A reviewed, executable solution. */
export interface Runbook {
  readonly title: string;
  /** Prose before the first section (symptoms, causes), plain text, blank lines between paragraphs. */
  readonly lead: string;
  /** Prose that belongs to no step, plain text. */
  readonly notes: string;
  /** Headings and code of an imported page that are no part of a step or section, for search; often empty. */
  readonly otherText: string;
  /** All prose as plain text, for search: lead, notes and titles of the steps, notes. */
  readonly bodyText: string;
  readonly appliesTo: AppliesTo;
  readonly tags: readonly string[];
  /** Who keeps it, as written (`@sre`); empty when nobody is named. */
  readonly owner: string;
  readonly reviewEveryDays?: number;
  /** Exact names of the alerts that this runbook answers. */
  readonly alerts: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly steps: readonly RunbookStep[];
}

import type { Context } from '../context.ts';

export const stepKinds = ['diagnostic', 'remediation', 'validation', 'rollback'] as const;
export type StepKind = (typeof stepKinds)[number];

/** A typed parameter of a runbook. Its value is always exactly one shell word. `default` is null when it must be given. */
export type Parameter = {
  readonly name: string;
  readonly description: string;
  readonly default: string | null;
} & (
  | { readonly type: 'host' }
  | { readonly type: 'path' }
  | { readonly type: 'int'; readonly min: number | null; readonly max: number | null }
  | { readonly type: 'enum'; readonly values: readonly string[] }
  | { readonly type: 'duration' }
  | { readonly type: 'string'; readonly pattern: string | null }
);

/** One fence of a runbook: a command template with `{{name}}` for parameters. */
export interface RunbookStep {
  readonly id: string;
  readonly kind: StepKind;
  /** The paragraph before the fence: what it shows and what to look for. */
  readonly title: string;
  readonly command: string;
  readonly timeoutMs: number;
  /** A regular expression that stdout must match, or null. */
  readonly expect: string | null;
  readonly exitCodes: readonly number[];
  /** The name of the host parameter that says where the step runs. */
  readonly hostParameter: string;
}

/** A reviewed, versioned, executable solution, as read from Markdown. */
export interface Runbook {
  readonly title: string;
  readonly appliesTo: Context;
  readonly tags: readonly string[];
  readonly owner: string;
  readonly reviewEveryDays: number | null;
  /** Exact names of alerts that this runbook answers. */
  readonly alerts: readonly string[];
  readonly parameters: readonly Parameter[];
  /** Prose before the first section, as plain text. */
  readonly lead: string;
  /** All prose, as plain text, for search. */
  readonly bodyText: string;
  readonly steps: readonly RunbookStep[];
}

import type { FailureCause } from '../failure/failure.ts';
import { normaliseParagraph } from '../runbook/prose.ts';
import { type StepKind, stepKinds } from '../runbook/runbook.ts';

/** A step as a model proposes it: text, and nothing that is believed. */
export interface ModelStep {
  readonly kind: StepKind;
  readonly title: string;
  readonly command: string;
}

export interface ModelView {
  readonly cause: Exclude<FailureCause, 'human-stop'>;
  readonly why: string;
  readonly steps: readonly ModelStep[];
}

const causes = [
  'environment',
  'permission',
  'wrong-target',
  'runbook-insufficient',
  'flaky',
] as const satisfies readonly ModelView['cause'][];

const most = { why: 300, steps: 3, title: 200, command: 1_000 } as const;

const text = (longest: number) => ({ type: 'string', maxLength: longest });

/** What a model is asked to answer with, as JSON schema. */
export const modelViewSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['cause', 'why', 'steps'],
  properties: {
    cause: { enum: causes },
    why: text(most.why),
    steps: {
      type: 'array',
      maxItems: most.steps,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'title', 'command'],
        properties: { kind: { enum: stepKinds }, title: text(most.title), command: text(most.command) },
      },
    },
  },
} as const;

/**
 * What a model answered, where it is what it was asked for; undefined else. Steps that are no such thing are left out, and
 * so are all where the runbook is not what it blames.
 */
export function readModelView(value: unknown): ModelView | undefined {
  const cause = causes.find((known) => known === field(value, 'cause'));
  const why = textOf(field(value, 'why'), most.why);
  if (cause === undefined || why === undefined) return undefined;
  const steps = field(value, 'steps');
  const isAboutSteps = cause === 'runbook-insufficient' && Array.isArray(steps);
  return {
    cause,
    why: normaliseParagraph(why),
    steps: isAboutSteps ? steps.slice(0, most.steps).flatMap(readStep) : [],
  };
}

function readStep(value: unknown): readonly ModelStep[] {
  const kind = stepKinds.find((known) => known === field(value, 'kind'));
  const title = textOf(field(value, 'title'), most.title);
  const command = textOf(field(value, 'command'), most.command);
  if (kind === undefined || title === undefined || command === undefined) return [];
  return [{ kind, title: normaliseParagraph(title), command: command.trim() }];
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

const textOf = (value: unknown, longest: number): string | undefined =>
  typeof value === 'string' && value.trim() !== '' && value.length <= longest && value.isWellFormed()
    ? value
    : undefined;

import { draftLimits } from '../case-draft/draft-limits.ts';
import type { CaseDraft } from '../wording/case-form.ts';

const parts = ['title', 'symptoms', 'rootCause', 'resolution', 'validation'] as const;
type Part = (typeof parts)[number];

/** What a model words better; null where it leaves the words of the rules. Commands and outputs are none of it. */
export type ModelProse = Readonly<Record<Part, string | null>>;

const longest: Readonly<Record<Part, number>> = {
  title: 100,
  symptoms: draftLimits.text,
  rootCause: draftLimits.text,
  resolution: draftLimits.text,
  validation: draftLimits.validation,
};

/** What a model is asked to answer with, as JSON schema. */
export const modelProseSchema = {
  type: 'object',
  additionalProperties: false,
  required: parts,
  properties: Object.fromEntries(
    parts.map((part) => [part, { type: ['string', 'null'], maxLength: longest[part] }]),
  ),
} as const;

/** What a model answered, where it is what it was asked for; undefined else. A part that is no such thing is null. */
export function readModelProse(value: unknown): ModelProse | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const given = value as Readonly<Record<string, unknown>>;
  if (!parts.every((part) => Object.hasOwn(given, part))) return undefined;
  return {
    title: textOf(given.title, longest.title),
    symptoms: textOf(given.symptoms, longest.symptoms),
    rootCause: textOf(given.rootCause, longest.rootCause),
    resolution: textOf(given.resolution, longest.resolution),
    validation: textOf(given.validation, longest.validation),
  };
}

const textOf = (value: unknown, most: number): string | null =>
  typeof value === 'string' && value.trim() !== '' && value.length <= most && value.isWellFormed()
    ? value.trim()
    : null;

/**
 * A draft in the words of a model. It words what rules found and finds nothing by itself: where they found nothing, nothing
 * is told. A part stays as it was where the model's has a command that `told`, all that was said and run, has not.
 */
export function withProse(draft: CaseDraft, prose: ModelProse, told: string): CaseDraft {
  const worded = (part: Part): string => {
    const text = prose[part];
    return text === null || draft[part] === '' || !isTold(text, told) ? draft[part] : text;
  };
  return {
    ...draft,
    title: worded('title').replace(/\s+/g, ' '),
    symptoms: worded('symptoms'),
    rootCause: worded('rootCause'),
    resolution: worded('resolution'),
    validation: worded('validation'),
  };
}

/** Whether all that looks like a command in it was told: what stands between backticks, and lines behind a prompt. */
function isTold(text: string, told: string): boolean {
  if (/```|~~~/.test(text)) return false;
  const quoted = [...text.matchAll(/`([^`]*)`/g)].map(([, code = '']) => code);
  const prompted = [...text.matchAll(/^\s*[$#%>]\s+(.*)$/gm)].map(([, code = '']) => code);
  const isOpen = (text.match(/`/g)?.length ?? 0) % 2 === 1;
  return !isOpen && [...quoted, ...prompted].every((code) => told.includes(code.trim()));
}

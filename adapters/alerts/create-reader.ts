import { z } from 'zod';
import type { Alert } from '#domain/alert/alert.ts';
import { ownValue } from '#domain/text/own-value.ts';
import type { Headers, ReadAlerts, ReadPayload, WrongField } from './sender.ts';

/** A reader of payloads that fit a schema. */
export function createReader<Payload>(
  schema: z.ZodType<Payload>,
  alertsOf: (payload: Payload, headers: Headers) => readonly Alert[],
): ReadPayload {
  return (payload, headers): ReadAlerts => {
    const read = schema.safeParse(payload, { reportInput: true });
    if (!read.success) return { kind: 'wrong', wrong: describe(read.error) };
    return { kind: 'alerts', alerts: alertsOf(read.data, headers) };
  };
}

function describe({ issues: [issue] }: z.ZodError): WrongField {
  const field = (issue?.path ?? [])
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
  return { field, message: issue === undefined ? 'is wrong' : messageOf(issue) };
}

type Issue = z.ZodError['issues'][number];

/** What is no more than of another type has no message of its own. */
function messageOf(issue: Issue): string {
  if (issue.path.length > 0 && issue.input === undefined) return 'is missing';
  const isPlain = issue.code === 'invalid_type' && issue.message.startsWith('Invalid input');
  return isPlain ? `must be ${ownValue(typeNames, issue.expected) ?? issue.expected}` : issue.message;
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
};

const textError = 'must be a text';

/** A text that must be there and say something. */
export const filled = z.string({ error: textError }).min(1, { error: 'is empty' });

/** A text that may be missing or null; then it is empty. */
export const optionalText = z
  .string({ error: textError })
  .nullish()
  .transform((text) => text ?? '');

/** Text or number, as a text; senders are not of one mind about ids. Missing is empty. */
export const optionalWord = z
  .union([z.string(), z.number()], { error: 'must be a text or a number' })
  .nullish()
  .transform((value) => (value === null || value === undefined ? '' : String(value)));

/** Labels; a value that is no text is written as JSON writes it, and null is left out. */
export const labels = z
  .record(z.string(), z.unknown(), { error: 'must be an object of labels' })
  .nullish()
  .transform((given) => toLabels(given ?? {}));

export function toLabels(given: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === null || value === undefined || value === ''
        ? []
        : [[name, typeof value === 'string' ? value : JSON.stringify(value)] as const],
    ),
  );
}

/** `key:value` as Datadog, Opsgenie and Jira write labels; a tag without a colon is a label with the value `true`. */
export function tagsToLabels(tags: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    tags
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '')
      .map((tag): readonly [string, string] => {
        const colon = tag.indexOf(':');
        return colon > 0 ? [tag.slice(0, colon), tag.slice(colon + 1)] : [tag, 'true'];
      }),
  );
}

/** A time as senders write it (ISO 8601, or a number of seconds, milli-, micro- or nanoseconds); null for none. */
export function readTime(value: string | number | null | undefined): number | null {
  if (typeof value === 'number' || /^\d+(?:\.\d+)?$/.test(value ?? '')) return inMilliseconds(Number(value));
  const at = Date.parse(value ?? '');
  // Go writes the year 1 for "no time", others the year 9999 for "not yet".
  return at > 0 && at < latest ? at : null;
}

const latest = 1e13;

/** By its size: all units agree that we live between 2001 and 2286. */
function inMilliseconds(value: number): number | null {
  if (value < 1e9) return null;
  const factor = [1e10, 1e13, 1e16, 1e19].findIndex((limit) => value < limit);
  return factor < 0 ? null : Math.round(value * 1000 ** (1 - factor));
}

/** A link that may be shown: http or https; null for anything else. */
export function readLink(url: string | null | undefined): string | null {
  return url && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : null;
}

/** The first that says something. */
export const firstOf = (...texts: readonly (string | null | undefined)[]): string =>
  texts.find((text) => (text ?? '').trim() !== '')?.trim() ?? '';

import type { FormValues } from '../reply.ts';
import { restoreLines } from '../shortening/cut-lines.ts';
import { ownValue } from '../text/own-value.ts';
import { type RunbookPart, runbookParts } from './runbook-parts.ts';

export type RunbookTexts = Readonly<Record<RunbookPart, string>>;

/** The texts that a form stands for, and the parts that were about another draft than this one. */
export interface RestoredParts {
  readonly texts: RunbookTexts;
  readonly stale: readonly RunbookPart[];
}

/** The parts in the order of the form. */
export const partNames = Object.keys(runbookParts) as readonly RunbookPart[];

/** Whether a part has no room in a field, not even in part: it is left empty there and stays as it is. */
export const isLeftOut = (part: RunbookPart, drafted: string): boolean =>
  runbookParts[part].lines === 'one' && drafted.length > runbookParts[part].longest;

/** What a person gave, with all that their form had no room for. `drafted` is what the form was filled with. */
export function restoreParts(values: FormValues, drafted: RunbookTexts): RestoredParts {
  const stale: RunbookPart[] = [];
  const entries = partNames.map((part) => {
    const given = (ownValue(values, part) ?? '').replace(/\r\n?/g, '\n').trim();
    if (given === '' && isLeftOut(part, drafted[part])) return [part, drafted[part]];
    const whole = restoreLines(given, drafted[part], runbookParts[part].longest);
    if (whole === undefined) stale.push(part);
    return [part, whole ?? ''];
  });
  return { texts: Object.fromEntries(entries) as RunbookTexts, stale };
}

import type { Context } from '../context.ts';
import { bodyTextOf, normaliseParagraph, normaliseProse, paragraphsOf } from '../runbook/prose.ts';
import type { Runbook } from '../runbook/runbook.ts';
import { namedSectionKind } from '../runbook/section-kind.ts';
import type { RunbookTexts } from './restore-parts.ts';

/** What a form of a runbook was filled with and has no field for, or none that holds every text. */
export type Unasked = Pick<Runbook, 'alerts' | 'reviewEveryDays' | 'tags'>;

/**
 * The runbook that a person filled in: `read` is what its parameters and steps say. Prose among the steps that belongs to
 * none of them is kept with the description or the notes.
 */
export function completeRunbook(
  read: Runbook,
  texts: RunbookTexts,
  appliesTo: Context,
  { alerts, reviewEveryDays, tags }: Unasked,
): Runbook {
  const titles = new Set(read.steps.map(({ title }) => title));
  const stray = paragraphsOf(read.otherText).filter(
    (text) => namedSectionKind(text) === null && !titles.has(text),
  );
  const parts = {
    ...read,
    otherText: '',
    lead: normaliseProse([...proseOf(texts.description), ...paragraphsOf(read.lead)]),
    notes: normaliseProse([...paragraphsOf(read.notes), ...stray, ...proseOf(texts.notes)]),
    appliesTo,
    // One with a comma in it stays, where nobody touched them.
    tags: texts.tags === tags.join(', ').trim() ? tags : tagsOf(texts.tags),
    owner: normaliseParagraph(texts.owner),
    alerts,
    ...(reviewEveryDays === undefined ? {} : { reviewEveryDays }),
  };
  return { ...parts, bodyText: bodyTextOf(parts) };
}

const proseOf = (text: string): readonly string[] => text.split(/\n\s*\n/);

const tagsOf = (text: string): readonly string[] =>
  [...new Set(text.split(',').map(normaliseParagraph))].filter((tag) => tag !== '');

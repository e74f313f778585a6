import type { Runbook } from './runbook.ts';

/** Plain prose in its normal form: paragraphs with single spaces, one blank line between them. */
export function normaliseProse(paragraphs: readonly string[]): string {
  return paragraphs
    .map(normaliseParagraph)
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** One paragraph on one line; Markdown cannot carry control characters, so they become spaces. */
export function normaliseParagraph(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** The paragraphs of a prose in normal form. */
export function paragraphsOf(prose: string): readonly string[] {
  return prose === '' ? [] : prose.split('\n\n');
}

/** All prose of a runbook, for search; a function of its parts, so that it never disagrees with them. */
export function bodyTextOf({ lead, notes, steps }: Pick<Runbook, 'lead' | 'notes' | 'steps'>): string {
  const ofSteps = steps.flatMap((step) => [...paragraphsOf(step.notes), step.title]);
  return normaliseProse([...paragraphsOf(lead), ...ofSteps, ...paragraphsOf(notes)]);
}

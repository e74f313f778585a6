/** How many days insights look back when nobody says. */
export const defaultInsightsDays = 30;
export const longestInsightsDays = 365;

export type InsightsDays =
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'wrong'; readonly why: string };

const daysOfUnit = { d: 1, day: 1, days: 1, w: 7, week: 7, weeks: 7 } as const;
const form = /^(\d{1,6})\s*(d|days?|w|weeks?)?$/iu;

/** Reads `7d`, `7 days`, `2w` or `7`; nothing is the default. */
export function readInsightsDays(text: string): InsightsDays {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'days', days: defaultInsightsDays };
  const [, count, unit = 'd'] = form.exec(trimmed) ?? [];
  const days = Number(count) * daysOfUnit[unit.toLowerCase() as keyof typeof daysOfUnit];
  if (!(days >= 1 && days <= longestInsightsDays)) return { kind: 'wrong', why };
  return { kind: 'days', days };
}

const why = `Say how far back as a number of days, 1 to ${longestInsightsDays}: 7d`;

/** A chart has room for so many columns. */
const mostParts = 15;

/** How many days each part of a window has that is drawn or listed in parts. */
export const daysOfPart = (days: number): number => Math.ceil(days / mostParts);

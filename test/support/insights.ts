import type { InsightCounts } from '#domain/insights/insights.ts';

const none = { worked: 0, partly: 0, failed: 0 };
const unresolved = { incidents: 0, medianMs: null };

/** What is counted where nothing has happened. */
export const someCounts = (changes: Partial<InsightCounts> = {}): InsightCounts => ({
  ...{ days: 30, until: Date.UTC(2026, 10, 20), top: [], failing: [], deprecated: [] },
  ...{ asked: 0, missed: { list: [], total: 0 } },
  votes: { ...none, fitting: none },
  answers: none,
  said: { comments: 0, spotOn: 0, partly: 0, missed: 0 },
  ...{ votesOver: [], casesCaptured: 0 },
  suggestions: { made: 0, taken: 0, inForce: 0, dismissed: 0 },
  proposals: { made: 0, approved: 0, rejected: 0, waiting: 0 },
  ...{ withAnswer: unresolved, withoutAnswer: unresolved, reviews: null },
  lately: { votes: 0, shown: false },
  ...changes,
});

import { describe, expect, it } from 'vitest';
import { concludeInsights } from '#domain/insights/conclude-insights.ts';
import type { InsightCounts } from '#domain/insights/insights.ts';
import { daysOfPart, readInsightsDays } from '#domain/insights/insights-days.ts';
import { insightsCard } from '#domain/wording/insights-card.ts';
import { warningText } from '#domain/wording/insights-warnings.ts';
import { replyText } from '#domain/wording/reply-text.ts';
import { someCounts } from '#test/support/insights.ts';
import { fc } from '#test/support/properties.ts';

const hour = 3_600_000;
const day = 24 * hour;
const reviews = { waiting: 0, aged: 0, oldestAt: null, approved: 0, rejected: 0 };
const conclude = (changes: Partial<InsightCounts> = {}) => concludeInsights(someCounts(changes));
const kinds = (changes: Partial<InsightCounts>) => conclude(changes).warnings.map(({ kind }) => kind);

describe('the days that insights look back', () => {
  it.each([
    ['', 30],
    ['7d', 7],
    [' 7 ', 7],
    ['7 Days', 7],
    ['2w', 14],
    ['1', 1],
    ['365d', 365],
  ])('%o are %d', (text, days) => expect(readInsightsDays(text)).toEqual({ kind: 'days', days }));

  it.each(['0', '0d', '366', '53w', '-7', '7h', 'seven', '7 7', '1e2', '7.5', '٧', '999999w'])(
    '%o are none, and the answer says how to write them',
    (text) =>
      expect(readInsightsDays(text)).toEqual({ kind: 'wrong', why: expect.stringMatching(/1 to 365: 7d$/) }),
  );
});

describe('insights', () => {
  it('know no share of nothing', () => {
    const insights = conclude({ reviews });
    const { helpfulness, answersHelpful, fit, contextAccuracy, missedShare, converted } = insights;
    expect([helpfulness, answersHelpful, fit, contextAccuracy, missedShare, converted]).toEqual(
      Array.from({ length: 6 }, () => null),
    );
    expect(insights.reviews?.approvalRate).toBeNull();
    expect(replyText(insightsCard(insights, 'person', insights.until))).not.toContain('%');
  });

  it('count a half vote half, and 0 of some is a share', () => {
    const votes = { worked: 2, partly: 1, failed: 1, fitting: { worked: 0, partly: 0, failed: 3 } };
    const counts = conclude({
      votes,
      said: { comments: 9, spotOn: 1, partly: 1, missed: 0 },
      asked: 8,
      missed: { list: [], total: 2 },
      suggestions: { made: 4, taken: 2, inForce: 1, dismissed: 1 },
      reviews: { ...reviews, approved: 3, rejected: 1 },
    });
    expect(counts).toMatchObject({
      ...{ helpfulness: 0.625, contextAccuracy: 0, fit: 0.75, missedShare: 0.25, converted: 0.25 },
      reviews: { approvalRate: 0.75 },
    });
  });

  it.each([
    [{ reviews: { ...reviews, waiting: 10 } }, []],
    [{ reviews: { ...reviews, waiting: 11 } }, ['review-backlog']],
    [{ reviews: { ...reviews, waiting: 1, aged: 1, oldestAt: 5 } }, ['aged-reviews']],
    [{ reviews: { ...reviews, approved: 1, rejected: 1 } }, []],
    [{ reviews: { ...reviews, approved: 1, rejected: 2 } }, ['approval-rate']],
    [{ reviews: { ...reviews, approved: 0, rejected: 1 } }, ['approval-rate']],
    [{ reviews: null }, []],
    [{ lately: { votes: 0, shown: true } }, ['no-votes']],
    [{ lately: { votes: 0, shown: false } }, ['no-votes']],
  ] as const)('of %j warn of %j', (changes, expected) => {
    expect(kinds({ lately: { votes: 1, shown: true }, ...changes })).toEqual(expected);
  });

  it('say with each warning what to do', () => {
    const now = 100 * day;
    const all = conclude({
      until: now,
      reviews: { waiting: 11, aged: 2, oldestAt: now - 3 * day, approved: 1, rejected: 2 },
    }).warnings.map((warning) => warningText(warning, now));
    expect(all.map(({ message }) => message)).toEqual([
      'No vote came for 7 days.',
      '11 versions wait for a review.',
      '2 reviews wait for more than a day, the oldest for 3 days.',
      'Only 1 of 3 reviews were approved (33 %).',
    ]);
    for (const { advice } of all) expect(advice).toMatch(/\.$/);
  });

  it('put every vote into one part of the window, the newest last', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 365 }),
        fc.array(fc.integer({ min: 0, max: 364 })),
        (days, ages) => {
          const part = daysOfPart(days);
          const given = ages.filter((age) => age < days).map((age) => Math.floor(age / part));
          const votesOver = [...Map.groupBy(given, (ago) => ago)].map(([ago, all]) => {
            return { ago, worked: all.length, partly: 0, failed: 0 };
          });
          const { trend, from, until } = conclude({ days, votesOver, until: 1000 * day });
          expect(trend.length).toBeLessThanOrEqual(15);
          expect(trend.reduce((sum, { worked }) => sum + worked, 0)).toBe(given.length);
          expect(trend[0]?.from).toBe(from);
          expect(trend.at(-1)?.from).toBe(until - Math.min(days, part) * day);
        },
      ),
    );
  });
});

describe('the card of insights', () => {
  it('tells what stopped working with why, and what was asked with how often', () => {
    const until = 100 * day;
    const asked = { channel: 'c', thread: 't', times: 3, lastAskedAt: until - 2 * day };
    const text = replyText(
      insightsCard(
        conclude({
          until,
          asked: 5,
          deprecated: [{ slug: 's', title: 'Old fix', reason: 'worked 1 of 9', since: until - day }],
          missed: {
            list: [
              { ...asked, problem: 'flux capacitor', wasAnswered: false },
              { ...asked, problem: 'dns', times: 1, wasAnswered: true },
            ],
            total: 4,
          },
          withAnswer: { incidents: 2, medianMs: 600_000 },
        }),
        'person',
        until,
      ),
    );
    expect(text).toContain('Old fix – worked 1 of 9, 1 day ago');
    expect(text).toContain('flux capacitor – 3 times, last 2 days ago, nothing was found');
    expect(text).toContain('dns – 2 days ago, what was shown did not help');
    expect(text).toContain('4 of 5 incidents (80 %) found no good answer.');
    expect(text).toContain('with an answer used 10 min (2 incidents), without none');
    expect(text).not.toContain('Reviews');
  });
});

import { expect, it } from 'vitest';
import { drawPicture } from '#adapters/resvg/draw-picture.ts';
import { svgText } from '#domain/chart/svg.ts';
import { concludeInsights } from '#domain/insights/conclude-insights.ts';
import type { InsightCounts, RatedSolution } from '#domain/insights/insights.ts';
import { insightsChart, insightsChartText } from '#domain/wording/insights-chart.ts';
import { someCounts } from '#test/support/insights.ts';
import { fc } from '#test/support/properties.ts';

const rated = (title: string, worked: number, tried: number): RatedSolution => ({
  ...{ slug: 's', kind: 'runbook', title, worked, tried, lastWorkedAt: null },
});
const of = (changes: Partial<InsightCounts>) => concludeInsights(someCounts(changes));
const votes = { worked: 3, partly: 1, failed: 2, fitting: { worked: 0, partly: 0, failed: 0 } };
const votesOver = [
  { ago: 0, worked: 3, partly: 0, failed: 2 },
  { ago: 14, worked: 0, partly: 1, failed: 0 },
];
const sizeOf = async (svg: string) => {
  const png = Buffer.from(await drawPicture(svg), 'base64');
  return [png.subarray(1, 4).toString(), png.readUInt32BE(16)];
};

it('draws what is known, and says the same in words', async () => {
  const insights = of({
    ...{ votes, votesOver },
    top: [rated('Disk full', 7.5, 9)],
    failing: [rated('Restart it', 0, 3)],
    withAnswer: { incidents: 1, medianMs: 600_000 },
  });
  const svg = insightsChart(insights);
  for (const words of ['Disk full', '7.5 of 9', '0 of 3', 'helpful 58 %', '10 min', '>5<', '>1<'])
    expect(svg).toContain(words);
  expect(insightsChartText(insights)).toBe(
    'Insights of the last 30 days: 3 votes worked, 1 partly, 2 did not (helpful 58 %). What works: Disk full (7.5 of 9). ' +
      'What fails: Restart it (0 of 3). Median time to resolve: 10 min with an answer used.',
  );
  expect(await sizeOf(svg)).toEqual(['PNG', 960]);
});

it('says that nothing is known, and draws no share of it', async () => {
  const svg = insightsChart(of({}));
  expect(svg).toContain('Nobody voted in these days.');
  expect(svg).not.toContain('%');
  expect(svg).not.toContain('What works');
  expect(await sizeOf(svg)).toEqual(['PNG', 960]);
});

it('lets no title be more than text', async () => {
  const hostile = '</text><image href="file:///etc/passwd"/>\u202e\u0000&amp;';
  const svg = insightsChart(of({ top: [rated(hostile, 3, 3)] }));
  expect(svg).not.toContain('<image');
  expect(await sizeOf(svg)).toEqual(['PNG', 960]);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(svgText(text)).not.toMatch(/[<>"'\p{Cc}\p{Bidi_C}\p{Cs}]|&(?!(amp|lt|gt|quot|#39);)/u);
    }),
  );
});

it('draws columns within the picture however many votes there are', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { minLength: 15, maxLength: 15 }), (counts) => {
      const over = counts.map((worked, ago) => ({ ago, worked, partly: worked, failed: 1 }));
      const svg = insightsChart(of({ votes, votesOver: over }));
      const rects = [...svg.matchAll(/<rect x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"/g)];
      expect(rects.length).toBeGreaterThan(15);
      for (const [, x, y, width, height] of rects) {
        expect(Number(x) + Number(width)).toBeLessThanOrEqual(480);
        expect(Math.min(Number(x), Number(y), Number(height))).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 50 },
  );
});

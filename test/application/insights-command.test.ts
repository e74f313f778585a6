import { beforeAll, describe, expect, it } from 'vitest';
import { readInsights } from '#application/read-insights.ts';
import { concludeInsights } from '#domain/insights/conclude-insights.ts';
import type { InsightCounts } from '#domain/insights/insights.ts';
import { createOwnBot, type TestBot } from '#test/support/application.ts';
import { run } from '#test/support/command-parts.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someCounts } from '#test/support/insights.ts';
import { someVersion } from '#test/support/rows.ts';

const until = Date.UTC(2026, 10, 20, 12);
const hour = 3_600_000;

const given = (changes: Partial<InsightCounts>, ...argv: string[]) => {
  const asked: unknown[] = [];
  const insights = async (workspace: string | null, days: number) => {
    asked.push([workspace, days]);
    return { workspace: 'Team', insights: concludeInsights(someCounts({ until, days, ...changes })) };
  };
  return run(['insights', ...argv], { context: { insights } }).then((done) => ({ ...done, asked }));
};

describe('recourse insights', () => {
  it('prints one object of what is known, and null of what is not', async () => {
    const { code, out } = await given({}, '--json');
    expect(code).toBe(0);
    const none = { worked: 0, partly: 0, failed: 0 };
    expect(JSON.parse(out)).toMatchObject({
      ...{ workspace: 'Team', days: 30, from: '2026-10-21T12:00:00.000Z', until: '2026-11-20T12:00:00.000Z' },
      ...{ top: [], failing: [], deprecated: [] },
      unanswered: { asked: 0, count: 0, share: null, questions: [] },
      helpfulness: { ...none, comments: 0, share: null },
      answers: { ...none, share: null },
      fit: { spotOn: 0, partly: 0, missed: 0, share: null },
      casesCaptured: 0,
      suggestions: { made: 0, taken: 0, inForce: 0, dismissed: 0, converted: null },
      proposals: { made: 0, approved: 0, rejected: 0, waiting: 0 },
      timeToResolution: {
        withAnswer: { incidents: 0, medianMs: null },
        withoutAnswer: { incidents: 0, medianMs: null },
      },
      contextMatch: { ...none, accuracy: null },
      reviews: null,
      recentVotes: { days: 7, votes: 0 },
      warnings: [{ kind: 'no-votes', message: 'No vote came for 7 days.', advice: expect.any(String) }],
    });
  });

  it('prints every figure', async () => {
    const rated = { kind: 'runbook', lastWorkedAt: until - hour } as const;
    const { out } = await given(
      {
        top: [{ ...rated, slug: 'disk', title: 'Disk full', worked: 9, tried: 12 }],
        deprecated: [{ slug: 'old', title: 'Old', reason: 'worked 1 of 9', since: until - hour }],
        votes: { worked: 3, partly: 0, failed: 1, fitting: { worked: 1, partly: 0, failed: 0 } },
        reviews: { waiting: 11, aged: 1, oldestAt: until - 30 * hour, approved: 1, rejected: 3 },
        lately: { votes: 4, shown: true },
      },
      ...['--json', '--days', '7d', '--workspace', 'T1'],
    );
    const printed = JSON.parse(out);
    expect(printed).toMatchObject({
      days: 7,
      top: [{ slug: 'disk', kind: 'runbook', rate: 0.75, lastWorkedAt: '2026-11-20T11:00:00.000Z' }],
      deprecated: [{ slug: 'old', reason: 'worked 1 of 9', since: '2026-11-20T11:00:00.000Z' }],
      helpfulness: { share: 0.75 },
      contextMatch: { accuracy: 1 },
      reviews: { waiting: 11, aged: 1, oldestAt: '2026-11-19T06:00:00.000Z', approvalRate: 0.25 },
    });
    expect(printed.warnings.map(({ kind }: { kind: string }) => kind)).toEqual([
      ...['review-backlog', 'aged-reviews', 'approval-rate'],
    ]);
    expect(printed.trend).toHaveLength(7);
  });

  it('prints text that steers no terminal', async () => {
    const top = [
      { slug: 's', kind: 'case', title: 'Bad\u001b[31m', worked: 3, tried: 3, lastWorkedAt: null },
    ] as const;
    const { out } = await given({ top });
    expect(out).toContain('Insights of the last 30 days\n');
    expect(out).toContain('- Bad\ufffd[31m – worked 3 of 3\n');
    expect(out).toContain('Helpful: no votes\n');
  });

  it.each([['0'], ['366'], ['soon'], ['']])('refuses --days %j before it looks', async (days) => {
    const { code, err, asked } = await given({}, '--days', days);
    expect({ code, asked }).toEqual({ code: 2, asked: [] });
    expect(err).toMatch(/Say how/);
  });
});

describeOnBothEngines('insights of a workspace', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
    bot = await createOwnBot(db);
  });

  it('are of its rows alone, and agree with what is in them', async () => {
    await bot.say('rae', 'the flux capacitor is broken', { mentionsBot: true });
    await bot.within(async ({ solutions, reviews }) => {
      const [stored] = await solutions.putAll([someVersion('old')]);
      const found = stored && (await solutions.find(stored.id));
      if (found) await solutions.deprecate(found.versionId, 'worked 0 of 5');
      const version = { ...someVersion('new'), source: 'case' } as const;
      await reviews.propose({ version, parent: null, why: '', evidence: '', runs: [] });
    });
    const view = { days: 7, channel: null, hidden: [], seesReviews: true };
    const ours = await bot.within((transaction) => readInsights(bot.core, transaction, view));
    expect(ours).toMatchObject({
      asked: 1,
      missed: { total: 1, list: [{ problem: 'the flux capacitor is broken', channel: 'incidents' }] },
      deprecated: [{ slug: 'old', reason: 'worked 0 of 5', since: expect.any(Number) }],
      proposals: { made: 1, waiting: 1 },
      reviews: { waiting: 1, aged: 0, approvalRate: null },
      lately: { votes: 0, shown: false },
    });
    const theirs = await createOwnBot(db);
    expect(await theirs.within((transaction) => readInsights(bot.core, transaction, view))).toMatchObject({
      ...{ asked: 0, missed: { total: 0, list: [] }, deprecated: [] },
      ...{ proposals: { made: 0 }, reviews: { waiting: 0, oldestAt: null } },
    });
  });
});

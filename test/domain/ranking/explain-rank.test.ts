import { expect, it } from 'vitest';
import { explainRank } from '#domain/ranking/explain-rank.ts';
import { type MatchReasons, noReasons } from '#domain/ranking/match-reasons.ts';
import { someRate } from '#test/support/solutions.ts';

const match = { matching: [], differing: [], score: 0.5 } as const;
const explain = (reasons: Partial<MatchReasons>) =>
  explainRank({ reasons: { ...noReasons, ...reasons }, match, context: {}, rate: undefined, success: 0.5 });

it('says each reason in a short line, the alert first', () => {
  expect(
    explain({
      alert: 'KubePodCrashLooping',
      words: ['KubePodCrashLooping', 'disk', 'inodes'],
      synonyms: [{ said: 'cert', found: 'certificate' }],
      phrases: ['connection pool'],
      learnt: ['checkout', 'slow'],
      meaning: 0.72,
    }),
  ).toEqual([
    'alert KubePodCrashLooping',
    'disk, inodes',
    '“cert” is called certificate here',
    'together: connection pool',
    'words of incidents it solved: checkout, slow',
    'close in meaning (72 %)',
  ]);
});

it('invents nothing where nothing matched', () => {
  expect(explain({})).toEqual([]);
  expect(explain({ meaning: 0.2 })).toEqual([]);
});

it('names the labels that fit with what is known, and those that differ', () => {
  expect(
    explainRank({
      reasons: noReasons,
      match: { matching: ['application', 'environment'], differing: ['os', 'hostGroup'], score: 0.5 },
      context: { application: 'nginx', environment: ['prod', 'demo'], os: 'ubuntu', hostGroup: 'web' },
      rate: someRate({ worked: 1, tried: 5, success: 0.2 }),
      success: 0.2,
    }),
  ).toEqual([
    'fits application nginx',
    'fits environment prod/demo',
    'made for another os',
    'made for another host group',
    'has mostly not worked',
  ]);
});

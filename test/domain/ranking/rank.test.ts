import { describe, expect, it } from 'vitest';
import type { Context } from '#domain/context.ts';
import type { SolutionId } from '#domain/ids.ts';
import type { SuccessRate } from '#domain/learning/success-rate.ts';
import { matchContext } from '#domain/ranking/context-match.ts';
import { lessKnown } from '#domain/ranking/explain-rank.ts';
import type { RankingCandidate } from '#domain/ranking/judge-candidate.ts';
import { rank } from '#domain/ranking/rank.ts';
import { defaultRankingSettings } from '#domain/ranking/ranking-settings.ts';
import type { SolutionKind } from '#domain/solution.ts';
import { someCandidate, somePastCase, someRate, someRunbook } from '#test/support/solutions.ts';

const candidate = (
  slug: string,
  similarity: number,
  { kind = 'runbook', appliesTo = {} }: { kind?: SolutionKind; appliesTo?: Context } = {},
): RankingCandidate =>
  someCandidate(
    slug,
    similarity,
    kind === 'case'
      ? somePastCase(slug, { appliesTo, symptoms: '', rootCause: '', resolution: '', validation: '' })
      : someRunbook(slug, { appliesTo }),
  );
const rate = (success: number, tried = 10): SuccessRate =>
  someRate({ worked: success * tried, tried, success, lastWorkedAt: 0 });
/** As of many signals. */
const surely = (success: number): SuccessRate => ({ ...rate(success, 100), doubt: 0.05 });
const rates = (entries: Readonly<Record<string, SuccessRate>>): ReadonlyMap<SolutionId, SuccessRate> =>
  new Map(Object.entries(entries).map(([id, value]) => [id as SolutionId, value]));
const slugs = (
  candidates: readonly RankingCandidate[],
  context: Context = {},
  known = rates({}),
): readonly string[] =>
  rank({ candidates, rates: known, context }).shown.map(({ solution }) => solution.slug);

describe('rank', () => {
  it('adds the parts by their weights, and the automation bonus for a runbook', () => {
    const {
      shown: [one],
    } = rank({
      candidates: [candidate('disk', 0.8, { appliesTo: { os: 'linux', application: 'nginx' } })],
      rates: rates({ disk: rate(0.9) }),
      context: { os: 'linux', application: 'mysql' },
    });
    expect(one).toMatchObject({ similarity: 0.8, success: 0.9, context: 0.5 });
    expect(one?.confidence).toBeCloseTo(0.5 * 0.8 + 0.3 * 0.9 + 0.2 * 0.5 + 0.15);
  });

  it('gives a case no bonus, and what nobody tried the prior mean', () => {
    const {
      shown: [one],
    } = rank({
      candidates: [candidate('past', 0.8, { kind: 'case' })],
      rates: rates({}),
      context: {},
    });
    expect(one?.confidence).toBeCloseTo(0.5 * 0.8 + 0.3 * 0.5 + 0.2 * 0.5);
  });

  it('caps confidence at 1', () => {
    const {
      shown: [one],
    } = rank({
      candidates: [candidate('disk', 1, { appliesTo: { os: 'linux' } })],
      rates: rates({ disk: rate(1) }),
      context: { os: 'linux' },
    });
    expect(one?.confidence).toBe(1);
  });

  it('shows runbooks from 0.5 and cases from 0.7, nothing below', () => {
    expect(
      slugs([
        candidate('runbook-at', 0.5),
        candidate('runbook-below', 0.499),
        candidate('case-at', 0.7, { kind: 'case' }),
        candidate('case-below', 0.699, { kind: 'case' }),
      ]),
    ).toEqual(['runbook-at', 'case-at']);
  });

  it('shows at most three', () => {
    const all = ['a', 'b', 'c', 'd'].map((slug) => candidate(slug, 0.9));
    expect(slugs(all)).toEqual(['a', 'b', 'c']);
    const settings = { ...defaultRankingSettings, maximum: 1 };
    expect(rank({ candidates: all, rates: rates({}), context: {}, settings }).shown).toHaveLength(1);
  });

  it('leaves out a case from another context, and lowers a runbook', () => {
    const appliesTo = { application: 'apache' };
    const context = { application: 'nginx' };
    expect(slugs([candidate('past', 0.9, { kind: 'case', appliesTo })], context)).toEqual([]);
    expect(slugs([candidate('other', 0.9, { appliesTo }), candidate('any', 0.9)], context)).toEqual([
      'any',
      'other',
    ]);
  });

  it('excludes a case for one differing label although others fit, and lowers a runbook in proportion', () => {
    const appliesTo = { os: 'linux', application: 'nginx', environment: ['prod'] };
    const context = { os: 'ubuntu', application: 'nginx', environment: ['staging'] };
    expect(slugs([candidate('past', 0.9, { kind: 'case', appliesTo })], context)).toEqual([]);
    const { shown, closest } = rank({
      candidates: [candidate('book', 0.9, { appliesTo })],
      rates: rates({}),
      context,
    });
    expect(shown[0]?.context).toBeCloseTo(2 / 3);
    expect(closest).toEqual([]);
  });

  it('keeps what is below the threshold apart, most similar first, without cases from elsewhere and noise', () => {
    const elsewhere = candidate('elsewhere', 0.6, { kind: 'case', appliesTo: { os: 'windows' } });
    const candidates = [
      candidate('b', 0.2),
      candidate('a', 0.4),
      candidate('noise', 0.01),
      elsewhere,
      candidate('past', 0.45, { kind: 'case' }),
      candidate('c', 0.1),
    ];
    const { shown, closest } = rank({ candidates, rates: rates({ b: rate(1) }), context: { os: 'linux' } });
    expect(shown).toEqual([]);
    expect(closest.map(({ solution }) => solution.slug)).toEqual(['past', 'a', 'b']);
  });

  it('keeps a case whose context is not known', () => {
    expect(slugs([candidate('past', 0.9, { kind: 'case', appliesTo: { os: 'linux' } })], {})).toEqual([
      'past',
    ]);
  });

  it('lets a better track record pass a little more similarity', () => {
    const two = [candidate('alike', 0.75), candidate('proven', 0.7)];
    expect(slugs(two)).toEqual(['alike', 'proven']);
    expect(slugs(two, {}, rates({ proven: rate(0.9), alike: rate(0.3) }))).toEqual(['proven', 'alike']);
  });

  it('puts the better one first where both are worth more than confidence can say', () => {
    const appliesTo = { os: 'linux' };
    const two = [candidate('alike', 1, { appliesTo }), candidate('proven', 0.99, { appliesTo })];
    const known = rates({ alike: surely(0.6), proven: surely(0.95) });
    const { shown } = rank({ candidates: two, rates: known, context: { os: 'linux' } });
    expect(shown.map(({ confidence }) => confidence)).toEqual([1, 1]);
    expect(shown.map(({ solution }) => solution.slug)).toEqual(['proven', 'alike']);
  });

  it('gives what is hardly known the benefit of the doubt, and says so where it outranks a higher confidence', () => {
    const two = [candidate('settled', 0.8), candidate('untried', 0.8)];
    const judge = (success: number, benefitOfDoubt = 1) => {
      const settings = { ...defaultRankingSettings, benefitOfDoubt };
      return rank({ candidates: two, rates: rates({ settled: surely(success) }), context: {}, settings })
        .shown;
    };
    const slugsOf = (shown: ReturnType<typeof judge>) => shown.map(({ solution }) => solution.slug);
    const favoured = judge(0.6);
    expect(slugsOf(favoured)).toEqual(['untried', 'settled']);
    expect(favoured.map(({ why }) => why.includes(lessKnown))).toEqual([true, false]);
    expect(favoured[0]?.confidence).toBeLessThan(favoured[1]?.confidence ?? 0);
    for (const shown of [judge(0.9), judge(0.6, 0)]) {
      expect(slugsOf(shown)).toEqual(['settled', 'untried']);
      expect(shown.flatMap(({ why }) => why)).not.toContain(lessKnown);
    }
    expect(judge(0.4).flatMap(({ why }) => why)).not.toContain(lessKnown);
  });

  it('breaks ties by similarity, then use, then slug, whatever the order of the candidates', () => {
    const tied = [candidate('b', 0.8), candidate('a', 0.8), candidate('used', 0.8)];
    const known = rates({ used: rate(0.5, 4) });
    expect(slugs(tied, {}, known)).toEqual(['used', 'a', 'b']);
    expect(slugs(tied.toReversed(), {}, known)).toEqual(['used', 'a', 'b']);
  });

  it('says why: words, labels on both sides, past use', () => {
    const {
      shown: [one],
    } = rank({
      candidates: [
        candidate('disk', 0.8, {
          appliesTo: { os: 'linux', application: 'nginx', environment: ['prod', 'demo'] },
        }),
      ],
      rates: rates({ disk: rate(0.9) }),
      context: { os: 'linux', application: 'mysql', environment: ['demo'] },
    });
    expect(one?.why).toEqual([
      'disk, full',
      'fits os linux',
      'fits environment demo',
      'made for another application',
      'has mostly worked',
    ]);
  });
});

describe('matchContext', () => {
  it.each<[string, Context, Context, number]>([
    ['nothing known is neutral', {}, {}, 0.5],
    ['only one side known is neutral', { os: 'linux' }, { application: 'nginx' }, 0.5],
    ['all fit', { os: 'Linux', environment: ['prod', 'demo'] }, { os: 'linux', environment: ['demo'] }, 1],
    ['none fits', { os: 'linux' }, { os: 'windows' }, 0],
    ['half fits', { os: 'linux', service: 'shop' }, { os: 'linux', service: 'search' }, 0.5],
    ['a system of the family fits', { os: 'linux' }, { os: 'Ubuntu 24.04 LTS' }, 1],
    ['a family may be any of its systems', { os: 'debian' }, { os: 'linux' }, 1],
    ['a sibling does not fit', { os: 'debian' }, { os: 'ubuntu' }, 0],
    ['another family does not fit', { os: 'windows' }, { os: 'ubuntu' }, 0],
    ['another spelling fits', { environment: ['Production'] }, { environment: ['prod'] }, 1],
    ['another environment does not', { environment: ['prod'] }, { environment: ['staging'] }, 0],
    ['an empty list says nothing', { environment: [] }, { environment: ['prod'] }, 0.5],
  ])('%s', (_, appliesTo, incident, score) => {
    expect(matchContext(appliesTo, incident).score).toBe(score);
  });
});

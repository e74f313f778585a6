import { describe, expect, it } from 'vitest';
import type { IncidentId, PostId } from '#domain/ids.ts';
import type { SolutionContent } from '#domain/solution.ts';
import { answerCard, noMatchCard } from '#domain/wording/answer-card.ts';
import { closestCard } from '#domain/wording/closest-card.ts';
import type { ShownSolution } from '#domain/wording/solution-blocks.ts';
import { buttonsOf, textOf } from '#test/support/playground-client.ts';
import { someRecommendation } from '#test/support/rows.ts';
import { someCandidate, somePastCase, someRunbook } from '#test/support/solutions.ts';

const ids = { next: () => 'id', nonce: () => 'nonce' } as unknown as Parameters<typeof someRecommendation>[0];

const shown = (
  rank: number,
  content: SolutionContent,
  changes: Partial<ShownSolution> = {},
): ShownSolution => {
  const { solution } = someCandidate(`s${rank}`, 0.5, content);
  const { id: solutionId, versionId } = solution;
  const recommendation = someRecommendation(ids, {
    incidentId: 'i' as IncidentId,
    solutionId,
    versionId,
    rank,
    similarity: 0.31,
    why: ['disk', 'fits os linux'],
  });
  return {
    recommendation,
    solution,
    rate: undefined,
    staleSince: null,
    alternativeOf: null,
    check: null,
    ...changes,
  };
};

describe('the answer', () => {
  const disk = shown(1, someRunbook('Disk full'));

  it('speaks of causes only when there are several', () => {
    expect(answerCard([disk], 0).summary).toBe('One solution fits: Disk full');
    expect(answerCard([disk, shown(2, somePastCase('Old'))], 0).summary).toBe(
      '2 solutions fit, best first: Disk full; Old',
    );
    expect(textOf(answerCard([disk], 0))).not.toContain('Look first');
  });

  it('says that two causes are possible, which ones, and what tells each apart', () => {
    const check = { kind: 'command', what: 'Used space.', command: 'df -h', expect: '\\d+%' } as const;
    const card = answerCard(
      [
        { ...disk, check },
        shown(2, somePastCase('Old')),
        shown(3, someRunbook('Memory leak'), { alternativeOf: 's1' }),
      ],
      0,
    );
    expect(card.summary).toBe('Two causes are possible: Disk full; Old; Memory leak');
    const text = textOf(card);
    expect(text).toContain('They fit about equally well (1 and 3)');
    expect(text).toContain('Look first: df -h – Used space. Expected: \\d+%');
    expect(text).toContain('no check that only reads is written down for this cause');
    expect(text.match(/Look first/g)).toHaveLength(2);
    expect(JSON.stringify(card.blocks)).not.toContain('"role":"command"');
    expect(buttonsOf(card).some(({ style }) => style === 'primary')).toBe(false);
    expect(buttonsOf(answerCard([disk], 0))[0]?.style).toBe('primary');
  });

  it('gives the reasons as they are, and none where there is none', () => {
    expect(textOf(answerCard([disk], 0))).toContain('Why: disk; fits os linux');
    const bare = { ...disk, recommendation: { ...disk.recommendation, why: [] } };
    expect(textOf(answerCard([bare], 0))).toContain('Why: no telling word in common');
  });
});

describe('when nothing is good enough', () => {
  it('says so, and offers the closest only when there are some', () => {
    const opinions = ['worked', 'partly', 'failed', 'comment'];
    const verbsOf = (offer: IncidentId | null) =>
      buttonsOf(noMatchCard(['flux'], offer, 'p' as PostId)).map(({ action }) => action);
    expect(verbsOf(null)).toEqual(opinions.map((verb) => ({ verb, id: 'p' })));
    expect(verbsOf('i' as IncidentId)[0]).toEqual({ verb: 'closest', id: 'i' });
  });

  it('shows the closest unlike an answer: its own heading, no rank, no confidence', () => {
    const card = closestCard(
      [shown(1, someRunbook('Disk full')), shown(2, somePastCase('Old'))],
      { runbook: 0.5, case: 0.7 },
      0,
    );
    const text = textOf(card);
    expect(text).toContain('Closest, but not sure.');
    expect(text).toContain('Maybe: Disk full');
    expect(text).toContain('31 %, an answer needs 50 %');
    expect(text).toContain('31 %, an answer needs 70 %');
    for (const word of ['Confidence', '1. ', 'fit,', 'best first']) expect(text).not.toContain(word);
    expect(buttonsOf(card).map(({ style }) => style)).toEqual(Array(8).fill('plain'));
  });
});

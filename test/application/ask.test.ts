import { describe, expect, it } from 'vitest';
import type { CommandContext } from '#commands/command.ts';
import { answer, run } from '#test/support/command-parts.ts';
import { someRunbook } from '#test/support/solutions.ts';

type Answer = Awaited<ReturnType<CommandContext['ask']>>;
type Ranked = Answer['ranked'][number];

const first = answer.ranked[0] as Ranked;
const second: Ranked = {
  ...first,
  solution: {
    ...first.solution,
    slug: 'memory',
    origin: 'memory.md',
    content: someRunbook('Memory\u202e leak', { appliesTo: { os: 'linux', application: 'java' } }),
  },
  bonus: 0.15,
  match: { matching: [], differing: ['application'], score: 0 },
  rate: undefined,
};
const twoCauses: Answer = {
  ...answer,
  ranked: [
    { ...first, check: { kind: 'text', text: 'df fell to 40 %.' } },
    {
      ...second,
      alternativeOf: 'disk-full',
      check: { kind: 'command', what: 'Free memory.', command: 'free -m', expect: 'Mem:' },
    },
  ],
  closest: [{ ...second, similarity: 0.31, solution: { ...second.solution, slug: 'swap' } }],
};
const weak: Answer = { ...answer, ranked: [], closest: twoCauses.closest };
const ask = (given: Answer, ...flags: readonly string[]) =>
  run(['ask', 'disk', ...flags], { context: { ask: async () => given } });

describe('ask', () => {
  it('prints what a responder needs, and no control characters', async () => {
    const { code, out } = await run(['ask', 'disk full']);
    expect(code).toBe(0);
    expect(out).toBe(`1. Disk full\ufffd[31m on web (82 %)
   past case v3, worked 18 of 20, last on 19 Nov 2026, 00:00 UTC, changed 3 days ago, @sre, cases/disk-full.md
   why: disk, full
`);
  });

  it('shows two causes with what tells them apart', async () => {
    const { out } = await ask(twoCauses);
    expect(out).toContain('Checked then by: df fell to 40 %.');
    expect(out).toContain(
      '2. Memory\ufffd leak (82 %)\n   Look first: free -m – Free memory. Expected: Mem:',
    );
    expect(out).toContain('   another cause than: disk-full\n');
    expect(out).not.toContain('below the threshold');
  });

  it('explains every part of the score, and the next below the threshold', async () => {
    const { out } = await ask(twoCauses, '--explain');
    const lines = out.split('\n').map((line) => line.trim().replace(/ +/g, ' '));
    for (const line of [
      'similarity 0.91',
      'coverage 0.80',
      'success 0.86 worked 18 of 20, last on 19 Nov 2026, 00:00 UTC',
      'success 0.86 not tried yet',
      'context 0.50',
      'os not compared: for linux, here not known',
      'application differs: for java, here nginx',
      'host group not compared: for any, here not known',
      'bonus 0.15',
      'confidence 0.82',
    ])
      expect(lines).toContain(line);
    const [, rest = ''] = out.split('below the threshold\n');
    expect(rest).toContain('? Memory\ufffd leak (similarity 0.31)');
    expect(rest).toMatch(/similarity +0\.31/);
  });

  it.each([[twoCauses], [weak]])('shows what is closest only when asked', async (given) => {
    expect((await ask(given)).out).not.toContain('Closest');
    const { code, out } = await ask(given, '--closest');
    expect(code).toBe(0);
    expect(out.split('Closest, but not sure:\n')[1]).toMatch(/^\n\? Memory/);
    expect((await ask({ ...given, closest: [] }, '--closest')).out).toContain('Nothing else comes close.');
  });

  it('gives everything as JSON', async () => {
    const { out } = await ask(twoCauses, '--json');
    const { solutions, closest, ...rest } = JSON.parse(out);
    expect(rest).toEqual({ question: 'disk', context: { application: 'nginx' } });
    expect(solutions[0]).toEqual({
      rank: 1,
      kind: 'case',
      slug: 'disk-full',
      title: 'Disk full\u001b[31m on web',
      version: 3,
      owner: '@sre',
      origin: 'cases/disk-full.md',
      updatedAt: '2026-11-17T00:00:00.000Z',
      confidence: 0.82,
      similarity: 0.91,
      success: 0.86,
      context: 0.5,
      why: ['disk, full'],
      reasons: {
        words: ['disk', 'full'],
        synonyms: [],
        phrases: [],
        alert: null,
        learnt: [],
        linked: false,
        meaning: null,
      },
      parts: [{ name: 'coverage', value: 0.8 }],
      worked: 18,
      tried: 20,
      lastWorkedAt: '2026-11-19T00:00:00.000Z',
      check: { kind: 'text', text: 'df fell to 40 %.' },
    });
    expect(solutions[1]).toMatchObject({ rank: 2, alternativeOf: 'disk-full', tried: 0, lastWorkedAt: null });
    expect(closest).toMatchObject([{ rank: 1, slug: 'swap', similarity: 0.31 }]);
    expect(JSON.parse((await ask(weak, '--json')).out)).toMatchObject({ solutions: [], closest: [{}] });
  });

  it('is honest when nothing fits', async () => {
    expect(await ask({ ...answer, ranked: [] })).toEqual({
      code: 0,
      out: 'No good match among the runbooks and past cases.\n',
      err: '',
    });
  });
});

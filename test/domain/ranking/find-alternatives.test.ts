import { describe, expect, it } from 'vitest';
import { findAlternatives } from '#domain/ranking/find-alternatives.ts';
import type { RankingCandidate } from '#domain/ranking/judge-candidate.ts';
import { rank } from '#domain/ranking/rank.ts';
import { defaultRankingSettings } from '#domain/ranking/ranking-settings.ts';
import { tellingCheck } from '#domain/ranking/telling-check.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { someCandidate, somePastCase, someRunbook, someStep } from '#test/support/solutions.ts';

/** The real judge is tested with the risk rules; here a command that begins with a known reader only reads. */
const isReadOnly = (command: string) => /^(?:df|free|ls|uptime) ?/.test(command);

const book = (slug: string, similarity: number, look: string, changes: Partial<Runbook> = {}) =>
  someCandidate(slug, similarity, someRunbook(slug, { steps: [someStep(look)], ...changes }));
const past = (slug: string, similarity: number, rootCause: string, validation = '') =>
  someCandidate(slug, similarity, somePastCase(slug, { rootCause, validation, symptoms: slug }));

const answer = (...candidates: readonly RankingCandidate[]) => {
  const { shown } = rank({ candidates, rates: new Map(), context: {} });
  return findAlternatives(shown, defaultRankingSettings.alternatives, isReadOnly).map(
    ({ solution, alternativeOf, check }) => ({ slug: solution.slug, alternativeOf, check }),
  );
};
const slugs = (...candidates: readonly RankingCandidate[]) => answer(...candidates).map(({ slug }) => slug);
const groups = (...candidates: readonly RankingCandidate[]) =>
  answer(...candidates).map(({ alternativeOf }) => alternativeOf);

describe('two causes, one symptom', () => {
  it('marks near-equal runbooks that look at different things, each with its check', () => {
    const check = { kind: 'command', what: 'Look at it.', expect: null };
    expect(answer(book('disk', 0.8, 'df -h'), book('memory', 0.7, 'free -m'))).toEqual([
      { slug: 'disk', alternativeOf: null, check: { ...check, command: 'df -h' } },
      { slug: 'memory', alternativeOf: 'disk', check: { ...check, command: 'free -m' } },
    ]);
  });

  it('marks near-equal cases with different root causes, each with how it was checked', () => {
    expect(
      answer(
        past('login-1', 0.9, 'Debug logging was left on.', 'df fell to 40 %.'),
        past('login-2', 0.85, 'A certificate expired.'),
      ),
    ).toEqual([
      { slug: 'login-1', alternativeOf: null, check: { kind: 'text', text: 'df fell to 40 %.' } },
      { slug: 'login-2', alternativeOf: 'login-1', check: null },
    ]);
  });

  it.each<[string, readonly RankingCandidate[]]>([
    ['one is clearly better', [book('disk', 0.95, 'df -h'), book('memory', 0.7, 'free -m')]],
    ['both look at the same first', [book('disk', 0.8, 'df -h'), book('logs', 0.8, ' df  -h ')]],
    ['neither looks', [book('disk', 0.8, '', { steps: [] }), book('logs', 0.8, '', { steps: [] })]],
    [
      'the cause is one in other words',
      [past('a', 0.9, 'A full log disk'), past('b', 0.9, 'The full log disk')],
    ],
    ['a cause is not known', [past('a', 0.9, 'A full disk'), past('b', 0.9, '')]],
    ['a case completes a runbook', [book('disk', 0.8, 'df -h'), past('a', 0.8, 'A full disk')]],
  ])('marks none when %s, but shows both', (_, candidates) => {
    expect(groups(...candidates)).toEqual([null, null]);
  });

  it('takes three causes, and a fourth solution has no place', () => {
    const looks = ['df -h', 'free -m', 'uptime', 'ls /'];
    const four = looks.map((look, index) => book(`s${index}`, 0.8 - index / 100, look));
    expect(groups(...four)).toEqual([null, 's0', 's0']);
  });

  it('finds a pair that does not lead', () => {
    const three = [book('clear', 0.99, 'df -h'), book('b', 0.7, 'free -m'), book('c', 0.69, 'uptime')];
    expect(groups(...three)).toEqual([null, null, 'b']);
  });
});

describe('equally good solutions share their probability', () => {
  it.each([
    ['beside a leader above the threshold', 0.52, 0.44],
    ['when neither reaches it alone', 0.45, 0.44],
  ])('shows a partner %s', (_, one, other) => {
    expect(slugs(book('disk', one, 'df -h'), book('memory', other, 'free -m'))).toEqual(['disk', 'memory']);
  });

  it('does so for cases at their own threshold', () => {
    expect(slugs(past('a', 0.65, 'A full disk'), past('b', 0.6, 'An expired certificate'))).toEqual([
      'a',
      'b',
    ]);
    expect(slugs(past('a', 0.5, 'A full disk'), past('b', 0.5, 'An expired certificate'))).toEqual([]);
  });

  it.each<[string, readonly RankingCandidate[]]>([
    ['far behind its leader', [book('disk', 0.66, 'df -h'), book('memory', 0.45, 'free -m')]],
    ['below the floor', [book('disk', 0.51, 'df -h'), book('memory', 0.29, 'free -m'), past('x', 0.1, 'x')]],
    ['with the same first look', [book('disk', 0.52, 'df -h'), book('memory', 0.45, 'df -h')]],
    ['of another kind', [book('disk', 0.52, 'df -h'), past('a', 0.6, 'An expired certificate')]],
  ])('leaves out one %s', (_, candidates) => {
    expect(slugs(...candidates)).toEqual(['disk']);
  });

  it('abstains on one weak solution, and on two that are too weak even together', () => {
    expect(slugs(book('disk', 0.49, 'df -h'))).toEqual([]);
    expect(slugs(book('disk', 0.29, 'df -h'), book('memory', 0.29, 'free -m'))).toEqual([]);
  });
});

describe('one procedure written twice', () => {
  const steps = [
    someStep('df -h'),
    someStep('journalctl --vacuum-size=100M', { kind: 'remediation' }),
    someStep('df -h /var'),
  ];
  const text =
    'The disk of a web host is full and nginx returns 500 because it has no room left for its logs, its buffers and uploaded files. The usual cause is logs: a journal without a bound, a chatty service, or rotation that stopped.';

  it('shows the better one of the same steps, and gives its place to the next', () => {
    expect(
      slugs(
        book('disk', 0.9, '', { steps }),
        book('disk-copy', 0.8, '', { steps, bodyText: 'told in other words' }),
        book('memory', 0.7, 'free -m'),
        book('load', 0.6, 'uptime'),
      ),
    ).toEqual(['disk', 'memory', 'load']);
  });

  it('shows the better one of nearly the same text', () => {
    const copy = book('copy', 0.8, 'free -m', { bodyText: `${text} Ask them.` });
    expect(slugs(book('disk', 0.9, 'df -h', { bodyText: text }), copy)).toEqual(['disk']);
  });

  it('shows the better when only together they reach the threshold', () => {
    expect(slugs(book('disk', 0.45, '', { steps }), book('copy', 0.44, '', { steps }))).toEqual(['disk']);
  });

  it('takes two with the same few words and different commands for two', () => {
    const words = { bodyText: 'Do part 1. Then do part 2.' };
    expect(slugs(book('disk', 0.9, 'df -h', words), book('memory', 0.8, 'free -m', words))).toEqual([
      'disk',
      'memory',
    ]);
  });

  it('takes two that only look at the same places for two', () => {
    const looks = [someStep('df -h'), someStep('free -m')];
    expect(slugs(book('disk', 0.9, '', { steps: looks }), book('memory', 0.8, '', { steps: looks }))).toEqual(
      ['disk', 'memory'],
    );
  });

  it('tells a template that was filled in for another program from a copy', () => {
    const filled = (program: string) =>
      `Restart ${program} when ${program} does not answer, then look at ${program}.`;
    expect(
      slugs(
        book('nginx', 0.9, 'df -h', { bodyText: filled('nginx') }),
        book('redis', 0.8, 'df -h', { bodyText: filled('redis') }),
      ),
    ).toEqual(['nginx', 'redis']);
  });
});

describe('the check that tells causes apart', () => {
  const path = { name: 'path', type: 'path', description: '', default: "/var/it's" } as const;
  const service = { name: 'service', type: 'string', description: '', pattern: '.+' } as const;

  it('is the first diagnostic that only reads, with its expected output', () => {
    const content = someRunbook('disk', {
      steps: [
        someStep('rm -rf /tmp/x'),
        someStep('ls /', { kind: 'validation' }),
        someStep('df -h', { expect: '\\d+%' }),
      ],
    });
    expect(tellingCheck(content, isReadOnly)).toMatchObject({ command: 'df -h', expect: '\\d+%' });
  });

  it('has defaults filled in as one word, and leaves open what somebody must give', () => {
    const content = someRunbook('disk', {
      parameters: [path, service],
      steps: [someStep('df {{path}} {{service}}')],
    });
    const judged: string[] = [];
    const check = tellingCheck(content, (command) => judged.push(command) > 0);
    expect(check).toMatchObject({ command: "df '/var/it'\\''s' {{service}}" });
    expect(judged).toEqual(["df '/var/it'\\''s' some"]);
  });

  it.each<[string, readonly string[]]>([
    ['nothing only reads', ['rm -rf /']],
    ['there is nothing', []],
    ['the command cannot be filled in', ['df "{{path}}"', 'df {{unknown}}']],
  ])('is none when %s', (_, commands) => {
    const content = someRunbook('disk', { parameters: [path], steps: commands.map((one) => someStep(one)) });
    expect(tellingCheck(content, isReadOnly)).toBeNull();
  });
});

import { matchWhole } from '#adapters/system/match-pattern.ts';
import { longestHoldMs, wholeMs } from '#domain/run/retry.ts';
import { mayAskForRetry } from '#domain/run/tries.ts';
import type { Given, GivenVariable } from '#domain/runbook/given.ts';
import { checkParameterValue } from '#domain/runbook/parameter-values.ts';
import { bodyTextOf, normaliseParagraph, normaliseProse } from '#domain/runbook/prose.ts';
import { type Parameter, type Runbook, type RunbookStep, stepKinds } from '#domain/runbook/runbook.ts';
import { inOrderOfUndoing } from '#domain/runbook/undoing.ts';
import { fc } from './properties.ts';

/** Words that mean something to Markdown, YAML, JSON or HTML. */
export const trickyTexts = [
  ...[
    '# a',
    '- a',
    '+',
    '1. a',
    '2) b',
    '> q',
    '---',
    '===',
    '***',
    '```',
    '~~~',
    '`c`',
    '*e*',
    '_u_',
    'a_b',
    '__x__',
  ],
  ...[
    '[l](u)',
    '![i](u)',
    '[r]',
    '<b>',
    '<!--',
    '</a>',
    '&amp;',
    '&#35;',
    'a & b',
    '\\',
    '\\*',
    '|',
    'x: y',
    ' # c',
  ],
  ...[
    '{{x}}',
    '{a: b}',
    '[a, b]',
    '"q"',
    "'s'",
    'null',
    'true',
    '~',
    '100%',
    '@sre',
    '日本',
    'é',
    '\u2028',
    'http://x',
  ],
  ...['<http://x>', 'a@b.c', ':', '::', '- [ ] t', '\u00a0', '#', '=', '%', '!', '$x$', 'Check', 'a\\'],
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...trickyTexts), fc.string({ unit: 'grapheme', maxLength: 8 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => normaliseParagraph(parts.join(' ')))
  .filter((paragraph) => paragraph !== '');
const prose = fc.array(text, { maxLength: 3 }).map(normaliseProse);
const name = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/);

const parameter = (named: string): fc.Arbitrary<Parameter> =>
  fc
    .oneof(
      fc.record({ type: fc.constantFrom('host' as const, 'path' as const, 'duration' as const) }),
      fc.record({ type: fc.constant('int' as const), min: fc.integer(), max: fc.integer() }),
      fc.record({
        type: fc.constant('enum' as const),
        values: fc.array(text, { minLength: 1, maxLength: 3 }),
      }),
      fc.record({
        type: fc.constant('string' as const),
        pattern: fc.constantFrom('.*', '^[a-z"\'#:{}, ]+$', '\\d+', '[\\]`]'),
      }),
    )
    .chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        description: fc.oneof(text, fc.constant('')),
        fallback: fc.option(text),
      }),
    )
    .map(({ shape, description, fallback }) => {
      const bare: Parameter = { name: named, description, ...shape };
      const check = fallback === null ? null : checkParameterValue(bare, fallback, matchWhole);
      return check?.kind === 'valid' ? { ...bare, default: check.value } : bare;
    });

const secret = fc.constantFrom('runbooks/db', 'runbooks/shop/api.token');

const variable = (name: string): fc.Arbitrary<GivenVariable> =>
  fc.oneof(
    fc.constantFrom('', 'a b', "it's `x`", '{{host}}', '{{.Names}}', 'é"\\').map((text) => ({ name, text })),
    secret.map((one) => ({ name, secret: one })),
  );

const given: fc.Arbitrary<Given> = fc
  .record({
    environment: fc.subarray(['A', 'LEVEL', 'Z_9']).chain((names) => fc.tuple(...names.map(variable))),
    input: fc.option(fc.record({ descriptor: fc.constantFrom(0, 3, 9), secret })),
  })
  .filter(({ environment, input }) => environment.length > 0 || input !== null);

const step = (id: string, host: string): fc.Arbitrary<RunbookStep> =>
  fc
    .record({
      kind: fc.constantFrom(...stepKinds),
      title: text,
      notes: prose,
      command: fc
        .array(
          fc.constantFrom(
            'df -h',
            'echo "`id`"',
            '```',
            '````',
            '~~~',
            '  indented',
            '\ttab',
            '',
            '# x',
            '---',
            "printf 'é'",
          ),
          {
            minLength: 1,
            maxLength: 4,
          },
        )
        .map((lines) => `true\n${lines.join('\n')}\nfalse`),
      timeoutMs: fc.integer({ min: 1, max: longestHoldMs }),
      given: fc.option(given),
      retry: fc.option(
        fc.record({ times: fc.integer({ min: 1, max: 10 }), pauseMs: fc.integer({ min: 1, max: 60_000 }) }),
      ),
      expect: fc.option(fc.constantFrom('\\d+%', '^`x`$', '"a"\\\\', '[{}]', 'é\u2028', '<b>&amp;')),
      exitCodes: fc.oneof(
        fc.constant([0]),
        fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 3 }),
      ),
    })
    .map(({ expect: pattern, given: what, retry, ...rest }) => ({
      id,
      ...rest,
      ...(retry !== null && mayAskForRetry(rest.kind) && wholeMs(rest.timeoutMs, retry) <= longestHoldMs
        ? { retry }
        : {}),
      ...(pattern === null ? {} : { expect: pattern }),
      ...(what === null ? {} : { given: what }),
      hostParameter: host,
    }));

/** Some steps of the rollback name the fixes that they undo. */
const namingFixes = (one: RunbookStep, all: readonly RunbookStep[]): RunbookStep => {
  const fixes = all.flatMap(({ id, kind }) => (kind === 'remediation' ? [id] : []));
  const some = fixes.slice(0, one.title.length % (fixes.length + 1));
  return one.kind === 'rollback' && some.length > 0 ? { ...one, undoes: some } : one;
};

/** Runbooks that mean something to Markdown, YAML, JSON and HTML wherever they can. */
export const arbitraryRunbook: fc.Arbitrary<Runbook> = fc
  .record({ names: fc.uniqueArray(name, { maxLength: 4 }), count: fc.integer({ min: 1, max: 5 }) })
  .chain(({ names, count }) =>
    fc.record({
      title: text,
      lead: prose,
      otherText: fc.constant(''),
      notes: prose,
      appliesTo: fc.record(
        { os: text, application: text, environment: fc.array(text, { minLength: 1, maxLength: 2 }) },
        { requiredKeys: [] },
      ),
      tags: fc.array(text, { maxLength: 3 }),
      owner: fc.oneof(text, fc.constant('')),
      alerts: fc.array(text, { maxLength: 2 }),
      review: fc.option(fc.integer({ min: 1, max: 999 })),
      parameters: fc.tuple(...names.filter((one) => one !== 'host' && one !== 'other').map(parameter)),
      steps: fc.tuple(
        ...Array.from({ length: count }, (_none, index) =>
          step(`s-${index}`, index % 2 === 0 ? 'host' : 'other'),
        ),
      ),
    }),
  )
  .map(({ review, parameters, ...rest }) => {
    const hosts = ['host', 'other'].map(
      (named): Parameter => ({ name: named, type: 'host', description: '' }),
    );
    const parts = {
      ...rest,
      steps: inOrderOfUndoing(rest.steps.map((one) => namingFixes(one, rest.steps))),
      parameters: [...hosts, ...parameters],
      ...(review === null ? {} : { reviewEveryDays: review }),
    };
    return { ...parts, bodyText: bodyTextOf(parts) };
  });

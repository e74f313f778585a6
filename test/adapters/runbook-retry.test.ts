import { expect, it } from 'vitest';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { queues } from '#adapters/queue/queues.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import { longestHoldMs } from '#domain/run/retry.ts';

const parse = (attributes: object, section = 'Check', front = true) => {
  const head = '---\ntitle: Retry\nparameters:\n  host: { type: host }\n---\n';
  const fence = `\`\`\`sh ${JSON.stringify(attributes)}\ntrue\n\`\`\``;
  const source = `${front ? head : '# Retry\n'}\n## ${section}\n\nLook.\n\n${fence}\n`;
  return createRunbookParser(matchWhole).parse(source, 'retry.md');
};

it.each(['Check', 'Verify'])('a step under %s may ask to be tried again, with a pause', (section) => {
  expect(parse({ retry: { times: 3, pause: '10s' } }, section)).toMatchObject({
    runbook: { steps: [{ retry: { times: 3, pauseMs: 10_000 } }] },
  });
  expect(parse({ retry: { times: 1 } }, section)).toMatchObject({
    runbook: { steps: [{ retry: { times: 1, pauseMs: 5000 } }] },
  });
});

it.each(['Fix', 'Rollback'])('a step under %s may not: the line is named and what to do', (section) => {
  expect(parse({ retry: { times: 1 } }, section)).toEqual({
    kind: 'invalid',
    problems: [
      {
        line: 11,
        message: `"retry" cannot stand in a step under ${section}: what changes a host is run again by a person only`,
      },
    ],
  });
  const imported = parse({ retry: { times: 1 } }, section, false);
  expect(imported).toMatchObject({ kind: 'runbook' });
  expect(JSON.stringify(imported)).not.toContain('"retry":');
});

it.each([
  [{ retry: 2 }],
  [{ retry: [2] }],
  [{ retry: null }],
  [{ retry: {} }],
  [{ retry: { times: 0 } }],
  [{ retry: { times: 11 } }],
  [{ retry: { times: 1.5 } }],
  [{ retry: { times: '2' } }],
  [{ retry: { times: 2, pause: 5 } }],
  [{ retry: { times: 2, pause: null } }],
  [{ retry: { times: 2, pause: '61s' } }],
  [{ retry: { times: 2, backoff: 2 } }],
])('refuses %j with what it must be', (attributes) => {
  expect(parse(attributes)).toMatchObject({
    kind: 'invalid',
    problems: [{ message: expect.stringContaining('"retry" must say how often more, 1 to 10') }],
  });
});

it('holds a host no longer than 23 hours with all tries, which is within what the queue gives their job', () => {
  expect(parse({ timeout: '12h', retry: { times: 1, pause: '1s' } })).toMatchObject({
    kind: 'invalid',
    problems: [{ message: expect.stringContaining('more than 23h together') }],
  });
  expect(queues['execute-step'].changeable.expireInSeconds).toBeGreaterThan(longestHoldMs / 1000);
});

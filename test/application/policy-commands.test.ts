import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PolicyExplanation } from '#application/explain-policy.ts';
import type { Person } from '#domain/person.ts';
import { defaultPolicy } from '#domain/policy/policy.ts';
import { settleTerms } from '#domain/policy/settle-terms.ts';
import { run } from '#test/support/command-parts.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'recourse-policy-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

it('a policy file without a mistake is right', async () => {
  writeFileSync(join(cwd, 'policy.yaml'), 'single_operator: off\n');
  expect(await run(['policy', 'check'], { cwd })).toEqual({
    code: 0,
    out: 'The policy is right.\n',
    err: '',
  });
});

it('the mistakes of a policy file are printed by line, and end with 1', async () => {
  writeFileSync(join(cwd, 'mine.yaml'), 'rules: 5\nsingle_operator: maybe\n');
  const { code, out } = await run(['policy', 'check', 'mine.yaml'], { cwd });
  expect(code).toBe(1);
  expect(out.split('\n').map((line) => line.slice(0, 12))).toEqual(['mine.yaml:1:', 'mine.yaml:2:', '']);
});

it('a policy file that is not there is told', async () => {
  const { code, out } = await run(['policy', 'check'], { cwd });
  expect(code).toBe(1);
  expect(out).toContain('policy.yaml:1: cannot be read');
});

const ada = {
  id: 'a',
  externalId: 'U1',
  name: 'Ada',
  role: 'approver',
  standing: 'member',
} as unknown as Person;
const question = {
  risk: 'mutating',
  environments: ['prod'],
  host: 'web-01',
  channel: null,
  runbook: null,
} as const;
const rules = [{ name: 'careful', scope: { environments: ['prod'] }, terms: { approve: 'admin' } }] as const;
const explanation: PolicyExplanation = {
  person: ada,
  verdict: { risk: 'mutating', why: 'systemctl restart restarts a service' },
  environments: ['prod'],
  settled: settleTerms({ ...defaultPolicy, rules }, question),
  closed: 'Changes are frozen: Holidays',
  tickets: [
    { system: 'pagerduty', rule: null },
    { system: 'jira', rule: { name: 'close it', actions: ['resolve'], afterMs: 600_000 } },
    { system: 'opsgenie', rule: null },
  ],
  approvers: ['Max'],
};

it('an explanation names each term with its rule, what the person may, and who approves', async () => {
  const asked: unknown[] = [];
  const explainPolicy = async (...question: readonly unknown[]) => {
    asked.push(...question);
    return explanation;
  };
  const argv = [
    'policy',
    'explain',
    'Ada',
    'systemctl restart nginx',
    'web-01',
    '--channel',
    'C1',
    '--workspace',
    'T1',
  ];
  const { code, out } = await run(argv, { context: { explainPolicy } });
  expect(code).toBe(0);
  expect(asked).toEqual([
    { person: 'Ada', command: 'systemctl restart nginx', host: 'web-01', channel: 'C1', runbook: null },
    'T1',
  ]);
  expect(out.split('\n').map((line) => line.trimEnd())).toEqual([
    'mutating on web-01 (prod): systemctl restart restarts a service',
    '  see                  viewer     default',
    '  request              responder  default',
    '  approve              admin      rule "careful"',
    '  run                  responder  default',
    '  approvals            1          default',
    '  requester approves   false      default',
    '  changes now          Changes are frozen: Holidays',
    '  tickets              pagerduty, opsgenie: nothing by itself, default',
    '  tickets              jira: resolve 10m after it helped, rule "close it"',
    'Ada (approver, member) may see, request, run.',
    'If they ask for it, these can approve it: Max.',
    '',
  ]);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '#adapters/policy/load-policy.ts';
import { readPolicy } from '#adapters/policy/read-policy.ts';
import { defaultPolicy } from '#domain/policy/policy.ts';

const problemsOf = (source: string): readonly string[] => {
  const read = readPolicy(source);
  return read.kind === 'invalid' ? read.problems.map(({ line, message }) => `${line}: ${message}`) : [];
};

const whole = `
rules:
  - name: databases need admins
    risks: [mutating, destructive]
    environments: prod
    hosts: ["db-*"]
    approve: admin
    approvals: 2
  - name: staging is free
    risks: mutating
    environments: [staging, dev]
    requester_approves: true
windows:
  - environments: [prod]
    days: [mon, tue]
    hours: 09:00-16:00 Europe/Berlin
freezes:
  - from: 2026-12-20
    until: 2027-01-03T00:00:00Z
    reason: Holidays
autonomy:
  - channels: [C1]
tickets:
  - name: close it
    runbooks: disk-*
    systems: jira
    actions: resolve
    after: 1h30m
  - name: say it
single_operator: mutating
`;

describe('a policy file', () => {
  it('tells a value of another kind from one that is missing', () => {
    expect(problemsOf('rules:\n  - name: 5\n')).toEqual(['2: rules[1].name must be text; put it in quotes']);
    expect(problemsOf('rules:\n  - approve: admin\n')).toEqual(['2: rules[1].name is missing']);
  });

  it('is read whole', () => {
    expect(readPolicy(whole)).toEqual({
      kind: 'policy',
      policy: {
        rules: [
          {
            name: 'databases need admins',
            scope: { risks: ['mutating', 'destructive'], environments: ['prod'], hosts: ['db-*'] },
            terms: { approve: 'admin', approvals: 2 },
          },
          {
            name: 'staging is free',
            scope: { risks: ['mutating'], environments: ['staging', 'dev'] },
            terms: { requesterApproves: true },
          },
        ],
        windows: [
          {
            environments: ['prod'],
            days: ['mon', 'tue'],
            hours: { from: '09:00', to: '16:00', zone: 'Europe/Berlin' },
          },
        ],
        freezes: [{ from: Date.UTC(2026, 11, 20), until: Date.UTC(2027, 0, 3), reason: 'Holidays' }],
        autonomy: [{ channels: ['C1'], success: 0.8, uses: 5 }],
        tickets: [
          {
            ...{ name: 'close it', runbooks: ['disk-*'], systems: ['jira'], actions: ['resolve'] },
            afterMs: 5_400_000,
          },
          { name: 'say it', actions: ['comment', 'resolve'], afterMs: 600_000 },
        ],
        singleOperator: 'mutating',
      },
    });
  });

  it.each(['', '# only a comment\n', '{}'])('that says nothing (%j) is the safe defaults', (source) => {
    expect(readPolicy(source)).toEqual({ kind: 'policy', policy: defaultPolicy });
  });

  it('tells all that is wrong at once, each with its line', () => {
    const source = `rules:
  - name: a
    risks: [deadly]
    approve: boss
  - name: a
    colour: red
windows:
  - days: [monday]
    hours: 9 to 5
freezes:
  - from: tomorrow
    reason: ""
tickets:
  - name: a
    systems: [alertmanager]
    actions: escalate
    after: 2d
single_operator: yes please
`;
    expect(problemsOf(source)).toEqual([
      '3: rules[1].risks must be read-only, mutating or destructive',
      '4: rules[1].approve must be viewer, responder, approver, admin or nobody',
      '6: rules[2].colour is not a field of a policy',
      '8: windows[1].days[1] must be days: mon, tue, wed, thu, fri, sat, sun',
      '9: windows[1].hours must be a span such as 09:00-16:00 Europe/Berlin',
      '11: freezes[1].from must be a time such as 2026-12-20T00:00:00Z, or a date, which begins in UTC',
      '12: freezes[1].reason is empty',
      '15: tickets[1].systems must be of pagerduty, opsgenie, jira, servicenow',
      '16: tickets[1].actions must be of comment, resolve',
      '17: tickets[1].after must be a duration of at most a day, such as 10m or 1h30m',
      '18: single_operator must be off, mutating or destructive',
    ]);
  });

  it('refuses to ask for less than may be asked for', () => {
    const source = `rules:
  - name: easy
    risks: [destructive]
    approve: responder
    approvals: 1
    requester_approves: true
  - name: easy
    risks: [read-only]
    request: viewer
tickets:
  - name: b
  - name: b
`;
    expect(problemsOf(source)).toEqual([
      '4: rules[1].approve is below approver, the least for what is destructive',
      '5: rules[1].approvals is below 2, the least for what is destructive',
      '6: rules[1].requester_approves is never given for what is destructive; see single_operator',
      '7: rules[2].name easy is taken',
      '9: rules[2].request is below responder, the least for what is read-only',
      '12: tickets[2].name b is taken',
    ]);
  });

  it('refuses to hide a runbook for what is not known when it is shown', () => {
    const source = `rules:
  - name: production is secret
    environments: [prod]
    risks: mutating
    see: admin
  - name: so is this
    runbooks: ["db-*"]
    see: admin
`;
    expect(problemsOf(source)).toEqual([
      '5: rules[1].see has no effect beside risks and environments: a runbook is shown or hidden before it has a host. Put see into a rule of its own, with runbooks or channels',
    ]);
  });

  it.each(['rules: [', '- a', 'rules: 5', 'freezes:\n  - {from: 2026-12-20, until: 2026-12-19, reason: x}'])(
    'that is no policy (%j) is told so',
    (source) => {
      expect(problemsOf(source)).not.toEqual([]);
    },
  );

  it('that is wrong or missing keeps the program from starting, by name and line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'recourse-policy-'));
    const file = join(folder, 'policy.yaml');
    await expect(loadPolicy(file)).rejects.toMatchObject({
      kind: 'configuration',
      code: 'policy-unreadable',
    });
    await writeFile(file, 'rules: 5\n');
    await expect(loadPolicy(file)).rejects.toThrow(`${file}:1:`);
    await rm(folder, { recursive: true });
  });

  it('need not be there', async () => {
    expect(await loadPolicy(null)).toEqual(defaultPolicy);
  });
});

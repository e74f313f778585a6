import { describe, expect, it } from 'vitest';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import type { Problem } from '#ports/runbook-parser.ts';

const parser = createRunbookParser(matchWhole);

function parsed(source: string, fileName = 'x.md'): { runbook: Runbook; warnings: readonly Problem[] } {
  const result = parser.parse(source, fileName);
  if (result.kind === 'invalid') throw new Error(JSON.stringify(result.problems));
  return result;
}

function problems(source: string, fileName = 'x.md'): readonly string[] {
  const result = parser.parse(source, fileName);
  if (result.kind === 'runbook') throw new Error('expected problems');
  return result.problems.map(({ line, message }) => `${line}: ${message}`);
}

const full = `---
title: Disk full on a web host
applies_to: { os: linux, application: nginx, environment: [prod, staging], host_group: web }
tags: [disk, logs]
owner: "@sre"
review_every: 90d
parameters:
  host: { type: host }
  node_host: { type: host, description: The node }
  path: { type: path, default: /var/log }
  lines: { type: int, default: 010x, min: 1 }
---
`.replace('010x', '100');

const body = `
# Disk full on a web host

The disk is *full*, \`nginx\` returns
500 & more.

- one
- two

## Check

More about it.

Find what fills the disk.

\`\`\`sh {"id":"usage","timeout":"30s","expect":"\\\\d+%","exit":[0,1],"host":"node_host"}
df -h {{path}}

echo done
\`\`\`

## Fix

### Option A

Restart it.

~~~bash
systemctl restart nginx
~~~

\`\`\`yaml
not: a step
\`\`\`

## Verify

\`\`\`shell
tail -n {{lines}} /var/log/x
\`\`\`

## Rollback

Nothing to do.

## See also

The wiki.
`;

describe('a runbook with front matter', () => {
  const { runbook, warnings } = parsed(full + body);

  it('reads the front matter', () => {
    expect(warnings).toEqual([]);
    expect(runbook).toMatchObject({
      title: 'Disk full on a web host',
      appliesTo: { os: 'linux', application: 'nginx', environment: ['prod', 'staging'], hostGroup: 'web' },
      tags: ['disk', 'logs'],
      owner: '@sre',
      reviewEveryDays: 90,
      alerts: [],
    });
    expect(runbook.parameters).toEqual([
      { name: 'host', type: 'host', description: '' },
      { name: 'node_host', type: 'host', description: 'The node' },
      { name: 'path', type: 'path', description: '', default: '/var/log' },
      { name: 'lines', type: 'int', description: '', default: '100', min: 1 },
    ]);
  });

  it('reads the steps with their sections, titles and attributes', () => {
    expect(runbook.steps).toEqual([
      {
        id: 'usage',
        kind: 'diagnostic',
        title: 'Find what fills the disk.',
        notes: 'More about it.',
        command: 'df -h {{path}}\n\necho done',
        timeoutMs: 30_000,
        expect: '\\d+%',
        exitCodes: [0, 1],
        hostParameter: 'node_host',
      },
      {
        id: 'fix-1',
        kind: 'remediation',
        title: 'Restart it.',
        notes: '',
        command: 'systemctl restart nginx',
        timeoutMs: 60_000,
        exitCodes: [0],
        hostParameter: 'host',
      },
      expect.objectContaining({ id: 'verify-1', kind: 'validation', title: 'Verify' }),
    ]);
  });

  it('keeps the prose as plain text, apart and together', () => {
    expect(runbook.lead).toBe('The disk is full, nginx returns 500 & more.\n\none\n\ntwo');
    expect(runbook.notes).toBe('Nothing to do.\n\nThe wiki.');
    expect(runbook.bodyText).toBe(
      [
        runbook.lead,
        'More about it.',
        'Find what fills the disk.',
        'Restart it.',
        'Verify',
        runbook.notes,
      ].join('\n\n'),
    );
  });

  it('takes Windows line ends and a byte order mark', () => {
    expect(parsed(`\ufeff${(full + body).replaceAll('\n', '\r\n')}`).runbook).toEqual(runbook);
  });

  it('adds the parameter host when a step needs it and nobody declared it', () => {
    const source = '---\ntitle: X\n---\n```sh\ndf -h\n```\n';
    expect(parsed(source).runbook.parameters).toEqual([{ name: 'host', type: 'host', description: '' }]);
  });
});

describe('problems', () => {
  it('are all told at once, each with its line', () => {
    const source = [
      '---', // 1
      'titel: X', // 2
      'applies_to: { os: linux, planet: mars }', // 3
      'review_every: soon', // 4
      'parameters:', // 5
      '  a: { type: colour }', // 6
      '  b: { type: string }', // 7
      '  c: { type: string, pattern: "(" }', // 8
      '  d: { type: int, default: many }', // 9
      '  e: { type: enum }', // 10
      '  f: { type: host, pattern: x }', // 11
      '  g-h: { type: host }', // 12
      '---', // 13
      '## Check', // 14
      '```sh {"id":"one","timeout":"soon","expect":"(","exit":[999],"colour":1}', // 15
      'df {{nope}}', // 16
      '```', // 17
      '```sh {"id":"one"}', // 18
      'true', // 19
      'echo "{{f}}"', // 20
      '```', // 21
      '```sh {id: two}', // 22
      'df', // 23
      '```', // 24
      '```sh {"host":"path"}', // 25
      '```', // 26
      '```sh', // 27
      'df', // 28
    ].join('\n');
    const told = problems(source);
    const expected = [
      /^2: unknown key "titel"/,
      /^2: missing title/,
      /^3: unknown key "planet"/,
      /^4: bad duration in "review_every"/,
      /^6: parameter "a": unknown type "colour"/,
      /^7: parameter "b": a string needs a "pattern"/,
      /^8: parameter "c": "\(" is not a regular expression/,
      /^9: parameter "d": the default does not fit/,
      /^10: parameter "e": an enum needs a list/,
      /^11: parameter "f": unknown key "pattern"/,
      /^12: parameter "g-h": a name is made of/,
      /^15: bad duration in "timeout"/,
      /^15: "expect" is not a regular expression/,
      /^15: "exit" must be a list/,
      /^15: unknown attribute "colour"/,
      /^16: \{\{nope\}\} is not declared/,
      /^18: the step id "one" is used twice/,
      /^20: \{\{f\}\} stands inside quotes/,
      /^22: the attributes are not a JSON object/,
      /^25: this step has no command/,
      /^25: "path" is not declared as a parameter of type host/,
      /^27: this fence is left open/,
    ];
    for (const pattern of expected) expect(told).toContainEqual(expect.stringMatching(pattern));
    expect(told.map((problem) => Number.parseInt(problem, 10))).toEqual(
      told.map((problem) => Number.parseInt(problem, 10)).toSorted((a, b) => a - b),
    );
  });

  it.each([
    ['broken YAML', '---\ntitle: [x\n---\n', /^\d: YAML: /],
    ['a key twice', '---\ntitle: a\ntitle: b\n---\n', /^3: YAML: .*unique/],
    ['front matter that is no map', '---\n- x\n---\n', /^2: the front matter must be a map/],
    ['an alias', '---\ntitle: &a x\nowner: *a\n---\n', /^3: "owner" must be a text/],
    ['an empty title', '---\ntitle: ""\n---\n', /^2: missing title/],
    [
      'a fence that a quote ends',
      '---\ntitle: x\n---\n> ```sh\n> df\n\ntext\n',
      /^4: this fence is left open/,
    ],
    ['a prototype key', '---\ntitle: x\nconstructor: y\n---\n', /^3: unknown key "constructor"/],
  ])('%s', (_name, source, pattern) => {
    expect(problems(source)).toContainEqual(expect.stringMatching(pattern));
  });

  it('takes a parameter with a name that every object knows, but for the one that none can hold', () => {
    const named = (name: string) =>
      [
        '---',
        'title: Odd',
        'parameters:',
        `  ${name}: { type: string, pattern: x }`,
        '---',
        '## Check',
        '```sh',
        `echo {{${name}}}`,
        '```',
      ].join('\n');
    expect(parser.parse(named('constructor'), 'x.md')).toMatchObject({ kind: 'runbook' });
    expect(problems(named('__proto__')).join()).toContain('is not __proto__');
  });

  it('is a sentence also for a text that is much too long or too deep', () => {
    expect(problems('x'.repeat(600_000))).toEqual([expect.stringContaining('longer than')]);
    expect(problems(`---\ntitle: ${'['.repeat(20_000)}\n---\n`)).not.toEqual([]);
    expect(parser.parse('> '.repeat(5000), 'x.md').kind).toMatch(/runbook|invalid/);
  });
});

describe('import of plain Markdown', () => {
  const source = `# Restart a stuck pod

When a pod hangs.

## Diagnosis

Look at it.

\`\`\`console
$ kubectl get pod <pod-name> -n $NAMESPACE
NAME  READY
api   0/1
$ kubectl logs \\
    <pod-name>
some output
\`\`\`

## Mitigation

\`\`\`bash title="x"
COUNT=3
kubectl scale "deploy/<deploy name>" --replicas=$COUNT -n "$NAMESPACE"
echo '<pod-name>' "$HOME" \${CLUSTER_ID}
\`\`\`

\`\`\`
not a step
\`\`\`
`;

  it('takes the title from the heading and makes parameters of placeholders', () => {
    const { runbook, warnings } = parsed(source);
    expect(runbook.title).toBe('Restart a stuck pod');
    expect(runbook.lead).toBe('When a pod hangs.');
    expect(runbook.parameters.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'host: host',
      'pod_name: string',
      'namespace: string',
      'deploy_name: string',
      'cluster_id: string',
    ]);
    expect(runbook.parameters.every((parameter) => parameter.default === undefined)).toBe(true);
    expect(warnings.map(({ line }) => line)).toEqual([20, 26]);
  });

  it('takes prompts and output out of console fences', () => {
    expect(parsed(source).runbook.steps[0]?.command).toBe(
      'kubectl get pod {{pod_name}} -n {{namespace}}\nkubectl logs \\\n    {{pod_name}}',
    );
  });

  it('closes quotes around placeholders and leaves set and well-known variables alone', () => {
    expect(parsed(source).runbook.steps[1]).toMatchObject({
      kind: 'remediation',
      title: 'Mitigation',
      command: [
        'COUNT=3',
        'kubectl scale "deploy/"{{deploy_name}}"" --replicas=$COUNT -n {{namespace}}',
        'echo {{pod_name}} "$HOME" {{cluster_id}}',
      ].join('\n'),
    });
  });

  it('falls back to the file name', () => {
    const { runbook, warnings } = parsed('```sh\ndf\n```\n', 'ops/disk-is_full.md');
    expect(runbook.title).toBe('disk is full');
    expect(warnings).toHaveLength(1);
  });

  it('reads steps without any section', () => {
    const { runbook } = parsed('# X\n\nWhy.\n\nRun this.\n\n```sh\ndf\n```\n');
    expect(runbook).toMatchObject({ lead: 'Why.', steps: [{ kind: 'diagnostic', title: 'Run this.' }] });
  });
});

describe('import of agent-style YAML', () => {
  const source = `id: restart-nginx
platform: linux
description: nginx is stuck.
tags: [nginx]
prerequisites:
  - You can log in.
  - { action: check_disk }
steps:
  - action: check_logs
    params: { service: nginx, lines: 20 }
  - action: restart_service
    name: Restart nginx
    params: { service: "{{service}}" }
    timeout: 45
  - action: shell
    params: { command: "rm -f -- <file>" }
verification:
  - { action: http_check, params: { url: "http://localhost/?a=1&b" }, expect: ok }
rollback:
  - { command: systemctl start nginx, description: Start it again }
`;

  it('becomes the same model', () => {
    const { runbook, warnings } = parsed(source, 'restart-nginx.yaml');
    expect(warnings).toEqual([]);
    expect(runbook).toMatchObject({
      title: 'restart nginx',
      lead: 'nginx is stuck.\n\nYou can log in.',
      appliesTo: { os: 'linux' },
      tags: ['nginx'],
    });
    expect(runbook.parameters.map(({ name }) => name)).toEqual(['host', 'service', 'file']);
    expect(runbook.steps.map(({ kind, command }) => `${kind}: ${command}`)).toEqual([
      'diagnostic: df -h /',
      'diagnostic: journalctl -u nginx -n 20 --no-pager',
      'remediation: systemctl restart {{service}}',
      'remediation: rm -f -- {{file}}',
      "validation: curl -fsS -m 10 'http://localhost/?a=1&b'",
      'rollback: systemctl start nginx',
    ]);
    expect(runbook.steps[2]).toMatchObject({
      id: 'restart-nginx',
      title: 'Restart nginx',
      timeoutMs: 45_000,
    });
  });

  it('tells what it cannot import', () => {
    const told = problems(
      'id: x\ncolour: red\nsteps:\n  - { action: fly }\n  - { action: restart_service }\n  - { action: shell, parms: {} }\n',
      'x.yml',
    );
    expect(told).toEqual([
      expect.stringMatching(/^1: there is no step/),
      expect.stringMatching(/^2: unknown key "colour"/),
      expect.stringMatching(/^4: unknown action "fly"/),
      expect.stringMatching(/^5: the action "restart_service" needs service/),
      expect.stringMatching(/^6: unknown key "parms"/),
      expect.stringMatching(/^6: the action "shell" needs a command/),
    ]);
    expect(problems('- a\n', 'x.yml')).toEqual(['1: a YAML runbook must be a map with "steps"']);
  });
});

it('does not stand still over a default that its pattern would never decide', () => {
  const parameter = `{ type: string, pattern: "(a+)+", default: "${'a'.repeat(60)}!" }`;
  expect(problems(`---\ntitle: X\nparameters:\n  name: ${parameter}\n---\n`)).toEqual([
    '4: parameter "name": the default does not fit: whether it matches (a+)+ takes too long to find out; give the runbook a simpler pattern',
  ]);
});

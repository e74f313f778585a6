import { beforeAll, describe, expect, it } from 'vitest';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import { renderCommand } from '#domain/runbook/render-command.ts';
import { renderRunbook } from '#domain/runbook/render-runbook.ts';
import { runbookFromCase } from '#domain/runbook-from-case/runbook-from-case.ts';
import type { Case } from '#domain/solution.ts';
import type { CommandParser } from '#ports/command-parser.ts';
import { arbitraryCase } from '#test/support/arbitrary-case.ts';
import { fc } from '#test/support/properties.ts';
import { someCase } from '#test/support/rows.ts';

describe('a runbook from a case', () => {
  const runbooks = createRunbookParser(matchWhole);
  let shell: CommandParser;
  beforeAll(async () => {
    shell = await createBashCommandParser();
  });

  const make = (steps: string, changes: Partial<Case> = {}) =>
    runbookFromCase(
      { ...someCase('Relay stuck'), ...changes, steps },
      { parse: shell.parse, hosts: new Set(['demo-web-01', 'bastion']) },
    );
  const givenIn = (description: string): string => description.replace('In the case it was ', '');

  it('sorts commands into sections by what they do, and says what each needs', () => {
    const runbook = make(
      [
        '$ df -h /var/log/nginx',
        '(succeeded)',
        '/dev/sda1 100%',
        '$ sudo systemctl restart nginx',
        '(succeeded)',
        '$ curl -fsS localhost',
        '(succeeded)',
        'ok',
      ].join('\n'),
    );
    expect(runbook.steps.map(({ id, kind, command }) => [id, kind, command])).toEqual([
      ['check-1', 'diagnostic', 'df -h {{path}}'],
      ['fix-1', 'remediation', 'sudo systemctl restart nginx'],
      ['verify-1', 'validation', 'curl -fsS localhost'],
    ]);
    expect(runbook.steps.map(({ notes }) => notes)).toEqual(['', expect.stringContaining('an approver'), '']);
    expect(runbook.parameters).toMatchObject([
      { name: 'host', type: 'host' },
      { name: 'path', type: 'path', default: '/var/log/nginx' },
    ]);
  });

  it.each([
    ['kill -TERM 48213', 'kill -TERM {{process}}', 'int'],
    ['ping -c 3 10.1.2.3', 'ping -c 3 {{target}}', 'string'],
    ['ssh demo-web-01 uptime', 'ssh {{other_host}} uptime', 'host'],
    ['kubectl logs api-5d9c7b6f4d-x2x7q', 'kubectl logs {{id}}', 'string'],
    ['psql --host=db-01.prod.internal -c "select 1"', 'psql --host={{target}} -c "select 1"', 'string'],
  ])('finds what will differ in %s', (command, template, type) => {
    const runbook = make(`$ ${command}\n(succeeded)`);
    expect(runbook.steps.map((step) => step.command)).toEqual([template]);
    expect(runbook.parameters[1]).toMatchObject({ type });
  });

  it.each([
    'cat /proc/meminfo',
    'tail -n 500 log',
    'echo "/var/log/nginx"',
    '/opt/app/bin/status',
    'du -sh /var',
  ])('leaves %s as it was', (command) => {
    const runbook = make(`$ ${command}\n(succeeded)`);
    expect(runbook.steps.map((step) => step.command)).toEqual([command]);
    expect(runbook.parameters.map(({ name }) => name)).toEqual(['host']);
  });

  it('gives the same value the same name, and another one another', () => {
    const { steps } = make('$ ls /srv/a/x\n(succeeded)\n$ du -s /srv/a/x /srv/b/x\n(succeeded)');
    expect(steps.map(({ command }) => command)).toEqual(['ls {{path}}', 'du -s {{path}} {{path_2}}']);
  });

  it('leaves out what failed and what held a secret, and says so', () => {
    const { steps, notes } = make(
      [
        '$ sytemctl restart nginx',
        '(failed)',
        '$ mysql -p[redacted] -e status',
        '$ uptime',
        ' up 3 days',
      ].join('\n'),
    );
    expect(steps.map(({ command }) => command)).toEqual(['uptime']);
    expect(notes).toContain('Left out: sytemctl restart nginx (it ended failed).');
    expect(notes).toContain('it held a secret');
  });

  const commands = fc
    .array(
      fc.constantFrom(
        'df -h /var/log/nginx',
        'kill -9 4711',
        "grep 'a b' /srv/www/error.log | tail -n 300",
        'for pid in 812 944; do kill $pid; done',
        'rsync -a /srv/a/b demo-web-01:/srv/a/b',
        'echo {{path}} `date`',
        'cat <<E\n/etc/nginx/nginx.conf\nE',
        'find /srv/www/tmp -name "*.log" \\\n  -delete',
        'curl http://10.0.0.7/healthz?n=10.0.0.7',
        'bash -c "rm /srv/a/b"',
        '((',
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((all) => all.map((command) => `$ ${command}\n(succeeded)`).join('\n'));

  it('is read back as it is, whatever the case holds', () => {
    fc.assert(
      fc.property(arbitraryCase, commands, (past, steps) => {
        const runbook = make(`${past.steps ?? ''}\n${steps}`, past);
        expect(runbooks.parse(renderRunbook(runbook), 'x.md')).toMatchObject({ kind: 'runbook', runbook });
      }),
      { numRuns: 200 },
    );
  });

  it('runs exactly what was run when it is given what it was run with', () => {
    fc.assert(
      fc.property(commands, (steps) => {
        const { parameters, steps: made } = make(steps);
        const values = Object.fromEntries(
          parameters.map(({ name, description }) => [name, givenIn(description)]),
        );
        for (const { command } of made) {
          const rendered = renderCommand(command, values);
          expect(rendered.kind === 'rendered' && `${steps}\n`.includes(`$ ${rendered.command}\n`)).toBe(true);
        }
      }),
    );
  });
});

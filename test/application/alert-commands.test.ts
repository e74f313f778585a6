import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertPayloads } from '#test/fixtures/alert-payloads.ts';
import { run } from '#test/support/command-parts.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'recourse-alerts-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const routes = `
routes:
  - name: databases
    labels: { instance: "db-*" }
    to: slack:T012AB3CD/C0DATABASES
  - name: pages
    sources: alertmanager
    severities: [critical, error]
    labels: { alertname: ["Disk*", "Mem*"] }
    to: slack:T012AB3CD/C0PAGES
    context: { os: linux, host_group: web }
`;
const [alertmanager] = alertPayloads;
const payload = JSON.stringify(alertmanager?.payload);
const dryRun = ['alerts', 'route', '--dry-run'];

describe('an alerts file', () => {
  it('without a mistake is right', async () => {
    writeFileSync(join(cwd, 'alerts.yaml'), routes);
    expect(await run(['alerts', 'check'], { cwd })).toEqual({
      code: 0,
      out: 'The alerts file is right.\n',
      err: '',
    });
  });

  it('has its mistakes printed by line, and ends with 1', async () => {
    const wrong = [
      'routes:',
      '  - name: one',
      '    to: somewhere',
      '    severities: urgent',
      '  - name: 5',
      '    to: slack:T1/C1',
      '    colour: red',
      'generic:',
      '  nagios: { fingerprint: a..b, name: check }',
      '  Icinga: { fingerprint: a, name: check }',
      'settings: { verify_after: soon }',
    ];
    writeFileSync(join(cwd, 'mine.yaml'), wrong.join('\n'));
    const { code, out } = await run(['alerts', 'check', 'mine.yaml'], { cwd });
    expect(code).toBe(1);
    expect(out.trimEnd().split('\n')).toEqual([
      'mine.yaml:3: routes[1].to must be PLATFORM:TEAM/CHANNEL with slack, discord (ids in digits) or playground',
      'mine.yaml:4: routes[1].severities must be of critical, error, warning, info',
      'mine.yaml:5: routes[2].name must be text; put it in quotes',
      'mine.yaml:7: routes[2].colour is not a field of an alerts file',
      'mine.yaml:9: generic.nagios.fingerprint must be a path such as check.hosts[0].name',
      'mine.yaml:10: generic.Icinga must be small letters, digits and dashes: it is the end of an address',
      'mine.yaml:11: settings.verify_after must be a duration of at most 7 days, such as 30s, 10m or 1h30m',
    ]);
  });

  it('takes no two routes of one name, and says when it is not there', async () => {
    writeFileSync(join(cwd, 'alerts.yaml'), `${routes}  - name: pages\n    to: slack:T1/C1\n`);
    expect(await run(['alerts', 'check'], { cwd })).toMatchObject({
      code: 1,
      out: 'alerts.yaml:12: routes[3].name pages is taken\n',
    });
    expect(await run(['alerts', 'check', 'none.yaml'], { cwd })).toMatchObject({
      code: 1,
      out: expect.stringContaining('none.yaml:1: cannot be read'),
    });
  });
});

describe('a payload that is routed by hand', () => {
  it('is told with the first route that fits each alert', async () => {
    writeFileSync(join(cwd, 'alerts.yaml'), routes);
    const { code, out } = await run(dryRun, { cwd, stdin: payload });
    expect(out.split('\n').slice(0, 2)).toEqual([
      'alertmanager: firing DiskFull (critical), fingerprint 0b3b9c5484d0e248',
      '  to slack:T012AB3CD/C0PAGES by route "pages"',
    ]);
    expect(code).toBe(0);
  });

  it('is taken out of a recorded request, and told as JSON', async () => {
    writeFileSync(join(cwd, 'alerts.yaml'), routes);
    const request = JSON.stringify({ method: 'POST', headers: {}, body: JSON.parse(payload) });
    const { out } = await run([...dryRun, '--json'], { cwd, stdin: request });
    expect(JSON.parse(out)).toMatchObject({
      kind: 'routed',
      sender: 'alertmanager',
      alerts: [
        { alert: { name: 'DiskFull' }, route: { name: 'pages', context: { os: 'linux', hostGroup: 'web' } } },
      ],
    });
  });

  it('goes nowhere when no route fits, which is said', async () => {
    writeFileSync(join(cwd, 'alerts.yaml'), routes.replaceAll('Disk', 'Other'));
    expect(await run(dryRun, { cwd, stdin: payload })).toMatchObject({
      code: 0,
      out: expect.stringContaining('  to nowhere: no route fits'),
    });
  });

  it.each([
    ['not JSON', 'hello', [], 'the standard input is not JSON'],
    ['of nobody', '{}', [], 'looks like none of a known sender'],
    ['wrong', '{"alerts":[]}', ['--sender', 'alertmanager'], 'alertmanager: alerts is an empty list'],
  ])('is refused when it is %s', async (_, stdin, options, said) => {
    writeFileSync(join(cwd, 'alerts.yaml'), routes);
    const { code, out, err } = await run([...dryRun, ...options], { cwd, stdin });
    expect(code).toBe(1);
    expect(out + err).toContain(said);
  });

  it('is only looked at: without --dry-run nothing is done', async () => {
    writeFileSync(join(cwd, 'alerts.yaml'), routes);
    expect(await run(['alerts', 'route'], { cwd, stdin: payload })).toMatchObject({
      code: 2,
      err: expect.stringContaining('--dry-run'),
    });
  });
});

const calling = `
escalations:
  on-call:
    - { after: 10m, people: slack:T012AB3CD/U0RAE }
    - after: 1h
      people: [slack:T012AB3CD/U0ADA, slack:T012AB3CD/U0BEN]
      channel: slack:T012AB3CD/C0LEADS
`;

describe('an escalation', () => {
  it('is shown with the alerts that would go that way', async () => {
    const escalating = routes.replace('C0PAGES', 'C0PAGES\n    escalate: on-call');
    writeFileSync(join(cwd, 'alerts.yaml'), `${escalating}${calling}`);
    const { out, code } = await run(dryRun, { cwd, stdin: payload });
    expect(code).toBe(0);
    expect(out.split('\n').slice(2, 5)).toEqual([
      '  unless somebody acts, by escalation "on-call":',
      '    1. 10m after it fired: slack:T012AB3CD/U0RAE',
      '    2. 1h later: slack:T012AB3CD/U0ADA, slack:T012AB3CD/U0BEN, slack:T012AB3CD/C0LEADS',
    ]);
    const asJson = await run([...dryRun, '--json'], { cwd, stdin: payload });
    expect(JSON.parse(asJson.out).alerts[0].route.escalation).toEqual({
      name: 'on-call',
      levels: [
        { afterMs: 600_000, people: ['U0RAE'], channel: null },
        { afterMs: 3_600_000, people: ['U0ADA', 'U0BEN'], channel: 'C0LEADS' },
      ],
    });
  });

  it('that would call nobody, or somebody elsewhere, is a mistake, and so is a name that is none', async () => {
    const check = async (file: string) => {
      writeFileSync(join(cwd, 'alerts.yaml'), file);
      return (await run(['alerts', 'check'], { cwd })).out.trimEnd().split('\n');
    };
    expect(await check(calling)).toEqual([
      'alerts.yaml:3: escalations.on-call is used by no route; name it in the `escalate` of one, or take it away',
    ]);
    expect(await check(`routes:\n  - { name: one, to: slack:T1/C1, escalate: oncall }${calling}`)).toEqual([
      'alerts.yaml:2: routes[1].escalate oncall is no name under escalations: on-call',
      'alerts.yaml:4: escalations.on-call is used by no route; name it in the `escalate` of one, or take it away',
    ]);
    expect(await check(`routes:\n  - { name: one, to: slack:T1/C1, escalate: on-call }${calling}`)).toEqual([
      'alerts.yaml:5: escalations.on-call[1].people slack:T012AB3CD/U0RAE is not in slack:T1, where routes[1] (one) leads',
      'alerts.yaml:7: escalations.on-call[2].people slack:T012AB3CD/U0ADA is not in slack:T1, where routes[1] (one) leads',
      'alerts.yaml:7: escalations.on-call[2].people slack:T012AB3CD/U0BEN is not in slack:T1, where routes[1] (one) leads',
      'alerts.yaml:8: escalations.on-call[2].channel slack:T012AB3CD/C0LEADS is not in slack:T1, where routes[1] (one) leads',
    ]);
    const wrong = [
      'escalations:',
      '  a: []',
      '  b: [{ after: 10m }]',
      '  c: [{ people: slack:T1/U1 }]',
      '  d: [{ after: 5, people: rae }]',
      '  e: [{ after: 8d, channel: slack:T1/C1, page: now }]',
    ];
    expect(await check(wrong.join('\n'))).toEqual([
      'alerts.yaml:2: escalations.a has no level',
      'alerts.yaml:3: escalations.b[1] calls nobody: name people, a channel or both',
      'alerts.yaml:4: escalations.c[1].after is missing',
      'alerts.yaml:5: escalations.d[1].after must be text; put it in quotes',
      'alerts.yaml:5: escalations.d[1].people must be PLATFORM:TEAM/PERSON with slack, discord (ids in digits) or playground, or a list of such',
      'alerts.yaml:6: escalations.e[1].after must be a duration of at most 7 days, such as 30s, 10m or 1h30m',
      'alerts.yaml:6: escalations.e[1].page is not a field of an alerts file',
    ]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import { appendSteps, withSteps } from '#domain/better-runbook/add-steps.ts';
import { handCommands } from '#domain/better-runbook/hand-commands.ts';
import { stepsByHand } from '#domain/better-runbook/steps-by-hand.ts';
import { renderRunbook } from '#domain/runbook/render-runbook.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import type { CommandParser } from '#ports/command-parser.ts';
import { arbitraryRunbook } from '#test/support/arbitrary-runbook.ts';
import { fc } from '#test/support/properties.ts';

const parser = createRunbookParser(matchWhole);
const read = (text: string, name = 'x.md') => {
  const parsed = parser.parse(text, name);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.runbook;
};

describe('commands that somebody says they ran by hand', () => {
  it.each([
    ['systemctl restart relay', ['systemctl restart relay']],
    ['- systemctl stop relay\n2) rm -f /run/relay.pid', ['systemctl stop relay', 'rm -f /run/relay.pid']],
    ['restarted it with `sudo systemctl restart relay`', ['sudo systemctl restart relay']],
    ['root@web-01:~# df -h\n/dev/sda1 98%\n', ['df -h']],
    ['```\nkubectl rollout restart deploy/api\n```', ['kubectl rollout restart deploy/api']],
    ['$ uptime\n$ uptime', ['uptime']],
    ['you could try `systemctl restart relay`', []],
    ['do not run `rm -rf /srv`', []],
    ['called the network team and waited', []],
    ['select count(*) from jobs;', []],
    ['stop the old job first', []],
  ])('are found in %j', (text, commands) => {
    expect(handCommands(text)).toEqual(commands);
  });

  it('are no more than a few', () => {
    const many = Array.from({ length: 40 }, (_, number) => `df -h /srv/${number}`).join('\n');
    expect(handCommands(many)).toHaveLength(10);
  });
});

describe('steps done by hand', () => {
  let shell: CommandParser;
  beforeAll(async () => {
    shell = await createBashCommandParser();
  });
  const add = (runbook: Runbook, ...commands: readonly string[]) =>
    stepsByHand(runbook, commands, 'Done by hand.', { parse: shell.parse, hosts: new Set(['bastion']) });
  const text = [
    '---\ntitle: Relay\nparameters:\n  host: { type: host }\n  logs: { type: path, default: /var/log/relay }\n---\n',
    '## Fix\n\nDo it.\n\n```sh {"id":"do"}\nsystemctl restart relay\n```\n\n## Notes\n\nOld.\n',
  ].join('\n');

  it('are sorted and judged as those of a case, and ask for nothing twice', () => {
    const runbook = read(text);
    const added = add(runbook, 'du -sh /var/log/relay', 'rm -rf /srv/relay/tmp', 'uptime');
    expect(added?.steps.map(({ id, kind, command }) => [id, kind, command])).toEqual([
      ['by-hand-check-1', 'diagnostic', 'du -sh {{logs}}'],
      ['by-hand-fix-1', 'remediation', 'rm -rf {{path}}'],
      ['by-hand-verify-1', 'validation', 'uptime'],
    ]);
    expect(added?.steps[1]?.notes).toMatch(/^Done by hand\.\n\nThis can destroy something/);
    expect(added?.parameters.map(({ name }) => name)).toEqual(['path']);
  });

  it('are none where a step runs it already, or where it holds a secret', () => {
    expect(add(read(text), 'systemctl restart relay')).toBeUndefined();
    expect(add(read(text), 'mysql -p[redacted] -e status')).toBeUndefined();
  });

  it('stand behind the text, of which every line stays', () => {
    const runbook = read(text);
    const added = add(runbook, 'rm -rf /srv/relay/tmp');
    const next = added && appendSteps({ text }, added);
    for (const line of text.trimEnd().split('\n')) expect(next).toContain(line);
    expect(next).toContain('  logs: { type: path, default: /var/log/relay }\n  path: { type: path');
    expect(next && added && read(next)).toEqual(added && withSteps(runbook, added));
  });

  const pack = readdirSync('runbooks').filter((name) => name.endsWith('.md') && name !== 'README.md');
  it.each(pack)('read back in %s', (name) => {
    const source = readFileSync(`runbooks/${name}`, 'utf8');
    const runbook = read(source, name);
    const added = add(runbook, 'kill -TERM 48213', 'rsync -a /srv/a/b bastion:/srv/a/b');
    const next = added && appendSteps({ text: source }, added);
    expect(next && added && read(next, name)).toEqual(added && withSteps(runbook, added));
  });

  it('read back whatever the runbook holds', () => {
    fc.assert(
      fc.property(arbitraryRunbook, (runbook) => {
        const source = renderRunbook(runbook);
        const added = add(runbook, 'kill -TERM 48213', 'ls /srv/a/b');
        const next = added && appendSteps({ text: source }, added);
        expect(next && added && read(next)).toEqual(added && withSteps(runbook, added));
      }),
    );
  });
});

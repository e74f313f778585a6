import { describe, expect, it } from 'vitest';
import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { classifyCommand } from '#domain/risk/classify-command.ts';
import type { CommandTree } from '#domain/risk/command-tree.ts';
import { type Risk, riskOrder, worstRisk, worstVerdict } from '#domain/risk/risk.ts';
import { changingCommands } from '#test/fixtures/changing-commands.ts';
import { lookingCommands } from '#test/fixtures/looking-commands.ts';
import { operatorCommands } from '#test/fixtures/operator-commands.ts';

const parser = await createBashCommandParser();
const risk = (command: string): Risk => classifyCommand(command, parser.parse).risk;

describe('risk order', () => {
  it('knows which of two risks is worse', () => {
    expect(worstRisk('read-only', 'mutating')).toBe('mutating');
    expect(worstRisk('destructive', 'mutating')).toBe('destructive');
    expect(Object.keys(riskOrder)).toEqual(['read-only', 'mutating', 'destructive']);
  });

  it('keeps the first of equally bad verdicts, so that the sentence names the earliest cause', () => {
    const verdicts = [
      { risk: 'mutating', why: 'first' },
      { risk: 'mutating', why: 'second' },
    ] as const;
    expect(worstVerdict(verdicts, { risk: 'read-only', why: '' }).why).toBe('first');
  });
});

describe('classifyCommand', () => {
  it('has at least 150 operator commands to judge, each once', () => {
    expect(operatorCommands.length).toBeGreaterThanOrEqual(150);
    expect(new Set(operatorCommands.map(([, command]) => command)).size).toBe(operatorCommands.length);
  });

  it.each(operatorCommands)('%s: %s', (expected, command) => {
    expect(classifyCommand(command, parser.parse)).toMatchObject({ risk: expected });
  });

  it.each(lookingCommands)('only looks: %s', (command) => {
    expect(classifyCommand(command, parser.parse)).toMatchObject({ risk: 'read-only' });
  });

  it.each(changingCommands)('is no look: %s', (command) => {
    expect(classifyCommand(command, parser.parse)).not.toMatchObject({ risk: 'read-only' });
  });

  it('says why in words that name the program', () => {
    expect(classifyCommand('sudo systemctl restart nginx', parser.parse).why).toContain('systemctl restart');
    expect(classifyCommand('frobnicate --all', parser.parse).why).toContain(
      'frobnicate is not a known program',
    );
    expect(classifyCommand('ls >/etc/motd', parser.parse).why).toContain('/etc/motd');
  });

  it('is never better than its worst part, whatever joins the parts', () => {
    const joiners = [' ; ', ' && ', ' || ', ' | ', '\n', ' & '];
    for (const joiner of joiners) {
      expect(risk(`df -h${joiner}rm -rf /srv${joiner}uptime`)).toBe('destructive');
      expect(risk(`df -h${joiner}systemctl restart nginx${joiner}uptime`)).toBe('mutating');
      expect(risk(`df -h${joiner}uptime`)).toBe('read-only');
    }
  });

  it('unwraps every wrapper down to the program that does the work', () => {
    const wrappers = [
      (inner: string) => `sudo -n ${inner}`,
      (inner: string) => `sudo -u app env A=1 nice -n 5 timeout -k 1 10 nohup setsid ${inner}`,
      (inner: string) => `sh -c '${inner}'`,
      (inner: string) => `bash -euo pipefail -c "${inner}"`,
      (inner: string) => `ssh -o BatchMode=yes web-01 '${inner}'`,
      (inner: string) => `kubectl -n x exec pod -c app -- ${inner}`,
      (inner: string) => `docker exec -u root app ${inner}`,
      (inner: string) => `echo a | xargs -r -n1 ${inner}`,
      (inner: string) => `find . -name x -exec ${inner} {} \\;`,
      (inner: string) => `watch -n 5 ${inner}`,
      (inner: string) => `flock -n 9 ${inner}`,
      (inner: string) => `ip netns exec blue ${inner}`,
      (inner: string) => `if true; then ${inner}; fi`,
      (inner: string) => `x=$(${inner})`,
      (inner: string) => `eval '${inner}'`,
    ];
    for (const wrap of wrappers) {
      expect(riskOrder[risk(wrap('uptime'))], wrap('uptime')).toBeLessThan(riskOrder.destructive);
      expect(risk(wrap('systemctl restart x')), wrap('restart')).toBe('mutating');
      expect(risk(wrap('rm -rf x')), wrap('rm')).toBe('destructive');
      expect(risk(wrap('frobnicate')), wrap('frobnicate')).toBe('destructive');
    }
  });

  it('gives up on commands that hide too deeply', () => {
    const nested = (depth: number): string => (depth === 0 ? 'uptime' : `eval eval ${nested(depth - 1)}`);
    expect(risk(nested(1))).toBe('read-only');
    expect(risk(nested(20))).toBe('destructive');
  });

  it('judges what a parser cannot read as destructive, with the reason', () => {
    const parse = (): CommandTree => ({ kind: 'unparsable', why: 'of the moon' });
    expect(classifyCommand('ls', parse)).toEqual({
      risk: 'destructive',
      why: 'the command cannot be parsed: of the moon',
    });
  });

  it('trusts names in system directories only', () => {
    expect(risk('/usr/bin/df -h')).toBe('read-only');
    expect(risk('/usr/local/sbin/../../../tmp/df')).toBe('destructive');
    expect(risk('~/bin/df')).toBe('destructive');
  });

  it('takes prototype names for what they are: unknown programs and verbs', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(risk(name)).toBe('destructive');
      expect(risk(`systemctl ${name}`)).toBe('destructive');
      expect(risk(`psql -c '${name}'`)).toBe('destructive');
    }
  });

  it('fills in variables that the text itself sets, and no others', () => {
    expect(risk('ns=prod; kubectl -n $ns get pods')).toBe('read-only');
    expect(risk('verb=delete; kubectl $verb pod x')).toBe('destructive');
    expect(risk('kubectl $VERB pods')).toBe('destructive');
    expect(risk('a="-delete -print"; find /srv $a')).toBe('destructive');
    expect(risk('a=x; a=-delete; find /srv $a')).toBe('destructive');
  });
});

import { describe, expect, it } from 'vitest';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import { checkParameterValue } from '#domain/runbook/parameter-values.ts';
import { dayMs, formatDuration, parseDuration } from '#domain/runbook/parse-duration.ts';
import type { Parameter } from '#domain/runbook/runbook.ts';
import { namedSectionKind, sectionKind } from '#domain/runbook/section-kind.ts';
import { fc } from '#test/support/properties.ts';

const base = { name: 'x', description: '' };
const host: Parameter = { ...base, type: 'host' };
const path: Parameter = { ...base, type: 'path' };
const int: Parameter = { ...base, type: 'int', min: 1, max: 65535 };
const choice: Parameter = { ...base, type: 'enum', values: ['50M', '100M'] };
const duration: Parameter = { ...base, type: 'duration' };
const string: Parameter = { ...base, type: 'string', pattern: '[a-z]+|[0-9]+ x' };
const all = [host, path, int, choice, duration, string];

describe('checkParameterValue', () => {
  it.each<[Parameter, string]>([
    [host, 'demo-web-01'],
    [host, 'db_1.eu.example.com'],
    [host, '10.0.0.7'],
    [host, '2001:db8::1'],
    [host, 'fe80::1%eth0'],
    [path, '/var/log'],
    [path, '/srv/it is/ok; rm'],
    [int, '1'],
    [int, '65535'],
    [choice, '100M'],
    [duration, '1h30m'],
    [string, 'abc'],
    [string, '42 x'],
  ])('takes %j', (parameter, raw) => {
    expect(checkParameterValue(parameter, raw, matchWhole)).toEqual({ kind: 'valid', value: raw });
  });

  it.each<[Parameter, string]>([
    [host, '-oProxyCommand=x'],
    [host, 'a b'],
    [host, 'a;b'],
    [host, '.'],
    [host, `${'a'.repeat(254)}`],
    [path, 'var/log'],
    [path, '/var/../etc'],
    [path, '~/x'],
    [int, '0'],
    [int, '65536'],
    [int, '010'],
    [int, '1e3'],
    [int, '0x10'],
    [int, '1.5'],
    [choice, '100m'],
    [duration, '5'],
    [duration, '0s'],
    [duration, 'soon'],
    [string, 'abc1'],
    [string, ' abc'],
    [string, 'abc\n'],
  ])('refuses %j', (parameter, raw) => {
    expect(checkParameterValue(parameter, raw, matchWhole)).toMatchObject({
      kind: 'invalid',
      why: expect.stringMatching(/^it /),
    });
  });

  it('refuses control characters, nothing at all, and far too much, for every type', () => {
    for (const parameter of all) {
      for (const raw of ['', 'a\0b', 'a\nb', 'a\rb', 'a\u001bb', 'a\u0085b', '\ud800', 'a'.repeat(1025)]) {
        expect(checkParameterValue(parameter, raw, matchWhole).kind).toBe('invalid');
      }
    }
  });

  it('drops blanks around a value except in strings', () => {
    expect(checkParameterValue(host, ' web-01 ', matchWhole)).toEqual({ kind: 'valid', value: 'web-01' });
    expect(checkParameterValue(string, 'abc ', matchWhole)).toMatchObject({ kind: 'invalid' });
  });

  it('does not let a pattern with alternatives match only a part', () => {
    expect(checkParameterValue(string, 'abc; rm -rf / 42 x', matchWhole)).toMatchObject({ kind: 'invalid' });
  });

  it('refuses what its pattern would never decide, and says what to do', () => {
    const endless: Parameter = { ...base, type: 'string', pattern: '(a+)+' };
    expect(checkParameterValue(endless, `${'a'.repeat(60)}!`, matchWhole)).toEqual({
      kind: 'invalid',
      why: 'whether it matches (a+)+ takes too long to find out; give the runbook a simpler pattern',
    });
    expect(checkParameterValue(endless, 'aaa', matchWhole)).toEqual({ kind: 'valid', value: 'aaa' });
  });

  it('refuses everything when the pattern is broken', () => {
    expect(checkParameterValue({ ...base, type: 'string', pattern: '(' }, 'a', matchWhole)).toMatchObject({
      kind: 'invalid',
    });
  });
});

describe('durations', () => {
  it.each<[string, number]>([
    ['250ms', 250],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['90d', 90 * dayMs],
    ['2w', 14 * dayMs],
  ])('reads %s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '5', 's', '-5s', '1.5h', '5 m', '5min', '0s', '0d0h', `${'9'.repeat(30)}w`])(
    'refuses %j',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );

  it('writes what it reads back exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * dayMs }), (milliseconds) => {
        expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds);
      }),
    );
    expect(formatDuration(90_000)).toBe('90s');
    expect(formatDuration(120_000)).toBe('2m');
  });
});

describe('sectionKind', () => {
  it.each([
    ['Check', 'diagnostic'],
    ['Diagnosis', 'diagnostic'],
    ['🔍 Investigate', 'diagnostic'],
    ['2. Mitigation:', 'remediation'],
    ['Resolution Steps', 'remediation'],
    ['FIX', 'remediation'],
    ['Verification', 'validation'],
    ['Validation', 'validation'],
    ['Roll-back', 'rollback'],
    ['Rollback', 'rollback'],
    ['Impact', 'diagnostic'],
    ['', 'diagnostic'],
  ])('%s → %s', (heading, kind) => {
    expect(sectionKind(heading)).toBe(kind);
  });

  it('says when a heading names no kind', () => {
    expect(namedSectionKind('Impact')).toBeNull();
    expect(namedSectionKind('Prefix')).toBeNull();
  });
});

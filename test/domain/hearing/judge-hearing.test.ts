import { describe, expect, it } from 'vitest';
import { judgeHearing, mayBeHeard } from '#domain/hearing/judge-hearing.ts';
import { defaultMode } from '#domain/hearing/listening.ts';
import { modeForm, readModeRequest } from '#domain/hearing/mode-request.ts';
import { repeatsAlert } from '#domain/hearing/repeats-alert.ts';
import { tellsRecovery } from '#domain/hearing/tells-recovery.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { someSpeaker } from '#test/support/rows.ts';

const place = { workspace: 'w' as WorkspaceId, channel: 'c', thread: null };
const root = { place, speaker: someSpeaker('rae'), mentionsBot: false, at: Date.UTC(2026, 10, 25, 23) };
const mention = { ...root, mentionsBot: true };
const reply = { ...root, place: { ...place, thread: 't' } };
const alert = { ...root, speaker: someSpeaker('grafana', { standing: 'bot' }) };
const direct = { ...root, place: { ...place, direct: true } };
const night = { from: '22:00', to: '07:00', zone: 'UTC' };

describe('hearing', () => {
  it.each([
    // message, off, mention, suggest, auto, suggest in quiet hours
    ['a message', root, 'nothing', 'nothing', 'suggest', 'suggest', 'nothing'],
    ['a mention', mention, 'tell-off', 'answer', 'answer', 'answer', 'answer'],
    ['a reply', reply, 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
    [
      'a mention in a thread',
      { ...reply, mentionsBot: true },
      'tell-off',
      'answer',
      'answer',
      'answer',
      'answer',
    ],
    ['an alert', alert, 'nothing', 'nothing', 'suggest', 'suggest', 'suggest'],
    [
      'a bot that mentions',
      { ...alert, mentionsBot: true },
      'nothing',
      'nothing',
      'suggest',
      'suggest',
      'suggest',
    ],
    ['a direct message', direct, 'answer', 'answer', 'answer', 'answer', 'answer'],
    ['a bot that writes directly', { ...alert, place: direct.place }, ...Array(5).fill('nothing')],
  ] as const)('of %s', (_, message, ...expected) => {
    const modes = (['off', 'mention', 'suggest', 'auto'] as const).map((mode) => ({ mode, quiet: null }));
    const all = [...modes, { mode: 'suggest', quiet: night } as const];
    expect(all.map((inForce) => judgeHearing(message, inForce))).toEqual(expected);
    expect(mayBeHeard(message)).toBe(expected.some((one) => one !== 'nothing'));
  });

  it.each([
    ['invited', undefined, 'suggest'],
    [['incidents', 'inc-*'], 'incidents', 'suggest'],
    [['incidents', 'inc-*'], 'INC-42', 'suggest'],
    [['incidents', 'inc-*'], 'incidents-old', 'mention'],
    [['a.c'], 'abc', 'mention'],
    [['*'], undefined, 'mention'],
  ] as const)('by default, with %j, in %s is %s', (listening, name, mode) => {
    expect(defaultMode(listening, name)).toBe(mode);
  });
});

describe('a request for a mode', () => {
  const quiet = { from: '22:00', to: '07:00', zone: 'Europe/Berlin' };
  it.each([
    ['', { kind: 'show' }],
    ['off', { kind: 'set', mode: 'off' }],
    [' Default ', { kind: 'set', mode: null }],
    ['quiet off', { kind: 'set', quiet: null }],
    ['quiet 22:00-07:00 Europe/Berlin', { kind: 'set', quiet }],
    ['auto quiet 22:00-07:00 Europe/Berlin', { kind: 'set', mode: 'auto', quiet }],
    ['loud', { kind: 'wrong', why: `Write it as: ${modeForm}` }],
    ['quiet', { kind: 'wrong', why: `Write it as: ${modeForm}` }],
    ['off now', { kind: 'wrong', why: `Write it as: ${modeForm}` }],
    ['off quiet at night', { kind: 'wrong', why: `Write it as: ${modeForm}` }],
    ['quieten', { kind: 'wrong', why: `Write it as: ${modeForm}` }],
  ])('%j', (text, request) => {
    expect(readModeRequest(text)).toEqual(request);
  });
});

describe('an alert', () => {
  it.each([
    ['Disk at 91% on web-01', 'disk at  97.5% on web-01', true],
    ['[FIRING:1] down since 12:30:01Z (3m)', '[FIRING:2] down since 12:45:11Z (18m)', true],
    ['Disk full on web-01', 'Disk full on web-02', false],
    ['10.0.0.1 is down', '10.0.0.2 is down', false],
    ['api is down', 'api is slow', false],
  ])('%j says the same as %j: %s', (one, other, same) => {
    expect(repeatsAlert(one, other)).toBe(same);
  });

  it.each([
    ['[RESOLVED] DiskFull on web-01', true],
    ['✅ OK: disk on web-01', true],
    ['Recovered: api', true],
    ['[FIRING] unresolved: disk full', false],
    ['Disk full, was ok an hour ago', false],
  ])('%j is over: %s', (text, over) => {
    expect(tellsRecovery(text)).toBe(over);
  });
});

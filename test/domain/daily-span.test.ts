import { describe, expect, it } from 'vitest';
import { isWithinSpan, readDailySpan } from '#domain/daily-span.ts';

describe('quiet hours', () => {
  it.each([
    ['22:00-07:00 Europe/Berlin', { from: '22:00', to: '07:00', zone: 'Europe/Berlin' }],
    ['9:30 – 17:00', { from: '09:30', to: '17:00', zone: 'UTC' }],
  ])('are read from %j', (text, hours) => {
    expect(readDailySpan(text)).toEqual(hours);
  });

  it.each([
    '',
    '22-07',
    '22:00-22:00',
    '25:00-07:00',
    '22:00-07:60',
    '22:00-07:00 Mars/Olympus',
    '22:00-07:00 UTC x',
  ])('are not read from %j', (text) => {
    expect(readDailySpan(text)).toBeUndefined();
  });

  const at = (time: string) => Date.parse(time);
  it.each([
    ['2026-11-25T20:59:59Z', false],
    ['2026-11-25T21:00:00Z', true],
    ['2026-11-25T23:30:00Z', true],
    ['2026-11-26T05:59:59Z', true],
    ['2026-11-26T06:00:00Z', false],
  ])('over midnight in Berlin hold at %s: %s', (time, quiet) => {
    expect(isWithinSpan({ from: '22:00', to: '07:00', zone: 'Europe/Berlin' }, at(time))).toBe(quiet);
  });

  it('follow the clock of their zone into summer time', () => {
    const hours = { from: '22:00', to: '07:00', zone: 'Europe/Berlin' } as const;
    expect(isWithinSpan(hours, at('2026-07-01T20:30:00Z'))).toBe(true);
    expect(isWithinSpan(hours, at('2026-12-01T20:30:00Z'))).toBe(false);
  });

  it.each([
    ['08:59', false],
    ['09:00', true],
    ['16:59', true],
    ['17:00', false],
  ])('within one day hold at %s: %s', (time, quiet) => {
    expect(isWithinSpan({ from: '09:00', to: '17:00', zone: 'UTC' }, at(`2026-11-25T${time}:00Z`))).toBe(
      quiet,
    );
  });
});

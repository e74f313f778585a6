import { describe, expect, it } from 'vitest';
import { type ChangeWindow, type Freeze, mayChange, weekdays } from '#domain/policy/change-hours.ts';

const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const office: ChangeWindow = {
  environments: ['prod*'],
  days: workdays,
  hours: { from: '09:00', to: '16:00', zone: 'Europe/Berlin' },
};
const night: ChangeWindow = { days: ['fri'], hours: { from: '22:00', to: '04:00', zone: 'UTC' } };
const prod = { risk: 'mutating', environments: ['production'] } as const;
const at = (time: string) => Date.parse(time);
const answer = (
  windows: readonly ChangeWindow[],
  time: string,
  what: Parameters<typeof mayChange>[1] = prod,
) => mayChange({ windows, freezes: [] }, what, at(time)).kind;

describe('a change window', () => {
  it.each([
    ['2026-11-25T07:59:59Z', 'closed'],
    ['2026-11-25T08:00:00Z', 'open'],
    ['2026-11-25T14:59:59Z', 'open'],
    ['2026-11-25T15:00:00Z', 'closed'],
    ['2026-11-28T10:00:00Z', 'closed'], // a Saturday
    ['2026-07-01T07:00:00Z', 'open'], // summer time
  ])('of office hours at %s is %s', (time, kind) => {
    expect(answer([office], time)).toBe(kind);
  });

  it.each([
    ['2026-11-27T21:59:00Z', 'closed'],
    ['2026-11-27T22:00:00Z', 'open'],
    ['2026-11-28T03:59:00Z', 'open'], // Saturday morning belongs to Friday night
    ['2026-11-28T04:00:00Z', 'closed'],
    ['2026-11-28T22:30:00Z', 'closed'],
    ['2026-11-27T03:00:00Z', 'closed'], // Friday morning belongs to Thursday night
  ])('over midnight at %s is %s', (time, kind) => {
    expect(answer([night], time)).toBe(kind);
  });

  it('that ends at midnight belongs to its own day', () => {
    const evening: ChangeWindow = { days: ['fri'], hours: { from: '20:00', to: '00:00', zone: 'UTC' } };
    expect(answer([evening], '2026-11-27T23:00:00Z')).toBe('open');
    expect(answer([evening], '2026-11-28T00:00:00Z')).toBe('closed');
  });

  it('says when the next ones are', () => {
    const closed = mayChange({ windows: [office, night], freezes: [] }, prod, at('2026-11-28T10:00:00Z'));
    expect(closed).toEqual({
      kind: 'closed',
      why: 'Changes are made on mon, tue, wed, thu, fri from 09:00 to 16:00 (Europe/Berlin), or on fri from 22:00 to 04:00 (UTC).',
    });
  });

  it('holds for hosts in no environment too, and not for others', () => {
    const saturday = '2026-11-28T10:00:00Z';
    expect(answer([office], saturday, { ...prod, environments: [] })).toBe('closed');
    expect(answer([office], saturday, { ...prod, environments: ['staging'] })).toBe('open');
    expect(answer([office], saturday, { ...prod, environments: ['staging', 'prod-eu'] })).toBe('closed');
  });

  it('never holds up what only reads', () => {
    expect(answer([office], '2026-11-28T10:00:00Z', { ...prod, risk: 'read-only' })).toBe('open');
  });
});

describe('a freeze', () => {
  const freeze: Freeze = { environments: ['prod*'], from: 1000, until: 2000, reason: 'Holidays' };
  const frozen = (one: Freeze, now: number, what = prod as Parameters<typeof mayChange>[1]) =>
    mayChange({ windows: [], freezes: [one] }, what, now);

  it('holds from its beginning until its end', () => {
    expect([999, 1000, 1999, 2000].map((now) => frozen(freeze, now).kind)).toEqual([
      'open',
      'closed',
      'closed',
      'open',
    ]);
    expect(frozen(freeze, 1500)).toEqual({ kind: 'closed', why: 'Changes are frozen: Holidays' });
  });

  it('without an end holds on', () => {
    expect(frozen({ ...freeze, until: null }, Number.MAX_SAFE_INTEGER).kind).toBe('closed');
  });

  it('counts more than an open window, and not for what only reads', () => {
    const open: ChangeWindow = { days: weekdays, hours: { from: '00:00', to: '23:59', zone: 'UTC' } };
    expect(mayChange({ windows: [open], freezes: [freeze] }, prod, 1500).kind).toBe('closed');
    expect(frozen(freeze, 1500, { ...prod, risk: 'read-only' }).kind).toBe('open');
  });
});

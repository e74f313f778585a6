import { describe, expect, it } from 'vitest';
import type { HostId, StepId } from '#domain/ids.ts';
import type { FanOut } from '#domain/run/fan-out.ts';
import { planFanOut } from '#domain/run/plan-fan-out.ts';
import { type StepState, stepStates } from '#domain/run/step.ts';
import { fc } from '#test/support/properties.ts';

const hosts = ['a', 'b', 'c', 'd'] as const;
const fanOut = (changes: Partial<FanOut> = {}): FanOut => ({
  group: 'web',
  parallel: 2,
  maxFailures: 1,
  targets: hosts.map((host) => ({ hostId: host as unknown as HostId, command: 'true' })),
  ...changes,
});
const parts = (states: Partial<Record<(typeof hosts)[number], StepState>>) =>
  Object.entries(states).map(([host, state]) => ({
    id: `part-${host}` as StepId,
    hostId: host as HostId,
    state,
  }));
const plan = (
  ...[states, changes, wanted = true]: [Parameters<typeof parts>[0], Partial<FanOut>?, boolean?]
) => {
  const { launch, withdraw, ended } = planFanOut(fanOut(changes), parts(states), wanted);
  return { launch: launch.map(({ hostId }) => String(hostId)), withdraw, ended };
};
const nothing = { launch: [], withdraw: [], ended: null };

describe('what comes next in a fan-out', () => {
  it('is the canary alone, until it has succeeded', () => {
    expect(plan({})).toEqual({ ...nothing, launch: ['a'] });
    for (const state of ['approved', 'claimed', 'running'] as const)
      expect(plan({ a: state })).toEqual(nothing);
    expect(plan({ a: 'succeeded' })).toEqual({ ...nothing, launch: ['b', 'c'] });
  });

  it('is nothing when the canary ended in any other way, however many may fail', () => {
    for (const state of ['failed', 'timed-out', 'rejected', 'expired'] as const)
      expect(plan({ a: state }, { maxFailures: 4 })).toEqual({ ...nothing, ended: 'failed' });
    expect(plan({ a: 'unknown' }, { maxFailures: 4 })).toEqual({ ...nothing, ended: 'unknown' });
  });

  it('fills up what may be at work at a time', () => {
    expect(plan({ a: 'succeeded', b: 'running' })).toEqual({ ...nothing, launch: ['c'] });
    expect(plan({ a: 'succeeded', b: 'running', c: 'approved' })).toEqual(nothing);
    expect(plan({ a: 'succeeded', b: 'succeeded', c: 'running' })).toEqual({ ...nothing, launch: ['d'] });
  });

  it('takes back what waits once the limit is reached, and ends when nothing is at work', () => {
    expect(plan({ a: 'succeeded', b: 'failed', c: 'approved' })).toEqual({
      launch: [],
      withdraw: ['part-c'],
      ended: 'failed',
    });
    expect(plan({ a: 'succeeded', b: 'failed', c: 'running' })).toEqual(nothing);
    expect(plan({ a: 'succeeded', b: 'failed', c: 'running' }, { maxFailures: 2 }).launch).toEqual(['d']);
  });

  it('ends when it is not wanted any more, as cancelled unless something failed', () => {
    expect(plan({ a: 'succeeded' }, {}, false).ended).toBe('cancelled');
    expect(plan({ a: 'succeeded', b: 'cancelled' }, {}, false).ended).toBe('cancelled');
    expect(plan({ a: 'succeeded', b: 'cancel-unconfirmed' }, {}, false).ended).toBe('cancel-unconfirmed');
    expect(plan({ a: 'succeeded', b: 'running' }, {}, false)).toEqual(nothing);
  });

  it('has succeeded only when every host has', () => {
    const all = { a: 'succeeded', b: 'succeeded', c: 'succeeded', d: 'succeeded' } as const;
    expect(plan(all).ended).toBe('succeeded');
    for (const state of stepStates.filter((one) => one !== 'succeeded'))
      expect(plan({ ...all, d: state }).ended).not.toBe('succeeded');
  });

  it('never has more at work than it may, nor a host twice, nor anybody before the canary succeeded', () => {
    const states = fc.array(fc.constantFrom(...stepStates), { maxLength: hosts.length });
    fc.assert(
      fc.property(
        states,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        (some, parallel, most) => {
          const at = Object.fromEntries(some.map((state, index) => [hosts[index], state]));
          const { launch } = plan(at, { parallel, maxFailures: most });
          const busy = some.filter((state) => ['approved', 'claimed', 'running'].includes(state));
          expect(launch.every((host) => !(host in at))).toBe(true);
          if (launch.length > 0)
            expect(launch.length + busy.length).toBeLessThanOrEqual(Math.max(1, parallel));
          if (some[0] !== undefined && some[0] !== 'succeeded') expect(launch).toEqual([]);
        },
      ),
    );
  });
});

import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createPool, type Lease, type Opening, type PoolOptions } from '#adapters/ssh/pool.ts';
import { createSlots } from '#adapters/ssh/slots.ts';
import { eventually } from '#test/support/slack/team.ts';

const patient: PoolOptions = { idleMs: 60_000, trustedMs: 60_000, maxAgeMs: 60_000, maxIdle: 9 };

class Line {
  broken: string | undefined;
  alive = true;
  open = true;
  checked = 0;
  brokenBy = () => this.broken;
  check = async () => {
    this.checked += 1;
    return this.alive;
  };
  close = async () => {
    this.open = false;
  };
}

const poolOf = (options: Partial<PoolOptions> = {}) => {
  const lines: Line[] = [];
  const pool = createPool<Line>({ ...patient, ...options });
  const open: Opening<Line> = async () => {
    await delay(5);
    const line = new Line();
    lines.push(line);
    return { kind: 'opened', value: line };
  };
  const lease = async (key = 'a'): Promise<Lease<Line>> => {
    const leased = await pool.lease(key, open);
    if (leased.kind === 'refused') throw new Error(leased.message);
    return leased;
  };
  return { pool, lines, lease };
};

describe('a pool of connections', () => {
  it('opens one for many who ask at a time, and keeps it for the next', async () => {
    const { lines, lease } = poolOf();
    const all = await Promise.all([lease(), lease(), lease()]);
    for (const one of all) await one.release();
    await (await lease()).release();
    expect(lines).toHaveLength(1);
    expect(lines[0]?.open).toBe(true);
  });

  it('never gives one to another key', async () => {
    const { lines, lease } = poolOf();
    const [one, other] = await Promise.all([lease('a'), lease('b')]);
    expect(one?.value).not.toBe(other?.value);
    expect(lines).toHaveLength(2);
  });

  it('closes one that is idle for long, but none in use', async () => {
    const { lines, lease } = poolOf({ idleMs: 30 });
    const one = await lease();
    const other = await lease();
    await one.release();
    await one.release();
    await delay(80);
    expect(lines[0]?.open).toBe(true);
    await other.release();
    await eventually(() => expect(lines[0]?.open).toBe(false));
    await lease();
    expect(lines).toHaveLength(2);
  });

  it('opens anew after a break, without a sign of life, and past its age', async () => {
    const { lines, lease } = poolOf({ trustedMs: -1 });
    await (await lease()).release();
    await (await lease()).release();
    expect(lines[0]?.checked).toBe(1);
    for (const spoil of [
      (line: Line) => {
        line.alive = false;
      },
      (line: Line) => {
        line.broken = 'cut';
      },
    ]) {
      const last = lines.at(-1) ?? new Line();
      spoil(last);
      const fresh = await lease();
      expect(fresh.value).not.toBe(last);
      await eventually(() => expect(last.open).toBe(false));
      await fresh.release();
    }
    const old = poolOf({ maxAgeMs: -1 });
    await (await old.lease()).release();
    await old.lease();
    expect(old.lines).toHaveLength(2);
  });

  it('keeps so many idle ones at most, and closes the longest idle first', async () => {
    const { lines, lease } = poolOf({ maxIdle: 2 });
    for (const key of ['a', 'b', 'c']) await (await lease(key)).release();
    await eventually(() => expect(lines.map(({ open }) => open)).toEqual([false, true, true]));
  });

  it('closes everything, and what comes late when it is given back', async () => {
    const { pool, lines, lease } = poolOf();
    const used = await lease('a');
    await (await lease('b')).release();
    const late = lease('c');
    await pool.close();
    await (await late).release();
    expect(lines.map(({ open }) => open)).toEqual([false, false, false]);
    await used.release();
  });

  it('tells a refusal to its caller and asks again for the next', async () => {
    const pool = createPool<Line>(patient);
    const refusal = { kind: 'refused', reason: 'unreachable', message: 'no', advice: 'none' } as const;
    expect(await pool.lease('a', async () => refusal)).toBe(refusal);
    const line = new Line();
    expect(await pool.lease('a', async () => ({ kind: 'opened', value: line }))).toMatchObject({
      kind: 'leased',
    });
  });
});

describe('slots', () => {
  it('let in so many, then in order of asking, and let go whoever gives up', async () => {
    const slots = createSlots(1);
    const never = new AbortController().signal;
    const first = await slots.take(never);
    const gaveUp = new AbortController();
    const impatient = slots.take(gaveUp.signal);
    const entered: string[] = [];
    const second = slots.take(never).then((leave) => {
      entered.push('second');
      return leave;
    });
    const third = slots.take(never).then((leave) => {
      entered.push('third');
      return leave;
    });
    gaveUp.abort();
    (await impatient)();
    expect(entered).toEqual([]);
    first();
    (await second)();
    (await third)();
    expect(entered).toEqual(['second', 'third']);
  });
});

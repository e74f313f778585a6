import { describe, expect, it } from 'vitest';
import { createClock } from '#adapters/system/create-clock.ts';
import { createIds } from '#adapters/system/create-ids.ts';
import { createLogger } from '#adapters/system/create-logger.ts';
import { Fault } from '#domain/fault.ts';
import { readId, type StepId } from '#domain/ids.ts';
import { createRedactor } from '#domain/redaction/redact.ts';

const secret = ['vault', 'value', '7219'].join('-');

function capture(level: 'debug' | 'info' = 'info') {
  const lines: string[] = [];
  const logger = createLogger({
    level,
    redact: createRedactor([secret]),
    destination: { write: (line) => lines.push(line) },
  });
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

describe('ids', () => {
  it('are UUIDs of version 7 in the order they were made', () => {
    const ids = createIds();
    const made = Array.from({ length: 2000 }, () => ids.next<StepId>());
    expect(made.every((id) => readId<StepId>(id) === id && id[14] === '7')).toBe(true);
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(2000);
  });

  it('come with nonces of at least 128 bits that never repeat', () => {
    const ids = createIds();
    const nonces = Array.from({ length: 500 }, () => ids.nonce());
    expect(new Set(nonces).size).toBe(500);
    expect(Math.min(...nonces.map((nonce) => Buffer.from(nonce, 'base64url').length))).toBeGreaterThanOrEqual(
      16,
    );
  });
});

it('the clock gives milliseconds since the epoch', () => {
  const before = Date.now();
  expect(createClock().now()).toBeGreaterThanOrEqual(before);
});

describe('logger', () => {
  it('writes one JSON object a line with level, time, fields and message', () => {
    const { logger, lines, last } = capture();
    logger.info({ step: 'a', attempt: 2 }, 'Step started');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.endsWith('\n')).toBe(true);
    expect(last()).toMatchObject({ level: 'info', step: 'a', attempt: 2, msg: 'Step started' });
    expect(new Date(String(last().time)).toISOString()).toBe(last().time);
  });

  it('stays silent below its level', () => {
    const { logger, lines } = capture();
    logger.debug({}, 'hidden');
    expect(lines).toEqual([]);
  });

  it.each([
    ['the message', {}, `broke with ${secret}`],
    ['a field', { output: secret }, 'x'],
    ['a nested field', { a: { b: [{ c: `say ${secret}` }] } }, 'x'],
    ['a key', { [secret]: 1 }, 'x'],
    ['a map and a set', { map: new Map([['k', secret]]), set: new Set([secret]) }, 'x'],
    ['an error', { err: new Error(`no ${secret}`) }, 'x'],
    ['the cause of an error', { error: new Error('outer', { cause: new Error(secret) }) }, 'x'],
    ['a field of an error', { err: Object.assign(new Error('outer'), { query: secret }) }, 'x'],
    ['a fault', { fault: new Fault('unavailable', 'x', secret, secret, new Error(secret)) }, 'x'],
    ['a URL', { url: new URL(`https://h/?q=${secret}`) }, 'x'],
  ])('keeps a known secret out of %s', (_where, fields, message) => {
    const { logger, lines } = capture();
    logger.error(fields, message);
    expect(lines.join('')).not.toContain(secret);
    expect(lines.join('')).toContain('[redacted]');
  });

  it('judges a value together with its key', () => {
    const { logger, lines } = capture();
    const unknown = ['Tr0ub4dor', 'x9Kq'].join('&');
    logger.info({ request: { headers: { password: unknown } } }, 'x');
    expect(lines.join('')).not.toContain(unknown);
  });

  it('keeps what a reader needs of an error', () => {
    const { logger, last } = capture();
    logger.error({ err: new Fault('in-use', 'port-taken', 'Port 1 is taken.', 'Free it.') }, 'No start');
    expect(last().err).toMatchObject({
      type: 'Fault',
      kind: 'in-use',
      code: 'port-taken',
      message: 'Port 1 is taken.',
      advice: 'Free it.',
    });
    expect(String((last().err as { stack: string }).stack)).toContain('system.test.ts');
  });

  it('bears cycles, big numbers, bytes and getters that throw', () => {
    const { logger, last } = capture();
    const ring: Record<string, unknown> = { big: 10n, bytes: Buffer.from('abc'), none: undefined };
    ring.self = ring;
    logger.info({ ring }, 'odd');
    expect(last()).toMatchObject({ ring: { big: '10', bytes: '[3 bytes]', self: '[…]' }, msg: 'odd' });
    const trap = Object.defineProperty({}, 'x', { enumerable: true, get: () => Promise.reject });
    const broken = new Proxy(trap, {
      ownKeys: () => {
        throw new Error('no');
      },
    });
    logger.info({ broken }, 'still here');
    expect(last()).toMatchObject({ msg: 'still here' });
  });
});

import { expect, it } from 'vitest';
import type { StepId } from '#domain/ids.ts';
import { wholeMs } from '#domain/run/retry.ts';
import { attemptOnHost, failedTry, grantRetry, hasTryLeft } from '#domain/run/tries.ts';
import { stepKinds } from '#domain/runbook/runbook.ts';
import { someResult } from '#test/support/rows.ts';

const retry = { times: 2, pauseMs: 5000 };
const failed = failedTry(someResult({ exitCode: 1, why: 'Exit 1.' }));
const after = (count: number) => ({ id: 's' as StepId, retry, tries: Array(count).fill(failed) });

it('grants retries to what is judged read-only and stands in a section that looks', () => {
  const granted = (risk: Parameters<typeof grantRetry>[1]) =>
    stepKinds.filter((kind) => grantRetry({ kind, retry }, risk) !== null);
  expect(granted('read-only')).toEqual(['diagnostic', 'validation']);
  expect(granted('mutating')).toEqual([]);
  expect(granted('destructive')).toEqual([]);
});

it('has a try left after a failure or a time-out, so many times, and after nothing else', () => {
  const states = ['succeeded', 'failed', 'timed-out', 'cancelled', 'cancel-unconfirmed', 'unknown'] as const;
  const left = (count: number) => states.filter((state) => hasTryLeft(after(count), someResult({ state })));
  expect([0, 1, 2].map(left)).toEqual([['failed', 'timed-out'], ['failed', 'timed-out'], []]);
  expect(hasTryLeft({ ...after(0), retry: null }, someResult({ state: 'failed' }))).toBe(false);
});

it('names each try apart on the host, the first by its step', () => {
  expect([0, 1, 2].map((count) => attemptOnHost(after(count)))).toEqual(['s', 's-2', 's-3']);
});

it('keeps the end of what a try wrote', () => {
  const { output } = failedTry(someResult({ stdout: `a${'x'.repeat(2000)}`, stderr: 'the end' }));
  expect(output).toHaveLength(1000);
  expect(output.endsWith('x\nthe end')).toBe(true);
});

it('keeps no half of a character', () => {
  const { output } = failedTry(someResult({ stdout: `x🔥${'y'.repeat(999)}`, stderr: '' }));
  expect(output.isWellFormed()).toBe(true);
});

it('counts every try and every pause into the whole', () => {
  expect(wholeMs(30_000, retry)).toBe(100_000);
  expect(wholeMs(30_000, null)).toBe(30_000);
});

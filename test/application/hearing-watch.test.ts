import { expect, it } from 'vitest';
import { createHearingWatch } from '#application/hearing-watch.ts';
import type { WorkspaceId } from '#domain/ids.ts';

const one = 'one' as WorkspaceId;
const other = 'other' as WorkspaceId;

it('a workspace is behind from the start until it was read back, and never for longer than the patience', () => {
  let now = 1_000;
  const watch = createHearingWatch(() => now, 100);
  expect([one, other].map(watch.isBehind)).toEqual([true, true]);
  watch.begun(one);
  watch.done(one);
  expect([one, other].map(watch.isBehind)).toEqual([false, true]);
  now += 100;
  expect([one, other].map(watch.isBehind)).toEqual([false, false]);
});

it('what is read back later, or again, has the patience from then on, once', () => {
  let now = 1_000;
  const watch = createHearingWatch(() => now, 100);
  now += 500;
  watch.begun(one);
  now += 99;
  watch.begun(one);
  expect(watch.isBehind(one)).toBe(true);
  now += 1;
  expect(watch.isBehind(one)).toBe(false);
  watch.done(one);
  watch.begun(one);
  expect(watch.isBehind(one)).toBe(true);
});

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

it('what is not heard is behind from then on, until it is heard again or was read back, within the patience', () => {
  let now = 1_000;
  const watch = createHearingWatch(() => now, 100);
  watch.done(one);
  watch.lost(one);
  expect(watch.isBehind(one)).toBe(true);
  watch.heard(one);
  expect(watch.isBehind(one)).toBe(false);
  watch.lost(one);
  now += 60;
  watch.lost(one);
  watch.begun(one);
  watch.done(one);
  expect(watch.isBehind(one)).toBe(false);
  watch.lost(one);
  now += 60;
  watch.lost(one);
  now += 40;
  expect(watch.isBehind(one)).toBe(false);
});

it('what is heard again is behind still where something has to be read back', () => {
  const watch = createHearingWatch(() => 1_000, 100);
  watch.begun(one);
  watch.lost(one);
  watch.heard(one);
  expect(watch.isBehind(one)).toBe(true);
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

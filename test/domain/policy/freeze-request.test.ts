import { expect, it } from 'vitest';
import { readFreezeRequest } from '#domain/policy/freeze-request.ts';

it.each([
  ['', { kind: 'show' }],
  ['  ', { kind: 'show' }],
  ['off', { kind: 'lift' }],
  ['OFF ', { kind: 'lift' }],
  ['on 2h database upgrade', { kind: 'set', reason: 'database upgrade', forMs: 7_200_000 }],
  ['on database upgrade', { kind: 'set', reason: 'database upgrade', forMs: null }],
  ['on 1h30m x', { kind: 'set', reason: 'x', forMs: 5_400_000 }],
])('a freeze is read from %j', (text, request) => {
  expect(readFreezeRequest(text)).toEqual(request);
});

it.each(['on', 'on 2h', 'off now', 'maybe', 'on 91d too long', `on ${'x'.repeat(301)}`])(
  'a freeze is not read from %j, and the right form is told',
  (text) => {
    expect(readFreezeRequest(text)).toMatchObject({
      kind: 'wrong',
      why: expect.stringMatching(/freeze|days/),
    });
  },
);

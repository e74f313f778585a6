import { expect, it } from 'vitest';
import { timeOfId } from '#domain/ids.ts';

it('reads when an id was made, of those that tell', () => {
  expect(timeOfId('01940000-0000-7000-8000-000000000001')).toBe(0x0194_0000_0000);
  expect(timeOfId('01940000-0000-4000-8000-000000000001')).toBeUndefined();
  expect(timeOfId('a key')).toBeUndefined();
});

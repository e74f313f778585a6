import { expect, it } from 'vitest';
import { matchPattern } from '#adapters/system/match-pattern.ts';

it.each([
  ['\\d+%', 'used 97%', 'found'],
  ['^active$', 'state:\nactive\n', 'found'],
  ['^active$', 'inactive', 'missing'],
  ['', '', 'found'],
] as const)('looks for %s in %j: %s', (pattern, text, match) => {
  expect(matchPattern(pattern, text)).toBe(match);
});

it('gives up a pattern that would never end, and goes on', () => {
  expect(matchPattern('^(a+)+$', `${'a'.repeat(200_000)}!`)).toBe('undecided');
  expect(matchPattern('a!', `${'a'.repeat(200_000)}!`)).toBe('found');
});

it('names what is no pattern', () => {
  expect(() => matchPattern('(', '')).toThrow(/regular expression/);
});

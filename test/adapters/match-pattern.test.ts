import { expect, it } from 'vitest';
import { matchPattern, matchWhole } from '#adapters/system/match-pattern.ts';

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

it.each([
  ['[a-z]+|[0-9]+ x', '42 x', 'found'],
  ['[a-z]+|[0-9]+ x', 'abc; rm -rf / 42 x', 'missing'],
  ['a', 'a\u2028b', 'missing'],
  ['\\p{L}+', 'Gießen', 'found'],
] as const)('holds the whole of a text against %s: %j is %s', (pattern, text, match) => {
  expect(matchWhole(pattern, text)).toBe(match);
});

it('gives up on a whole text, too, and takes no pattern that closes the brackets around it', () => {
  expect(matchWhole('(a+)+', `${'a'.repeat(60)}!`)).toBe('undecided');
  expect(() => matchWhole('a)|(?:.*', 'anything')).toThrow(/regular expression/);
});

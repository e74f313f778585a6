import { expect, it } from 'vitest';
import { createInteractionTokens } from '#adapters/discord/chat/interaction-tokens.ts';

it('the latest token of a person in a channel is found, and nobody else’s', () => {
  const tokens = createInteractionTokens();
  tokens.remember('c1', 'rae', 'older');
  tokens.remember('c1', 'rae', 'newer');
  expect(tokens.find('c1', 'rae')).toBe('newer');
  expect(tokens.find('c2', 'rae')).toBeUndefined();
  expect(tokens.find('c1', 'ada')).toBeUndefined();
});

it('a token is found as long as Discord takes it, with time left for the call', () => {
  let now = 1000;
  const tokens = createInteractionTokens(() => now);
  tokens.remember('c1', 'rae', 'token');
  now += 14 * 60_000;
  expect(tokens.find('c1', 'rae')).toBe('token');
  now += 59_000;
  expect(tokens.find('c1', 'rae')).toBeUndefined();
});

it('however many people press, memory is bounded and the latest are kept', () => {
  const tokens = createInteractionTokens();
  for (let person = 0; person < 6000; person += 1) tokens.remember('c1', `p${person}`, `t${person}`);
  expect(tokens.find('c1', 'p0')).toBeUndefined();
  expect(tokens.find('c1', 'p5999')).toBe('t5999');
});

import { expect, it } from 'vitest';
import { boundAlert } from '#domain/alert/bound-alert.ts';
import { createRedactor } from '#domain/redaction/redact.ts';
import { someAlert } from '#test/support/some-alert.ts';

const [one, other] = ['open', 'shut'].map((word) => [word, 'sesame', '4711'].join('-')) as [string, string];
const redact = createRedactor([one, other]);
const keysOf = (key: string) => {
  const { fingerprint, group } = boundAlert(someAlert({ fingerprint: key, group: key }), redact);
  expect(group).toBe(fingerprint);
  return fingerprint;
};

it('a key without a secret stays as it is', () => {
  expect(keysOf('{}:{alertname="DiskFull"}')).toBe('{}:{alertname="DiskFull"}');
});

it('two keys that differ only in a secret stay two, and each stays the same', () => {
  const [first, second] = [keysOf(`{note="${one}"}`), keysOf(`{note="${other}"}`)];
  expect(first).toMatch(/^\{note="\[redacted\]"\} [0-9a-f]{16}$/);
  expect(second).not.toBe(first);
  expect(keysOf(`{note="${one}"}`)).toBe(first);
});

import { expect, it } from 'vitest';
import { isSecretName, readCredentialReference, readVaultPlace } from '#domain/credential.ts';

it.each([
  ['vault:kv/data/ops#key', { keeper: 'vault', place: 'kv/data/ops#key' }],
  ['vault:team/kv/data/a/b c@d#private_key', { keeper: 'vault', place: 'team/kv/data/a/b c@d#private_key' }],
  ['file:ssh/web', { keeper: 'file', place: 'ssh/web' }],
  ['file:/run/secrets/key', { keeper: 'file', place: '/run/secrets/key' }],
  ['secret:ssh/web', { keeper: 'secret', place: 'ssh/web' }],
  ['agent:', { keeper: 'agent', place: '' }],
  ['agent', { keeper: 'agent', place: '' }],
  [' agent:/run/agent.sock ', { keeper: 'agent', place: '/run/agent.sock' }],
])('%j is a reference', (text, reference) => {
  expect(readCredentialReference(text)).toEqual({ kind: 'reference', reference });
});

it.each([
  ['', 'must begin with'],
  ['ssh-ed25519 AAAA', 'must begin with'],
  ['password:hunter2', 'must begin with'],
  ['vault:', 'KV version 2'],
  ['vault:kv/ops#key', 'KV version 2'],
  ['vault:kv/data/ops', 'KV version 2'],
  ['vault:kv/data/#key', 'KV version 2'],
  ['vault:kv/data#key', 'KV version 2'],
  ['vault:kv/data/../../sys/seal#key', 'KV version 2'],
  ['vault:kv/data/ops?version=1#key', 'KV version 2'],
  ['vault:kv/data/ops#key#more', 'KV version 2'],
  ['file:', 'must name a file'],
  ['file:../key', 'without . and ..'],
  ['file:a/../key', 'without . and ..'],
  ['file:./key', 'without . and ..'],
  ['secret:', 'must name a secret'],
  ['secret:/x', 'must name a secret'],
  ['secret:a b', 'must name a secret'],
  ['agent:agent.sock', 'must be agent:'],
])('%j is none, and says why', (text, why) => {
  expect(readCredentialReference(text)).toEqual({ kind: 'invalid', why: expect.stringContaining(why) });
});

it('takes the place of a secret in Vault apart', () => {
  expect(readVaultPlace('kv/data/ops/web#key')).toEqual({ path: 'kv/data/ops/web', field: 'key' });
});

it('knows names of secrets', () => {
  expect(['slack/bot-token', 'a', 'A.b_c-1/x/y'].every(isSecretName)).toBe(true);
  expect(['', '/', 'a/', 'a//b', '../a', 'a b', 'ä', 'x'.repeat(201), 'a\nb'].some(isSecretName)).toBe(false);
});

import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTransitKey } from '#adapters/vault/keys/transit-key.ts';
import { createVaultClient, type VaultOptions } from '#adapters/vault/vault-client.ts';
import type { Fault } from '#domain/fault.ts';
import { startVaultServer, type VaultServer } from '#test/support/vault-server.ts';

/** Against a scripted Vault of ours: see test/support/vault-server.ts. */
describe('a client of Vault (scripted)', () => {
  let server: VaultServer;
  let folder: string;
  let heard: string[];
  beforeEach(async () => {
    server = await startVaultServer();
    folder = await mkdtemp(join(tmpdir(), 'recourse-vault-'));
    heard = [];
    server.kv.set('kv/data/ops', { key: 'the key' });
  });
  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const client = (change: Partial<VaultOptions> = {}, budgetMs?: number) =>
    createVaultClient(
      { address: server.url, token: { kind: 'value', text: server.token }, namespace: null, ...change },
      (secret) => void heard.push(secret),
      budgetMs,
    );
  const refusal = async (work: Promise<unknown>): Promise<Fault> =>
    work.then(
      () => Promise.reject(new Error('it was given')),
      (error: Fault) => error,
    );

  it('reads what is there with its token, which the redactor knows', async () => {
    expect(await client().read('kv/data/ops')).toMatchObject({ data: { key: 'the key' } });
    await client({ namespace: 'admin/ops', address: `${server.url}/` }).read('kv/data/ops');
    const request = { line: 'GET /v1/kv/data/ops', token: server.token };
    expect(server.requests).toEqual([request, { ...request, namespace: 'admin/ops' }]);
    expect(heard).toEqual([server.token, server.token]);
  });

  it.each<[VaultServer['state'], string, string, string]>([
    ['sealed', 'unavailable', 'vault-sealed', 'vault operator unseal'],
    ['revoked', 'rejected', 'vault-denied', 'The token was revoked or has expired'],
    ['standby', 'unavailable', 'vault-away', 'Try again'],
    ['odd', 'rejected', 'vault-answer', 'Check that VAULT_ADDR'],
    ['silent', 'unavailable', 'vault-away', 'See that it is up'],
    ['redirecting', 'unavailable', 'vault-away', 'names the active node'],
  ])('that is %s is a fault with advice, which tells nothing', async (state, kind, code, advice) => {
    server.state = state;
    const fault = await refusal(client({}, 200).read('kv/data/ops'));
    expect(fault).toMatchObject({ kind, code, advice: expect.stringContaining(advice) });
    expect(`${fault.message}${fault.advice}`).not.toContain(server.token);
    expect(fault.message.split('\n')).toHaveLength(1);
  });

  it('that is not there, or has nothing, or does not allow it, is told apart', async () => {
    server.denied.add('kv/data/secret');
    expect(await refusal(client().read('kv/data/secret'))).toMatchObject({
      code: 'vault-denied',
      message: expect.stringContaining('kv/data/secret: 1 error occurred: * permission denied'),
    });
    server.kv.set('kv/data/gone', null);
    for (const path of ['kv/data/gone', 'kv/data/never'])
      expect(await refusal(client().read(path))).toMatchObject({ kind: 'rejected', code: 'vault-missing' });
    expect(await refusal(client({ address: 'http://127.0.0.1:1' }).read('x'))).toMatchObject({
      code: 'vault-away',
      message: 'Vault at http://127.0.0.1:1 cannot be reached.',
    });
    const none = createVaultClient(null, () => undefined);
    expect(await refusal(none.read('x'))).toMatchObject({ kind: 'configuration', code: 'vault-unset' });
  });

  it('stops when whoever asks stops', async () => {
    server.state = 'silent';
    const stop = new AbortController();
    const asked = refusal(client().read('kv/data/ops', stop.signal));
    stop.abort();
    expect(await asked).toMatchObject({ code: 'vault-away' });
  });

  it('follows a token in a file, and refuses one that others can read or that is none', async () => {
    const path = join(folder, randomUUID());
    const read = () => client({ token: { kind: 'file', path } }).read('kv/data/ops');
    expect(await refusal(read())).toMatchObject({ kind: 'configuration', code: 'vault-token-missing' });
    await writeFile(path, 'of yesterday\n', { mode: 0o600 });
    expect(await refusal(read())).toMatchObject({ code: 'vault-token' });
    await writeFile(path, `${server.token}\n`);
    expect(await read()).toMatchObject({ data: { key: 'the key' } });
    await chmod(path, 0o644);
    expect(await refusal(read())).toMatchObject({
      code: 'vault-token-open',
      advice: expect.stringContaining('chmod'),
    });
    expect(await refusal(client({ token: null }).read('x'))).toMatchObject({ code: 'vault-token' });
  });

  describe('with a transit key', () => {
    const key = () => createTransitKey({ mount: 'transit', name: 'recourse', vault: client() });
    const dataKey = Buffer.alloc(32, 7);

    it('opens what it wrapped, in its place alone, and tells what was changed from another key', async () => {
      const wrapped = await key().wrap(dataKey, (kek) => `here ${kek}`);
      expect(wrapped.kekId).toBe('transit:transit/recourse:v1');
      const open = (change: Partial<typeof wrapped> = {}, place = 'here') =>
        key().unwrap({ ...wrapped, ...change }, (kek) => `${place} ${kek}`);
      expect(await open()).toEqual({ kind: 'opened', dataKey });
      expect(await open({}, 'elsewhere')).toEqual({ kind: 'changed' });
      expect(await open({ wrappedKey: wrapped.wrappedKey.replace(/.{8}$/, 'AAAAAAA=') })).toEqual({
        kind: 'changed',
      });
      expect(await open({ kekId: 'transit:transit/recourse:v2' })).toEqual({ kind: 'changed' });
      expect(await open({ kekId: 'transit:transit/other:v1' })).toMatchObject({ kind: 'another-key' });
    });

    it('says that Vault is away instead of calling a secret changed', async () => {
      const wrapped = await key().wrap(dataKey, () => 'here');
      server.state = 'sealed';
      expect(await refusal(key().unwrap(wrapped, () => 'here'))).toMatchObject({ code: 'vault-sealed' });
      server.state = 'unsealed';
      server.transit.clear();
      expect(await refusal(key().unwrap(wrapped, () => 'here'))).toMatchObject({ code: 'vault-refused' });
      expect(await refusal(key().wrap(dataKey, () => 'here'))).toMatchObject({
        code: 'vault-refused',
        message: expect.stringContaining('encryption key not found'),
      });
    });
  });
});

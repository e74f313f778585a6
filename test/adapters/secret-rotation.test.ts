import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { createEmbeddedSecretStore } from '#adapters/vault/create-embedded-secret-store.ts';
import { createSecretKeys } from '#adapters/vault/create-secret-keys.ts';
import type { KeyRing, KeyRingOptions, KeySource } from '#adapters/vault/keys/key-ring.ts';
import { createVaultClient, type VaultClient } from '#adapters/vault/vault-client.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { createSecretCommands } from '#src/composition/create-secret-commands.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { keyRing, newKey } from '#test/support/key-ring.ts';
import { sealedAsBefore } from '#test/support/sealed-as-before.ts';
import { startVaultServer, type VaultServer } from '#test/support/vault-server.ts';

describeOnBothEngines('the rotation of keys', (open) => {
  let db: TestDatabase;
  let folder: string;
  let workspace: WorkspaceId;
  let server: VaultServer;
  let vault: VaultClient;
  beforeAll(async () => {
    db = await open();
    folder = await mkdtemp(join(tmpdir(), 'recourse-rotation-'));
    server = await startVaultServer();
    const token = { kind: 'value', text: server.token } as const;
    vault = createVaultClient({ address: server.url, token, namespace: null }, () => undefined);
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    workspace = (await db.workspaces.ensure('slack', randomUUID(), 'Own')).id;
  });

  const openWith = (keys: KeyRing) => {
    const secrets = createEmbeddedSecretStore({ unitOfWork: db.unitOfWork, keys, keepOut: () => undefined });
    return { secrets, keys: createSecretKeys(db.unitOfWork, keys) };
  };
  const withKey = (key: KeySource, more: Partial<KeyRingOptions> = {}) =>
    openWith(keyRing(key, { vault, ...more }));
  const value = (): KeySource => ({ kind: 'value', text: newKey() });
  const names = ['a/b', 'c/d', 'e'];
  const fill = async (store: ReturnType<typeof withKey>) => {
    for (const name of names) await store.secrets.put(workspace, name, `value of ${name}`);
  };
  const values = async ({ secrets }: ReturnType<typeof withKey>) => {
    const read = names.map((name) => secrets.get(workspace, name));
    return Promise.all(read);
  };
  const all = names.map((name) => `value of ${name}`);
  const rows = () => db.unitOfWork.within(workspace, ({ secrets }) => secrets.notUnder('none', 100));
  const transit: KeySource = { kind: 'transit', mount: 'transit', name: 'recourse' };

  it.each<[string, () => KeySource, () => KeySource]>([
    ['a value to another', value, value],
    ['a value to Vault', value, () => transit],
    ['Vault to a value', () => transit, value],
  ])('moves from %s, with everything readable all the while', async (_what, from, to) => {
    const [before, after] = [from(), to()];
    await fill(withKey(before));
    const sealed = (await rows()).map((row) => row.sealed);
    const moved = withKey(after, { older: [before] });
    expect(await moved.keys.behind(workspace)).toBe(3);
    expect(await values(moved)).toEqual(all);
    expect(await moved.keys.rewrap(workspace)).toEqual({ rewrapped: 3, remaining: 0 });
    expect(await values(withKey(after))).toEqual(all);
    await expect(values(withKey(before))).rejects.toMatchObject({ code: 'kek-wrong' });
    // Only the key around the key is another one.
    expect((await rows()).map((row) => row.sealed)).toEqual(sealed);
    expect(await moved.keys.rewrap(workspace)).toEqual({ rewrapped: 0, remaining: 0 });
  });

  it('follows a key of Vault to its next version, and asks for no right besides encrypting and decrypting', async () => {
    const store = withKey(transit);
    await fill(store);
    server.transit.get('transit/recourse')?.push(Buffer.from(newKey(), 'base64'));
    expect(await store.keys.behind(workspace)).toBe(3);
    expect(await store.keys.rewrap(workspace)).toEqual({ rewrapped: 3, remaining: 0 });
    expect((await rows()).every(({ kekId }) => /^transit:transit\/recourse:v[2-9]$/.test(kekId))).toBe(true);
    expect(await values(store)).toEqual(all);
    const asked = new Set(server.requests.map(({ line }) => line));
    expect([...asked].sort()).toEqual([
      'POST /v1/transit/decrypt/recourse',
      'POST /v1/transit/encrypt/recourse',
    ]);
  });

  it('goes on where it was interrupted', async () => {
    const before = value();
    await fill(withKey(before));
    const ring = keyRing(value(), { older: [before] });
    let wraps = 0;
    const failing: KeyRing = {
      ...ring,
      wrap: (...given) => {
        wraps += 1;
        return wraps > 1 ? Promise.reject(new Error('cut')) : ring.wrap(...given);
      },
    };
    await expect(openWith(failing).keys.rewrap(workspace)).rejects.toThrow('cut');
    const again = openWith(ring);
    expect(await values(again)).toEqual(all);
    expect(await again.keys.rewrap(workspace)).toEqual({ rewrapped: 3, remaining: 0 });
    expect(await values(again)).toEqual(all);
  });

  it('moves more than it takes at once, and says in the audit log how many', async () => {
    const before = value();
    const first = withKey(before);
    for (let n = 0; n < 60; n += 1) await first.secrets.put(workspace, `many/${n}`, `${n}`);
    const after = withKey(value(), { older: [before] });
    expect(await after.keys.rewrap(workspace, { actor: 'command line' })).toEqual({
      rewrapped: 60,
      remaining: 0,
    });
    const entries = await db.unitOfWork.within(workspace, ({ audit }) => audit.after(60, 100));
    expect(entries.map(({ actor, event, details }) => [actor, event, details.count])).toEqual([
      ['command line', 'secrets.rewrapped', 50],
      ['command line', 'secrets.rewrapped', 10],
    ]);
  });

  it('refuses to move what was changed, and leaves it', async () => {
    const before = value();
    await fill(withKey(before));
    await db.unitOfWork.within(workspace, async ({ secrets }) => {
      const [row] = await secrets.notUnder('none', 1);
      if (row) await secrets.rewrap({ ...row, sealed: row.wrappedKey }, row.kekId);
    });
    const after = withKey(value(), { older: [before] });
    await expect(after.keys.rewrap(workspace)).rejects.toMatchObject({ code: 'secret-changed' });
    expect(await after.keys.behind(workspace)).toBe(3);
  });

  it('frees a value that was bound to its key from it', async () => {
    const text = newKey();
    const before: KeySource = { kind: 'value', text };
    await fill(withKey(before));
    const [row] = await rows();
    if (!row) throw new Error('no row');
    const bound = sealedAsBefore(text, workspace, row, 'value of a/b');
    expect(canonicalJson(bound)).not.toBe(canonicalJson(row));
    await db.unitOfWork.within(workspace, ({ secrets }) => secrets.rewrap(bound, row.kekId));
    expect(await values(withKey(before))).toEqual(all);
    const after = withKey(value(), { older: [before] });
    expect(await after.keys.rewrap(workspace)).toEqual({ rewrapped: 3, remaining: 0 });
    expect(await values(after)).toEqual(all);
  });

  it('of one secret puts its value under a fresh key, and forgets the versions before', async () => {
    const { secrets } = withKey(value());
    await secrets.put(workspace, 'x', 'old');
    await secrets.put(workspace, 'x', 'new');
    const before = (await rows())[1];
    expect(await secrets.renew(workspace, 'x')).toBe(3);
    expect(await secrets.get(workspace, 'x')).toBe('new');
    const left = await rows();
    expect(left).toHaveLength(1);
    expect(left[0]?.sealed).not.toBe(before?.sealed);
    expect(await secrets.renew(workspace, 'nothing')).toBeUndefined();
  });

  it('may change the envelope of a row, and nothing else of it', async () => {
    const rights = await readRows<{ column: string }>(
      db.open.database,
      sql`select column_name as column from information_schema.column_privileges
        where table_name = 'secrets' and grantee = 'recourse_app' and privilege_type = 'UPDATE' order by 1`,
    );
    expect(rights.map(({ column }) => column)).toEqual(['kek_id', 'sealed', 'wrapped_key']);
  });

  it('of the key that Recourse keeps makes a new one, ends what was begun, and deletes the old one at the end', async () => {
    const path = join(folder, randomUUID(), 'kek');
    const ring = keyRing({ kind: 'own', path });
    const { secrets, keys } = openWith(ring);
    const workspaces = {
      ...db.workspaces,
      all: async () => (await db.workspaces.all()).filter(({ id }) => id === workspace),
    };
    const commands = createSecretCommands({ core: { workspaces }, secrets, secretKeys: keys });
    await fill({ secrets, keys });
    const first = await readFile(path, 'utf8');
    // As a crash between the new key and the first envelope leaves it, and one that left a draft.
    await keys.replace();
    await writeFile(`${path}.${randomUUID()}`, newKey(), { mode: 0o600 });
    expect(await readdir(join(path, '..'))).toHaveLength(3);
    expect(await values({ secrets, keys })).toEqual(all);
    expect(await commands.rotateKey()).toEqual({ key: 'continued', rewrapped: 3, remaining: 0 });
    const second = await readFile(path, 'utf8');
    expect(second).not.toBe(first);
    expect(await readdir(join(path, '..'))).toEqual(['kek']);
    expect(await commands.rotateKey()).toEqual({ key: 'made', rewrapped: 3, remaining: 0 });
    expect(await readFile(path, 'utf8')).not.toBe(second);
    const both = await Promise.all([commands.rotateKey(), commands.rotateKey(), commands.rotateKey()]);
    expect(both.map(({ remaining }) => remaining)).toEqual([0, 0, 0]);
    expect(await values({ secrets, keys })).toEqual(all);
  });

  it('loses nothing that is stored while the key is replaced', async () => {
    const path = join(folder, randomUUID(), 'kek');
    const { secrets, keys } = openWith(keyRing({ kind: 'own', path }));
    await fill({ secrets, keys });
    const puts = Array.from({ length: 20 }, (_, n) => secrets.put(workspace, `p/${n}`, `${n}`));
    await keys.replace();
    const more = Array.from({ length: 5 }, (_, n) => secrets.put(workspace, `q/${n}`, `${n}`));
    expect((await keys.rewrap(workspace)).remaining).toBe(0);
    await keys.forgetOlder();
    await Promise.all([...puts, ...more]);
    for (let n = 0; n < 20; n += 1) expect(await secrets.get(workspace, `p/${n}`)).toBe(`${n}`);
    await writeFile(join(folder, 'unrelated'), '');
    expect(await keys.behind(workspace)).toBe(0);
  });
});

import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEmbeddedSecretStore } from '#adapters/vault/create-embedded-secret-store.ts';
import type { KeySource } from '#adapters/vault/keys/key-ring.ts';
import { createLearnSecrets } from '#application/learn-secrets.ts';
import { Fault } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { type SecretName, slackBotToken } from '#ports/secret-store.ts';
import type { SecretRow } from '#ports/stores/secret-rows.ts';
import { createBoundary } from '#src/composition/boundary.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { keyRing, newKey } from '#test/support/key-ring.ts';

/** Made at run time, and of no known form: only the vault can tell the redactor. */
const token = ['just', 'some', 'words', randomUUID()].join('.');
const fault = (code: string) => expect.objectContaining({ name: 'Fault', code }) as Fault;

describeOnBothEngines('the secret store', (open) => {
  let db: TestDatabase;
  let workspace: WorkspaceId;
  let folder: string;
  beforeAll(async () => {
    db = await open();
    folder = await mkdtemp(join(tmpdir(), 'recourse-vault-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    workspace = (await db.workspaces.ensure('slack', randomUUID(), 'Own')).id;
  });

  const storeWith = (key: KeySource | null, keepOut: (secret: string) => void = () => undefined) =>
    createEmbeddedSecretStore({ unitOfWork: db.unitOfWork, keys: keyRing(key, { keepOut }), keepOut });
  const value: KeySource = { kind: 'value', text: newKey() };
  const rowOf = (name: SecretName, of: WorkspaceId = workspace) =>
    db.unitOfWork.within(of, ({ secrets }) => secrets.newest(name)) as Promise<SecretRow>;
  const plant = (row: SecretRow, into: WorkspaceId = workspace) =>
    db.unitOfWork.within(into, async ({ secrets }) => {
      await secrets.remove(row.name);
      await secrets.add(row);
    });

  it('gives back what was put, the newest version, and lists names without values', async () => {
    const store = storeWith(value);
    expect(await store.get(workspace, slackBotToken)).toBeUndefined();
    expect(await store.put(workspace, slackBotToken, 'old one')).toBe(1);
    expect(await store.put(workspace, slackBotToken, `${token} ✓`)).toBe(2);
    expect(await store.put(workspace, 'ssh/web', '')).toBe(1);
    expect(await store.get(workspace, slackBotToken)).toBe(`${token} ✓`);
    expect(await store.get(workspace, 'ssh/web')).toBe('');
    const listed = async () => (await store.list(workspace)).map(({ name, version }) => `${name} ${version}`);
    expect(await listed()).toEqual([`${slackBotToken} 1`, `${slackBotToken} 2`, 'ssh/web 1']);
    expect((await store.list(workspace)).every(({ createdAt }) => createdAt > Date.UTC(2025, 0))).toBe(true);
    await store.remove(workspace, slackBotToken);
    expect(await store.get(workspace, slackBotToken)).toBeUndefined();
    expect(await listed()).toEqual(['ssh/web 1']);
  });

  it('keeps workspaces apart', async () => {
    const store = storeWith(value);
    await store.put(workspace, slackBotToken, token);
    expect(await store.get(db.other, slackBotToken)).toBeUndefined();
    expect(await store.list(db.other)).toEqual([]);
  });

  it('numbers versions that are put at the same time', async () => {
    const store = storeWith(value);
    const puts = Array.from({ length: 5 }, (_, n) => store.put(workspace, slackBotToken, `${n}`));
    expect((await Promise.all(puts)).toSorted()).toEqual([1, 2, 3, 4, 5]);
  });

  it('makes what another process stored known to the redactor, before and after it is replaced', async () => {
    const own = (await db.workspaces.all()).filter(({ id }) => id === workspace);
    const { redact, keepOut, logger } = createBoundary({ secrets: [], logLevel: 'silent' });
    const secrets = storeWith(value, keepOut);
    const learn = createLearnSecrets({ workspaces: { all: async () => own }, secrets, logger });
    const elsewhere = storeWith(value);
    await elsewhere.put(workspace, 'runbooks/db', token);
    expect(redact(`it says ${token}`)).toContain(token);
    await learn();
    expect(redact(`it says ${token}`)).not.toContain(token);
    await elsewhere.put(workspace, 'runbooks/db', `${token}-replaced`);
    await learn();
    expect(redact(`it says ${token}-replaced`)).toBe('it says [redacted]');
    // Stored again after it was removed, it has version 1 as before.
    await elsewhere.remove(workspace, 'runbooks/db');
    const again = `stored.again.${randomUUID()}`;
    await elsewhere.put(workspace, 'runbooks/db', again);
    await learn();
    expect(redact(`it says ${again}`)).toBe('it says [redacted]');
  });

  it('tells once that secrets do not open, and learns them once they do', async () => {
    const lines: string[] = [];
    const boundary = createBoundary({ secrets: [], logLevel: 'warn' }, { write: (line) => lines.push(line) });
    const own = (await db.workspaces.all()).filter(({ id }) => id === workspace);
    await storeWith(value).put(workspace, 'runbooks/db', token);
    const [wrong, right] = [storeWith({ kind: 'value', text: newKey() }), storeWith(value, boundary.keepOut)];
    let secrets = wrong;
    const get = (...asked: Parameters<typeof wrong.get>) => secrets.get(...asked);
    const learn = createLearnSecrets({
      workspaces: { all: async () => own },
      secrets: { list: wrong.list, get },
      logger: boundary.logger,
    });
    await learn();
    await learn();
    expect(lines.filter((line) => line.includes('cannot be opened'))).toHaveLength(1);
    secrets = right;
    await learn();
    expect(boundary.redact(token)).toBe('[redacted]');
  });

  it('asks a key that is away once, and not for every workspace', async () => {
    const { logger } = createBoundary({ secrets: [], logLevel: 'silent' });
    let asked = 0;
    const get = async () => {
      asked += 1;
      throw new Fault('unavailable', 'vault-away', 'Vault does not answer.', 'Wait.');
    };
    const list = async () => [{ name: 'runbooks/db', version: 1, createdAt: 0 }];
    const all = async () => db.workspaces.all();
    expect((await all()).length).toBeGreaterThan(1);
    await createLearnSecrets({ workspaces: { all }, secrets: { list, get }, logger })();
    expect(asked).toBe(1);
  });

  it('stores no value in the clear, under a fresh key each time', async () => {
    const store = storeWith(value);
    await store.put(workspace, 'a/b', token);
    const first = await rowOf('a/b');
    await store.put(workspace, 'a/b', token);
    const second = await rowOf('a/b');
    expect(JSON.stringify(first)).not.toContain(Buffer.from(token).toString('base64').slice(0, 12));
    expect(second.sealed).not.toBe(first.sealed);
    expect(second.wrappedKey).not.toBe(first.wrappedKey);
  });

  const flip = (text: string, at: number): string => {
    const bytes = Buffer.from(text, 'base64');
    bytes[at < 0 ? bytes.length + at : at] = (bytes.at(at) ?? 0) ^ 1;
    return bytes.toString('base64');
  };
  it.each<[string, (row: SecretRow) => Partial<SecretRow>, string]>([
    ['version', ({ version }) => ({ version: version + 1 }), 'secret-changed'],
    ['id', () => ({ id: randomUUID() }), 'secret-changed'],
    ['name', () => ({ name: 'slack/other' }), 'secret-changed'],
    ['key id', () => ({ kekId: '0123456789abcdef' }), 'kek-wrong'],
    ['nonce of the value', ({ sealed }) => ({ sealed: flip(sealed, 0) }), 'secret-changed'],
    ['tag of the value', ({ sealed }) => ({ sealed: flip(sealed, 12) }), 'secret-changed'],
    ['value', ({ sealed }) => ({ sealed: flip(sealed, -1) }), 'secret-changed'],
    ['length of the value', ({ sealed }) => ({ sealed: sealed.slice(0, 8) }), 'secret-changed'],
    ['spelling of the value', ({ sealed }) => ({ sealed: `${sealed}\n` }), 'secret-changed'],
    ['nonce of the key', ({ wrappedKey }) => ({ wrappedKey: flip(wrappedKey, 0) }), 'secret-changed'],
    ['tag of the key', ({ wrappedKey }) => ({ wrappedKey: flip(wrappedKey, 12) }), 'secret-changed'],
    ['wrapped key', ({ wrappedKey }) => ({ wrappedKey: flip(wrappedKey, -1) }), 'secret-changed'],
    ['both parts, swapped', (row) => ({ sealed: row.wrappedKey, wrappedKey: row.sealed }), 'secret-changed'],
  ])('refuses a changed %s', async (_field, change, code) => {
    const store = storeWith(value);
    await store.put(workspace, slackBotToken, token);
    const row = await rowOf(slackBotToken);
    const changed = { ...row, ...change(row) };
    await plant(changed);
    await expect(store.get(workspace, changed.name)).rejects.toEqual(fault(code));
  });

  it('refuses a row that was moved to another workspace, and a part of another version', async () => {
    const store = storeWith(value);
    await store.put(workspace, slackBotToken, token);
    const first = await rowOf(slackBotToken);
    await plant(first, db.other);
    await expect(store.get(db.other, slackBotToken)).rejects.toEqual(fault('secret-changed'));
    await store.put(workspace, slackBotToken, 'second');
    await plant({ ...(await rowOf(slackBotToken)), sealed: first.sealed });
    await expect(store.get(workspace, slackBotToken)).rejects.toEqual(fault('secret-changed'));
  });

  it('says so when the key is another one, and does not call the secret changed', async () => {
    await storeWith(value).put(workspace, slackBotToken, token);
    const other = storeWith({ kind: 'value', text: newKey() });
    await expect(other.get(workspace, slackBotToken)).rejects.toEqual(fault('kek-wrong'));
  });

  it('tells the redactor what it stores and reads, and the key', async () => {
    const { redact, keepOut } = createBoundary({ secrets: [], logLevel: 'silent' });
    expect(redact(`uses ${token}`)).toBe(`uses ${token}`);
    const key = newKey();
    const store = storeWith({ kind: 'value', text: key }, keepOut);
    await store.put(workspace, slackBotToken, token);
    expect(redact(`uses ${token} and ${key}`)).toBe('uses [redacted] and [redacted]');
    const later = createBoundary({ secrets: [], logLevel: 'silent' });
    await storeWith({ kind: 'value', text: key }, later.keepOut).get(workspace, slackBotToken);
    expect(later.redact(`uses ${token}`)).toBe('uses [redacted]');
  });

  describe('its key', () => {
    const path = () => join(folder, randomUUID(), 'kek');

    it('is made at first use, for this user alone, and used from then on', async () => {
      const own: KeySource = { kind: 'own', path: path() };
      const puts = ['a', 'b', 'c'].map((name) => storeWith(own).put(workspace, `x/${name}`, token));
      await Promise.all(puts);
      expect((await stat(own.path)).mode & 0o777).toBe(0o600);
      expect(Buffer.from(await readFile(own.path, 'utf8'), 'base64')).toHaveLength(32);
      for (const name of ['a', 'b', 'c'] as const)
        expect(await storeWith({ ...own, kind: 'file' }).get(workspace, `x/${name}`)).toBe(token);
    });

    it('is not made anew beside secrets of one that is lost', async () => {
      const own: KeySource = { kind: 'own', path: path() };
      await storeWith(own).put(workspace, slackBotToken, token);
      await rm(own.path);
      await expect(storeWith(own).get(workspace, slackBotToken)).rejects.toEqual(fault('kek-missing'));
      await expect(storeWith(own).put(workspace, 'x/y', token)).rejects.toEqual(fault('kek-missing'));
    });

    it('is refused when others can read it, it has a wrong form, or there is none', async () => {
      const file = join(folder, randomUUID());
      const put = (key: KeySource | null) => storeWith(key).put(workspace, 'x/y', token);
      await expect(put({ kind: 'file', path: file })).rejects.toEqual(fault('kek-missing'));
      await expect(put(null)).rejects.toEqual(fault('kek-missing'));
      await writeFile(file, newKey(), { mode: 0o600 });
      await chmod(file, 0o640);
      await expect(put({ kind: 'file', path: file })).rejects.toEqual(fault('kek-open'));
      await chmod(file, 0o600);
      await writeFile(file, 'short');
      await expect(put({ kind: 'file', path: file })).rejects.toEqual(fault('kek-form'));
      expect(await storeWith(value).list(workspace)).toEqual([]);
    });
  });
});

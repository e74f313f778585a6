import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmbeddedSecretStore } from '#adapters/vault/create-embedded-secret-store.ts';
import { createAgentProvider } from '#adapters/vault/providers/create-agent-provider.ts';
import { createFileProvider } from '#adapters/vault/providers/create-file-provider.ts';
import { createSecretProvider } from '#adapters/vault/providers/create-secret-provider.ts';
import { createVaultProvider } from '#adapters/vault/providers/create-vault-provider.ts';
import { createVaultClient } from '#adapters/vault/vault-client.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { CredentialProvider } from '#ports/credential-provider.ts';
import { credentialProviderContract } from '#test/contracts/credential-provider.contract.ts';
import { describeOnEmbedded } from '#test/support/databases.ts';
import { keyRing, newKey } from '#test/support/key-ring.ts';
import { startVaultServer } from '#test/support/vault-server.ts';

const workspace = randomUUID() as WorkspaceId;
const secret = (): string => ['some', 'key', randomUUID()].join(' ');
const newFolder = () => mkdtemp(join(tmpdir(), 'recourse-credentials-'));
const never = new AbortController().signal;

credentialProviderContract('Vault (scripted)', async () => {
  const server = await startVaultServer();
  const text = secret();
  server.kv.set('kv/data/ops/web', { key: text, number: 7 });
  const token = { kind: 'value', text: server.token } as const;
  const vault = createVaultClient({ address: server.url, token, namespace: null }, () => undefined);
  return {
    provider: createVaultProvider(vault),
    workspace,
    there: { reference: 'vault:kv/data/ops/web#key', gives: { kind: 'key', text } },
    missing: 'vault:kv/data/ops/web#number',
    replace: async (other) => void server.kv.set('kv/data/ops/web', { key: other }),
    lockAway: async () => {
      server.state = 'sealed';
      return 'vault-sealed';
    },
    stop: server.close,
  };
});

credentialProviderContract('a folder of files', async () => {
  const folder = await newFolder();
  const text = secret();
  await mkdir(join(folder, 'ssh'));
  const path = join(folder, 'ssh', 'web');
  await writeFile(path, text, { mode: 0o600 });
  return {
    provider: createFileProvider(folder),
    workspace,
    there: { reference: 'file:ssh/web', gives: { kind: 'key', text } },
    missing: 'file:ssh/nothing',
    replace: (other) => writeFile(path, other),
    lockAway: async () => {
      await chmod(path, 0o640);
      return 'credential-file-open';
    },
    stop: () => rm(folder, { recursive: true, force: true }),
  };
});

credentialProviderContract('an SSH agent', async () => {
  const folder = await newFolder();
  const socket = join(folder, 'agent.sock');
  const agent = createServer();
  agent.listen(socket);
  await once(agent, 'listening');
  return {
    provider: createAgentProvider(socket),
    workspace,
    there: { reference: 'agent:', gives: { kind: 'agent', socket } },
    missing: `agent:${join(folder, 'nothing')}`,
    replace: null,
    lockAway: async () => {
      await new Promise((resolve) => agent.close(resolve));
      return 'agent-away';
    },
    stop: () => rm(folder, { recursive: true, force: true }),
  };
});

describeOnEmbedded('stored secrets', (open) => {
  credentialProviderContract('the secrets of a workspace', async () => {
    const db = await open();
    const text = secret();
    let key = newKey();
    const secrets = () =>
      createEmbeddedSecretStore({
        unitOfWork: db.unitOfWork,
        keys: keyRing({ kind: 'value', text: key }),
        keepOut: () => undefined,
      });
    await secrets().put(db.workspace, 'ssh/web', text);
    await secrets().put(db.other, 'ssh/theirs', text);
    return {
      provider: createSecretProvider({ get: (of, name) => secrets().get(of, name) }),
      workspace: db.workspace,
      there: { reference: 'secret:ssh/web', gives: { kind: 'key', text } },
      missing: 'secret:ssh/theirs',
      replace: async (other) => void (await secrets().put(db.workspace, 'ssh/web', other)),
      lockAway: async () => {
        key = newKey();
        return 'kek-wrong';
      },
      stop: async () => undefined,
    };
  });
});

describe('a folder of credentials', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await newFolder();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const load = (provider: CredentialProvider, place: string) => provider.load(workspace, place, never);

  it('takes a whole path too, also without a folder', async () => {
    const path = join(folder, 'key');
    await writeFile(path, 'k', { mode: 0o400 });
    expect(await load(createFileProvider(null), path)).toEqual({ kind: 'key', text: 'k' });
    await expect(load(createFileProvider(null), 'key')).rejects.toMatchObject({ code: 'credentials-folder' });
  });

  it('follows links within it, as Kubernetes mounts have them, and none out of it', async () => {
    await mkdir(join(folder, '..data'));
    await writeFile(join(folder, '..data', 'key'), 'k', { mode: 0o400 });
    await symlink(join('..data', 'key'), join(folder, 'key'));
    expect(await load(createFileProvider(folder), 'key')).toEqual({ kind: 'key', text: 'k' });
    await symlink('/etc/hostname', join(folder, 'out'));
    await expect(load(createFileProvider(folder), 'out')).rejects.toMatchObject({
      code: 'credential-outside',
    });
  });

  it('is refused while others may write into it, and so is an empty file, and a folder for a file', async () => {
    await writeFile(join(folder, 'key'), ' \n', { mode: 0o600 });
    await expect(load(createFileProvider(folder), 'key')).rejects.toMatchObject({
      code: 'credential-file-missing',
    });
    await mkdir(join(folder, 'more'));
    await expect(load(createFileProvider(folder), 'more')).rejects.toMatchObject({
      code: 'credential-file-missing',
    });
    await chmod(folder, 0o770);
    await expect(load(createFileProvider(folder), 'key')).rejects.toMatchObject({
      code: 'credentials-folder-open',
    });
    await expect(load(createFileProvider(join(folder, 'no')), 'key')).rejects.toMatchObject({
      code: 'credentials-folder',
    });
  });
});

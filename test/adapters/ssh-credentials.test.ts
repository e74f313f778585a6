import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import { readCredentialReference } from '#domain/credential.ts';
import type { Host, Login } from '#domain/host.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { createBoundary } from '#src/composition/boundary.ts';
import { openSecrets } from '#src/composition/open-secrets.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { newKey } from '#test/support/key-ring.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { connected, hostOf, never, refused } from '#test/support/remote-host.ts';
import { startSshd, type TestSshd } from '#test/support/sshd.ts';
import { startVaultServer, type VaultServer } from '#test/support/vault-server.ts';

/** The real server, its Vault a scripted one of ours. */
describeWithPeer('sshd', 'a host whose credential is kept elsewhere', () => {
  describeOnEmbedded('OpenSSH', (open) => {
    let db: TestDatabase;
    let sshd: TestSshd;
    let vault: VaultServer;
    let key: string;
    let boundary: ReturnType<typeof createBoundary>;
    let secrets: ReturnType<typeof openSecrets>;
    beforeAll(async () => {
      db = await open();
      sshd = await startSshd();
      vault = await startVaultServer();
      key = readFileSync(sshd.clientKeyPath, 'utf8');
    });
    afterAll(async () => {
      await sshd?.stop();
      await vault?.close();
    });
    beforeEach(() => {
      vault.state = 'unsealed';
      boundary = createBoundary({ secrets: [], logLevel: 'silent' });
      const token = { kind: 'value', text: vault.token } as const;
      const credentials = {
        vault: { address: vault.url, token, namespace: null },
        folder: dirname(sshd.clientKeyPath),
        agentSocket: null,
      };
      const settings = { key: { kind: 'value', text: newKey() }, olderKeys: [], credentials } as const;
      secrets = openSecrets(settings, db.unitOfWork, boundary.keepOut);
    });

    const shell = () => createSsh2RemoteShell({ loadCredential: secrets.loadCredential });
    const loginWith = (text: string): Login => {
      const read = readCredentialReference(text);
      if (read.kind === 'invalid') throw new Error(read.why);
      return { kind: 'credential', reference: read.reference };
    };
    const hostWith = (credential: string, workspace: WorkspaceId = db.workspace): Host => ({
      ...hostOf({
        port: sshd.port,
        user: sshd.login,
        login: loginWith(credential),
        hostKey: sshd.hostKeyPublic,
      }),
      workspace,
    });
    const says = async (host: Host): Promise<string> => {
      const session = await connected(shell(), host);
      const command = { command: 'echo in', timeoutMs: 20_000, environment: {}, attempt: null };
      const result = await session.run(command, () => undefined, never);
      await session.close();
      return result.stdout.text;
    };
    /** Lines in the middle of the key, which only somebody who has it could write. */
    const inside = (text: string) => text.split('\n').slice(1, -2);

    it.each(['vault:kv/data/ops#key', 'file:client_key', 'secret:ssh/web'])(
      'is entered with %s, and no text shows the key',
      async (reference) => {
        vault.kv.set('kv/data/ops', { key });
        for (const line of inside(key)) expect(boundary.redact(`it is ${line}`)).toContain(line);
        if (reference.startsWith('secret:')) await secrets.secrets.put(db.workspace, 'ssh/web', key);
        expect(await says(hostWith(reference))).toBe('in\n');
        for (const line of inside(key)) expect(boundary.redact(`it is ${line}`)).not.toContain(line);
      },
    );

    it('is entered with the key that counts now', async () => {
      const host = hostWith('vault:kv/data/ops#key');
      vault.kv.set('kv/data/ops', { key: 'no key at all' });
      const refusal = await refused(shell(), host);
      expect(refusal).toMatchObject({ reason: 'login-failed' });
      expect(refusal.message).toContain('the credential vault:kv/data/ops#key');
      expect(refusal.message).not.toContain('no key at all');
      vault.kv.set('kv/data/ops', { key });
      expect(await says(host)).toBe('in\n');
    });

    it('is not entered with the secret of another workspace', async () => {
      await secrets.secrets.put(db.workspace, 'ssh/mine', key);
      expect(await refused(shell(), hostWith('secret:ssh/mine', db.other))).toMatchObject({
        reason: 'login-failed',
        message: expect.stringContaining('has no secret named ssh/mine'),
        advice: expect.stringContaining(`secret set ssh/mine --workspace ${db.other}`),
      });
    });

    it.each<[VaultServer['state'], string]>([
      ['sealed', 'Unseal it'],
      ['revoked', 'The token was revoked'],
    ])(
      'is not entered while Vault is %s, with advice, and nothing was sent to the host',
      async (state, advice) => {
        vault.state = state;
        const logged = sshd.log().length;
        expect(await refused(shell(), hostWith('vault:kv/data/ops#key'))).toMatchObject({
          reason: 'login-failed',
          advice: expect.stringContaining(advice),
        });
        expect(sshd.log().slice(logged)).toBe('');
      },
    );

    it('is left alone when nobody waits for Vault any more', async () => {
      vault.state = 'silent';
      const stop = new AbortController();
      const connecting = shell().connect(hostWith('vault:kv/data/ops#key'), [], stop.signal);
      stop.abort();
      expect(await connecting).toMatchObject({ kind: 'refused', reason: 'cancelled' });
    });
  });
});

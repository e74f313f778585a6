import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLoadCredential } from '#adapters/vault/create-load-credential.ts';
import { readCredentialReference } from '#domain/credential.ts';
import { Fault } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Credential, CredentialProvider } from '#ports/credential-provider.ts';

export interface CredentialPeer {
  readonly provider: CredentialProvider;
  readonly workspace: WorkspaceId;
  /** References as hosts.yaml has them: one that is there, with what it gives, and one that is not. */
  readonly there: { readonly reference: string; readonly gives: Credential };
  readonly missing: string;
  /** Gives what is there another value, where its keeper holds one. */
  readonly replace: ((text: string) => Promise<void>) | null;
  /** Makes it not be given although it is there; the code of the Fault. */
  readonly lockAway: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** What every keeper of credentials must show. */
export function credentialProviderContract(title: string, start: () => Promise<CredentialPeer>): void {
  describe(`${title}: a keeper of credentials`, () => {
    let peer: CredentialPeer;
    const kept: string[] = [];
    beforeAll(async () => {
      peer = await start();
    });
    afterAll(() => peer?.stop());

    const load = (text: string) => {
      const read = readCredentialReference(text);
      if (read.kind === 'invalid') throw new Error(read.why);
      const { keeper } = read.reference;
      const nobody = { load: () => Promise.reject(new Error('the wrong keeper')) };
      const providers = {
        vault: nobody,
        file: nobody,
        secret: nobody,
        agent: nobody,
        [keeper]: peer.provider,
      };
      const all = createLoadCredential(providers, (secret) => void kept.push(secret));
      return all(peer.workspace, read.reference, new AbortController().signal);
    };
    const fault = async (work: Promise<unknown>): Promise<Fault> => {
      const error = await work.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (error instanceof Fault) return error;
      throw new Error(`no Fault: ${String(error)}`);
    };

    it('gives what is there, and the redactor knows it before anybody else', async () => {
      const given = await load(peer.there.reference);
      expect(given).toEqual(peer.there.gives);
      expect(kept).toEqual(given.kind === 'key' ? [given.text] : []);
    });

    it('says what is not there, and what to do', async () => {
      const { message, advice } = await fault(load(peer.missing));
      expect(message).toContain(peer.missing.split(/[:#/]/).at(-1));
      expect(advice).not.toBe('');
    });

    it('gives what it was replaced by from then on', async () => {
      if (peer.replace === null) return expect(peer.there.gives.kind).toBe('agent');
      const text = `another one ${randomUUID()}`;
      await peer.replace(text);
      expect(await load(peer.there.reference)).toEqual({ kind: 'key', text });
    });

    it('tells nothing of what is locked away', async () => {
      const code = await peer.lockAway();
      const { code: told, message, advice } = await fault(load(peer.there.reference));
      expect(told).toBe(code);
      for (const secret of kept) expect(`${message}${advice}`).not.toContain(secret);
    });
  });
}

import { randomUUID } from 'node:crypto';
import type { SecretChange, SecretStore } from '#ports/secret-store.ts';
import type { AuditEvent } from '#ports/stores/audit-log.ts';
import type { Transaction, UnitOfWork } from '#ports/unit-of-work.ts';
import { closeEnvelope, openEnvelope } from './envelope.ts';
import { type KeySource, readKey } from './key-encryption-key.ts';

export interface SecretStoreOptions {
  readonly unitOfWork: UnitOfWork;
  readonly key: KeySource;
  /** Told every value that passes, and the key itself: no text may show them. */
  readonly keepOut: (secret: string) => void;
}

/**
 * Secrets in Recourse's own database, in AES-256-GCM envelopes: each version under a data key of its own, which the
 * key-encryption key wraps; both are bound to workspace, name, id and version. The key is read at each use and never
 * stored beside what it protects. What this cannot tell: that a newer version was deleted.
 */
export function createEmbeddedSecretStore({ unitOfWork, key, keepOut }: SecretStoreOptions): SecretStore {
  const openKey = async (mayMake: boolean) => {
    const kek = await readKey(key, mayMake);
    keepOut(kek.text);
    return kek;
  };
  const put: SecretStore['put'] = async (workspace, name, value, change = byRecourse) => {
    keepOut(value);
    for (;;) {
      const known = await unitOfWork.within(workspace, ({ secrets }) => secrets.list());
      // A new key beside secrets of a lost one would hide that it is lost.
      const kek = await openKey(known.length === 0);
      const version = newest(known, name) + 1;
      const row = closeEnvelope(kek, workspace, { name, version, id: randomUUID() }, value);
      if (await unitOfWork.within(workspace, (transaction) => add(transaction, row, change))) return version;
    }
  };
  return {
    put,
    get: async (workspace, name) => {
      const row = await unitOfWork.within(workspace, ({ secrets }) => secrets.newest(name));
      if (!row) return undefined;
      const value = openEnvelope(await openKey(false), workspace, row);
      keepOut(value);
      return value;
    },
    list: async (workspace) => {
      const rows = await unitOfWork.within(workspace, ({ secrets }) => secrets.list());
      return rows.map(({ name, version }) => ({ name, version }));
    },
    remove: (workspace, name, change = byRecourse) =>
      unitOfWork.within(workspace, async ({ secrets, audit }) => {
        const removed = await secrets.remove(name);
        if (removed) await audit.append(entry('secret.removed', { name }, change));
        return removed;
      }),
  };
}

const byRecourse: SecretChange = { actor: 'recourse' };

type Row = Parameters<Transaction['secrets']['add']>[0];

async function add({ secrets, audit }: Transaction, row: Row, change: SecretChange): Promise<boolean> {
  if (!(await secrets.add(row))) return false;
  const details = { name: row.name, version: row.version, key: row.kekId };
  await audit.append(entry('secret.stored', details, change));
  return true;
}

function entry(event: string, details: AuditEvent['details'], { actor, why }: SecretChange): AuditEvent {
  return { actor, event, details: why === undefined ? details : { ...details, why } };
}

function newest(known: readonly { readonly name: string; readonly version: number }[], name: string): number {
  return Math.max(0, ...known.filter((one) => one.name === name).map(({ version }) => version));
}

import { randomUUID } from 'node:crypto';
import type { WorkspaceId } from '#domain/ids.ts';
import type { SecretChange, SecretName, SecretStore } from '#ports/secret-store.ts';
import type { AuditEvent } from '#ports/stores/audit-log.ts';
import type { Transaction, UnitOfWork } from '#ports/unit-of-work.ts';
import { closeEnvelope, openEnvelope } from './envelope.ts';
import type { KeyRing } from './keys/key-ring.ts';

export interface SecretStoreOptions {
  readonly unitOfWork: UnitOfWork;
  readonly keys: KeyRing;
  /** Told every value that passes: no text may show them. */
  readonly keepOut: (secret: string) => void;
}

/**
 * Secrets in Recourse's own database, in AES-256-GCM envelopes: each version under a data key of its own, which the
 * key-encryption key wraps; both are bound to workspace, name, id and version. The key is read at each use and never
 * stored beside what it protects. What this cannot tell: that a newer version was deleted.
 */
export function createEmbeddedSecretStore(options: SecretStoreOptions): SecretStore {
  const { unitOfWork, keys, keepOut } = options;
  const get = async (workspace: WorkspaceId, name: SecretName): Promise<string | undefined> => {
    const row = await unitOfWork.within(workspace, ({ secrets }) => secrets.newest(name));
    if (!row) return undefined;
    const value = await openEnvelope(keys, workspace, row);
    keepOut(value);
    return value;
  };
  return {
    get,
    put: (workspace, name, value, change = byRecourse) =>
      put(options, { workspace, name, value }, add('secret.stored', change)),
    list: (workspace) => unitOfWork.within(workspace, ({ secrets }) => secrets.list()),
    renew: async (workspace, name, change = byRecourse) => {
      const value = await get(workspace, name);
      if (value === undefined) return undefined;
      const addNew = add('secret.renewed', change);
      return put(options, { workspace, name, value }, async (transaction, row) => {
        const added = await addNew(transaction, row);
        if (added) await transaction.secrets.removeBefore(name, row.version);
        return added;
      });
    },
    remove: (workspace, name, change = byRecourse) =>
      unitOfWork.within(workspace, async ({ secrets, audit }) => {
        const removed = await secrets.remove(name);
        if (removed) await audit.append(secretEntry('secret.removed', { name }, change));
        return removed;
      }),
  };
}

interface NewSecret {
  readonly workspace: WorkspaceId;
  readonly name: SecretName;
  readonly value: string;
}

/** Versions that are put at the same time get numbers of their own: whoever comes second tries the next. */
async function put(options: SecretStoreOptions, secret: NewSecret, keep: Keep): Promise<number> {
  options.keepOut(secret.value);
  for (;;) {
    const version = await options.keys.during(() => tryPut(options, secret, keep));
    if (version !== undefined) return version;
  }
}

async function tryPut(
  { unitOfWork, keys }: SecretStoreOptions,
  { workspace, name, value }: NewSecret,
  keep: Keep,
): Promise<number | undefined> {
  const known = await unitOfWork.within(workspace, ({ secrets }) => secrets.list());
  // A new key beside secrets of a lost one would hide that it is lost.
  if (known.length === 0) await keys.make();
  const version = newest(known, name) + 1;
  const row = await closeEnvelope(keys, workspace, { name, version, id: randomUUID() }, value);
  return (await unitOfWork.within(workspace, (transaction) => keep(transaction, row))) ? version : undefined;
}

export const byRecourse: SecretChange = { actor: 'recourse' };

type Row = Parameters<Transaction['secrets']['add']>[0];
/** Keeps a row within a transaction; false when its version was taken meanwhile. */
type Keep = (transaction: Transaction, row: Row) => Promise<boolean>;

const add =
  (event: string, change: SecretChange): Keep =>
  async ({ secrets, audit }, row) => {
    if (!(await secrets.add(row))) return false;
    const details = { name: row.name, version: row.version, key: row.kekId };
    await audit.append(secretEntry(event, details, change));
    return true;
  };

export function secretEntry(
  event: string,
  details: AuditEvent['details'],
  { actor, why }: SecretChange,
): AuditEvent {
  return { actor, event, details: why === undefined ? details : { ...details, why } };
}

function newest(known: readonly { readonly name: string; readonly version: number }[], name: string): number {
  return Math.max(0, ...known.filter((one) => one.name === name).map(({ version }) => version));
}

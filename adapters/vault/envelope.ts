import { randomBytes } from 'node:crypto';
import { canonicalJson } from '#domain/canonical-json.ts';
import { Fault } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { SecretRow } from '#ports/stores/secret-rows.ts';
import type { KeyEncryptionKey } from './key-encryption-key.ts';
import { keyBytes, seal, unseal } from './seal.ts';

type Label = Pick<SecretRow, 'name' | 'version' | 'id'>;

/** Puts a value under a key of its own, and that key under the key-encryption key. */
export function closeEnvelope(
  kek: KeyEncryptionKey,
  workspace: WorkspaceId,
  label: Label,
  value: string,
): SecretRow {
  const dataKey = randomBytes(keyBytes);
  return {
    ...label,
    kekId: kek.id,
    wrappedKey: seal(kek.key, dataKey, contextOf('key', kek, workspace, label)),
    sealed: seal(dataKey, Buffer.from(value), contextOf('value', kek, workspace, label)),
  };
}

/** The value inside, or a Fault that tells another key from a row that was changed. */
export function openEnvelope(kek: KeyEncryptionKey, workspace: WorkspaceId, row: SecretRow): string {
  if (row.kekId !== kek.id) throw anotherKey(row, kek);
  const dataKey = unseal(kek.key, row.wrappedKey, contextOf('key', kek, workspace, row));
  const value = dataKey && unseal(dataKey, row.sealed, contextOf('value', kek, workspace, row));
  if (value === undefined) throw changed(row);
  return value.toString('utf8');
}

/** Binds what is sealed to its place: a row that is moved, renamed or renumbered does not open. */
function contextOf(
  part: 'key' | 'value',
  { id: kek }: KeyEncryptionKey,
  workspace: WorkspaceId,
  { name, version, id }: Label,
): string {
  return canonicalJson({ part, kek, workspace, name, version, id });
}

function anotherKey({ name, kekId }: SecretRow, kek: KeyEncryptionKey): Fault {
  return new Fault(
    'configuration',
    'kek-wrong',
    `The secret ${name} was locked with the key ${kekId}, and the key in use is ${kek.id}.`,
    'Set RECOURSE_KEK_FILE or RECOURSE_KEK to the key of then. Without it, store the secret again: for Slack, install the app again.',
  );
}

function changed({ name, version }: SecretRow): Fault {
  return new Fault(
    'rejected',
    'secret-changed',
    `The secret ${name}, version ${version}, was changed or moved in the database and is not used.`,
    'Find out who wrote to the database, then store the secret again or restore a backup.',
  );
}

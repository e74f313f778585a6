import { seal, unseal } from '#adapters/vault/seal.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { SecretRow } from '#ports/stores/secret-rows.ts';

/** The same secret as a program stored it that had no rotation: its value is bound to the key-encryption key too. */
export function sealedAsBefore(
  kek: string,
  workspace: WorkspaceId,
  row: SecretRow,
  value: string,
): SecretRow {
  const { name, version, id, kekId } = row;
  const context = (part: string) => canonicalJson({ part, kek: kekId, workspace, name, version, id });
  const dataKey = unseal(Buffer.from(kek, 'base64'), row.wrappedKey, context('key'));
  if (!dataKey) throw new Error('the row is under another key');
  return { ...row, sealed: seal(dataKey, Buffer.from(value), context('value')) };
}

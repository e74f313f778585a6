import { randomBytes } from 'node:crypto';
import { canonicalJson } from '#domain/canonical-json.ts';
import { Fault } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { SecretRow } from '#ports/stores/secret-rows.ts';
import type { KeyWrapper } from './keys/key-wrapper.ts';
import { keyBytes, seal, unseal } from './seal.ts';

type Label = Pick<SecretRow, 'name' | 'version' | 'id'>;

/** Puts a value under a key of its own, and that key under the key-encryption key. */
export async function closeEnvelope(
  keys: KeyWrapper,
  workspace: WorkspaceId,
  { name, version, id }: Label,
  value: string,
): Promise<SecretRow> {
  const label = { name, version, id };
  const dataKey = randomBytes(keyBytes);
  const wrapped = await keys.wrap(dataKey, keyContext(workspace, label));
  return { ...label, ...wrapped, sealed: seal(dataKey, Buffer.from(value), valueContext(workspace, label)) };
}

/** The value inside, or a Fault that tells another key from a row that was changed. */
export async function openEnvelope(
  keys: KeyWrapper,
  workspace: WorkspaceId,
  row: SecretRow,
): Promise<string> {
  const { value } = await open(keys, workspace, row);
  return value.toString('utf8');
}

/** The same value under the same data key, which is under the key-encryption key of now. What was changed is refused. */
export async function rewrapEnvelope(
  keys: KeyWrapper,
  workspace: WorkspaceId,
  row: SecretRow,
): Promise<SecretRow> {
  const { dataKey, value, isBound } = await open(keys, workspace, row);
  const wrapped = await keys.wrap(dataKey, keyContext(workspace, row));
  const sealed = isBound ? seal(dataKey, value, valueContext(workspace, row)) : row.sealed;
  return { ...row, ...wrapped, sealed };
}

interface Opened {
  readonly dataKey: Buffer;
  readonly value: Buffer;
  /** The value itself is bound to the key-encryption key, as it was while there was no rotation. */
  readonly isBound: boolean;
}

async function open(keys: KeyWrapper, workspace: WorkspaceId, row: SecretRow): Promise<Opened> {
  const unwrapped = await keys.unwrap(row, keyContext(workspace, row));
  if (unwrapped.kind === 'another-key') throw anotherKey(row, unwrapped.inUse);
  if (unwrapped.kind === 'changed') throw changed(row);
  const { dataKey } = unwrapped;
  const free = unseal(dataKey, row.sealed, valueContext(workspace, row));
  const value = free ?? unseal(dataKey, row.sealed, contextOf('value', workspace, row, row.kekId));
  if (value === undefined) throw changed(row);
  return { dataKey, value, isBound: free === undefined };
}

const keyContext = (workspace: WorkspaceId, label: Label) => (kek: string) =>
  contextOf('key', workspace, label, kek);
const valueContext = (workspace: WorkspaceId, label: Label): string => contextOf('value', workspace, label);

/** Binds what is sealed to its place: a row that is moved, renamed or renumbered does not open. */
function contextOf(
  part: 'key' | 'value',
  workspace: WorkspaceId,
  { name, version, id }: Label,
  kek?: string,
): string {
  return canonicalJson({ part, kek, workspace, name, version, id });
}

function anotherKey({ name, kekId }: SecretRow, inUse: string): Fault {
  return new Fault(
    'configuration',
    'kek-wrong',
    `The secret ${name} was locked with the key ${kekId}, and the key in use is ${inUse}.`,
    'Name the key of then as RECOURSE_KEK_OLD_FILE or RECOURSE_KEK_OLD (docs/secrets.md). Without it, store the secret again: for Slack, install the app again.',
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

import type { WorkspaceId } from '#domain/ids.ts';
import type { SecretKeys } from '#ports/secret-keys.ts';
import type { SecretChange } from '#ports/secret-store.ts';
import type { SecretRow } from '#ports/stores/secret-rows.ts';
import type { UnitOfWork } from '#ports/unit-of-work.ts';
import { byRecourse, secretEntry } from './create-embedded-secret-store.ts';
import { rewrapEnvelope } from './envelope.ts';
import type { KeyRing } from './keys/key-ring.ts';

/** A transaction of so many rows does not hold up the embedded database. */
const atOnce = 50;

/** The key behind `createEmbeddedSecretStore`, and moving what is stored from one key to the next. */
export function createSecretKeys(unitOfWork: UnitOfWork, keys: KeyRing): SecretKeys {
  const behind = async (workspace: WorkspaceId): Promise<number> => {
    const isEmpty = await unitOfWork.within(
      workspace,
      async ({ secrets }) => (await secrets.list()).length === 0,
    );
    // Without secrets there may be no key yet.
    if (isEmpty) return 0;
    const inUse = await keys.current();
    return unitOfWork.within(workspace, ({ secrets }) => secrets.countNotUnder(inUse));
  };
  return {
    behind,
    keptBy: keys.keptBy,
    replace: keys.replace,
    forgetOlder: keys.forgetOlder,
    rewrap: async (workspace, change = byRecourse) => {
      let rewrapped = 0;
      for (let done = atOnce; done === atOnce && (await behind(workspace)) > 0; ) {
        done = await rewrapSome({ unitOfWork, keys, workspace, change });
        rewrapped += done;
      }
      return { rewrapped, remaining: await behind(workspace) };
    },
  };
}

interface Rewrapping {
  readonly unitOfWork: UnitOfWork;
  readonly keys: KeyRing;
  readonly workspace: WorkspaceId;
  readonly change: SecretChange;
}

/** The key may be far away, so it is asked between the transactions; a row that was changed meanwhile is left. */
async function rewrapSome({ unitOfWork, keys, workspace, change }: Rewrapping): Promise<number> {
  const inUse = await keys.current();
  const rows = await unitOfWork.within(workspace, ({ secrets }) => secrets.notUnder(inUse, atOnce));
  const moved: { readonly row: SecretRow; readonly from: string }[] = [];
  for (const row of rows) moved.push({ row: await rewrapEnvelope(keys, workspace, row), from: row.kekId });
  return unitOfWork.within(workspace, async ({ secrets, audit }) => {
    let count = 0;
    for (const { row, from } of moved) if (await secrets.rewrap(row, from)) count += 1;
    if (count > 0) await audit.append(secretEntry('secrets.rewrapped', { count, key: inUse }, change));
    return count;
  });
}

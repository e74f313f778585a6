import type { WorkspaceId } from '#domain/ids.ts';
import type { NewVersion } from '#ports/stores/solution-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

export interface LoadReport {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Makes these the versions in force and findable; what is unchanged is left alone. */
export function createLoadSolutions({ unitOfWork }: Pick<Core, 'unitOfWork'>) {
  return async (workspace: WorkspaceId, versions: readonly NewVersion[]): Promise<LoadReport> => {
    const report = { created: 0, updated: 0, unchanged: 0 };
    const batch = unitOfWork.solutionsAtOnce;
    for (let start = 0; start < versions.length; start += batch) {
      const some = versions.slice(start, start + batch);
      for (const change of await unitOfWork.within(workspace, (transaction) => putAll(transaction, some)))
        report[change] += 1;
    }
    return report;
  };
}

async function putAll(
  { solutions, searchIndex }: Transaction,
  versions: readonly NewVersion[],
): Promise<readonly (keyof LoadReport)[]> {
  const stored = await solutions.putAll(versions);
  const changed = stored.flatMap(({ id, change }, index) => {
    const version = versions[index];
    return change === 'unchanged' || !version ? [] : [{ id, content: version.content }];
  });
  await searchIndex.put(changed);
  return stored.map(({ change }) => change);
}

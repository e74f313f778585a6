import { diffLines } from '#adapters/diff/diff-lines.ts';
import { createLeases } from '#adapters/postgres/leases.ts';
import { createSolutionSearch } from '#adapters/postgres/search/create-solution-search.ts';
import { createUnitOfWork } from '#adapters/postgres/unit-of-work.ts';
import { createWorkspaces } from '#adapters/postgres/workspaces.ts';
import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { createIds } from '#adapters/system/create-ids.ts';
import type { Core } from '#application/core.ts';
import { defaultAlertSettings } from '#domain/alert/alert-settings.ts';
import { defaultCaptureSettings } from '#domain/automatic-capture/capture-settings.ts';
import { defaultFoldSettings } from '#domain/learning/fold-settings.ts';
import { defaultOwnersSettings } from '#domain/learning/owners-settings.ts';
import { defaultUseSettings } from '#domain/learning/use.ts';
import { defaultPolicy } from '#domain/policy/policy.ts';
import { defaultRankingSettings } from '#domain/ranking/ranking-settings.ts';
import { prepareWorkspace } from '../load-corpus.ts';
import { openClocked } from './open-clocked.ts';

/** When the simulated year begins, in milliseconds since the epoch. */
export const yearStart = Date.UTC(2025, 0, 1);
export const dayMs = 86_400_000;

type Needs = Pick<
  Core,
  | 'unitOfWork'
  | 'search'
  | 'settings'
  | 'commandParser'
  | 'lineDiff'
  | 'redact'
  | 'clock'
  | 'ids'
  | 'leases'
  | 'workspaces'
  | 'postsWaiting'
  | 'instance'
>;

/** The application over a database whose clock is the year's. */
export async function openYear(serverUrl?: string) {
  const { open, set, close } = await openClocked(yearStart, serverUrl);
  const { workspace, load } = await prepareWorkspace(open);
  const ids = createIds();
  let now = yearStart;
  const unitOfWork = createUnitOfWork(open, ids, () => Promise.resolve());
  const core: Needs = {
    unitOfWork,
    search: createSolutionSearch({ database: open.database }),
    commandParser: await createBashCommandParser(),
    lineDiff: diffLines,
    redact: (text) => text,
    clock: { now: () => now },
    ids,
    leases: createLeases(open.database),
    workspaces: createWorkspaces(open.database, ids),
    postsWaiting: () => undefined,
    instance: 'bench',
    settings: {
      ranking: defaultRankingSettings,
      fold: defaultFoldSettings,
      owners: defaultOwnersSettings,
      uses: defaultUseSettings,
      approval: { expiryMs: 1_800_000, destructiveExpiryMs: 600_000 },
      policy: defaultPolicy,
      listening: 'invited',
      consults: false,
      alerts: defaultAlertSettings,
      capture: defaultCaptureSettings,
      longestCommand: () => 2000,
    },
  };
  const setClock = async (at: number): Promise<void> => {
    now = at;
    await set(at);
  };
  return { open, core, workspace, load, setClock, close };
}

export type Year = Awaited<ReturnType<typeof openYear>>;

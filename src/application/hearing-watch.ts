import type { WorkspaceId } from '#domain/ids.ts';

/** Whether this process has heard what people did while it was not there. */
export interface HearingWatch {
  /** Something may be missing from now on, until it was read back. */
  begun(workspace: WorkspaceId): void;
  /** All was read back. */
  done(workspace: WorkspaceId): void;
  /** Nothing is heard from now on, until it is heard again or was read back. */
  lost(workspace: WorkspaceId): void;
  /** It is heard again, and nothing was missed meanwhile. */
  heard(workspace: WorkspaceId): void;
  /** Something is missing still; never for longer than the patience that was given. */
  isBehind(workspace: WorkspaceId): boolean;
}

/**
 * A workspace is behind from the start of the process on, and again from when nothing is heard or something may be missing,
 * until its chat was read back. A chat that cannot be read back must not keep everybody from being called, so each is believed
 * for `patienceMs` alone. `now` is in milliseconds.
 */
export function createHearingWatch(now: () => number, patienceMs: number): HearingWatch {
  const startedAt = now();
  const missing = new Map<WorkspaceId, number | 'nothing'>();
  const deaf = new Map<WorkspaceId, number>();
  const isSince = (from: number | 'nothing' | undefined) =>
    typeof from === 'number' && now() - from < patienceMs;
  return {
    begun: (workspace) => {
      const known = missing.get(workspace);
      if (typeof known !== 'number') missing.set(workspace, now());
    },
    done: (workspace) => {
      missing.set(workspace, 'nothing');
      deaf.delete(workspace);
    },
    lost: (workspace) => {
      if (!deaf.has(workspace)) deaf.set(workspace, now());
    },
    heard: (workspace) => void deaf.delete(workspace),
    isBehind: (workspace) => isSince(missing.get(workspace) ?? startedAt) || isSince(deaf.get(workspace)),
  };
}

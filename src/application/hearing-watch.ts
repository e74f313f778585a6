import type { WorkspaceId } from '#domain/ids.ts';

/** Whether this process has heard what people did while it was not there. */
export interface HearingWatch {
  /** Something may be missing from now on, until it was read back. */
  begun(workspace: WorkspaceId): void;
  /** All was read back. */
  done(workspace: WorkspaceId): void;
  /** Something is missing still; never for longer than the patience that was given. */
  isBehind(workspace: WorkspaceId): boolean;
}

/**
 * A workspace is behind from the start of the process on, and again from when something may be missing, until its chat was
 * read back. A chat that cannot be read back must not keep everybody from being called, so either is believed for
 * `patienceMs` alone. `now` is in milliseconds.
 */
export function createHearingWatch(now: () => number, patienceMs: number): HearingWatch {
  const startedAt = now();
  const missing = new Map<WorkspaceId, number | 'nothing'>();
  return {
    begun: (workspace) => {
      const known = missing.get(workspace);
      if (typeof known !== 'number') missing.set(workspace, now());
    },
    done: (workspace) => {
      missing.set(workspace, 'nothing');
    },
    isBehind: (workspace) => {
      const from = missing.get(workspace) ?? startedAt;
      return from !== 'nothing' && now() - from < patienceMs;
    },
  };
}

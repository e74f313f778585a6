import { keepCaughtUp } from '#application/keep-caught-up.ts';
import { keepConnected } from '#application/keep-connected.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { HeardSoFar } from '#ports/heard-so-far.ts';
import type { Keeping } from '#ports/keeping.ts';
import type { OpenCore } from './open-core.ts';
import { readHeard } from './read-heard.ts';

/** What every chat gets to stay connected and to read back what it missed. */
export interface KeepUp {
  readonly keeping: Keeping;
  readonly heardSoFar: (workspace: WorkspaceId, missedAt?: number) => Promise<HeardSoFar>;
  readonly caughtUp: (workspace: WorkspaceId) => Promise<void>;
  readonly unheard: (workspace: WorkspaceId) => void;
  readonly heardAgain: (workspace: WorkspaceId) => void;
}

export function keepUp(open: OpenCore): KeepUp {
  return {
    keeping: { connected: keepConnected, caughtUp: keepCaughtUp },
    heardSoFar: (workspace, missedAt) => {
      open.hearing.begun(workspace);
      return readHeard(open, workspace, missedAt);
    },
    caughtUp: async (workspace) => {
      await open.core.unitOfWork.within(workspace, ({ heard }) => heard.closeGap());
      open.hearing.done(workspace);
    },
    unheard: open.hearing.lost,
    heardAgain: open.hearing.heard,
  };
}

import type { Core } from '#application/core.ts';

/** A process that can die: from then on nothing that it does reaches the database. */
export function createMortal(core: Core) {
  const { unitOfWork } = core;
  let lives = true;
  const mortal: typeof unitOfWork = {
    ...unitOfWork,
    within: (workspace, work) => (lives ? unitOfWork.within(workspace, work) : new Promise(() => undefined)),
  };
  return {
    core: { ...core, unitOfWork: mortal },
    die: (): void => {
      lives = false;
    },
  };
}

import type { TicketAccess, TicketSystem } from '#ports/ticket-system.ts';

/** A system that all workspaces ask with the same credential. */
export const shared = (system: TicketSystem): TicketAccess => ({
  ...system,
  isPerWorkspace: false,
  open: async () => system,
});

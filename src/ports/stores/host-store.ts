import type { Host, HostEntry } from '#domain/host.ts';
import type { HostId } from '#domain/ids.ts';

export interface HostStore {
  /** Makes the inventory exactly these hosts; ids of hosts that stay are kept. */
  sync(entries: readonly HostEntry[]): Promise<void>;
  /** The host with this id, also one that left the inventory: cards of its steps still name it. */
  find(id: HostId): Promise<Host | undefined>;
  /** The host of the inventory with this name. */
  named(name: string): Promise<Host | undefined>;
  all(): Promise<readonly Host[]>;
}

import type { Host, HostEntry } from '#domain/host.ts';
import type { HostId } from '#domain/ids.ts';

export interface HostStore {
  /** Makes the inventory exactly these hosts; ids of hosts that stay are kept. */
  sync(entries: readonly HostEntry[]): Promise<void>;
  /** The host with this id, also one that left the inventory: cards of its steps still name it. */
  find(id: HostId): Promise<Host | undefined>;
  /** Holds the host until the transaction ends: of two who are about to change it, the second sees what the first did. */
  hold(id: HostId): Promise<void>;
  /** The host of the inventory with this name. */
  named(name: string): Promise<Host | undefined>;
  /** Names in the inventory that contain `text`, in any case; those that begin with it come first. */
  namesLike(text: string, limit: number): Promise<readonly string[]>;
  all(): Promise<readonly Host[]>;
}

import type { Host, HostEntry } from '#domain/host.ts';
import type { HostId } from '#domain/ids.ts';

export interface HostStore {
  /** Makes the inventory exactly these hosts; ids of hosts that stay are kept. */
  sync(entries: readonly HostEntry[]): Promise<void>;
  find(id: HostId): Promise<Host | undefined>;
  named(name: string): Promise<Host | undefined>;
  all(): Promise<readonly Host[]>;
}

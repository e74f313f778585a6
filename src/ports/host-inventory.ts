import type { HostEntry } from '#domain/host.ts';

/** A source of hosts: an inventory file, the sandbox. Throws a Fault that names file, line and what is wrong. */
export interface HostInventory {
  load(): Promise<readonly HostEntry[]>;
}

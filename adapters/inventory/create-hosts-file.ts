import { readFile } from 'node:fs/promises';
import { Fault } from '#domain/fault.ts';
import type { HostInventory } from '#ports/host-inventory.ts';
import { readHosts } from './read-hosts.ts';

/** The inventory in a hosts.yaml, read anew at every load; without a path there are no hosts. */
export function createHostsFile(path: string | null): HostInventory {
  return {
    load: async () => {
      if (path === null) return [];
      const read = readHosts(await readSource(path));
      if (read.kind === 'hosts') return read.entries;
      const lines = read.problems.map(({ line, message }) => `  ${path}:${line}: ${message}`);
      throw new Fault(
        'configuration',
        'hosts-file-wrong',
        `The inventory of hosts is wrong:\n${lines.join('\n')}`,
        'Correct these lines; docs/hosts.md explains every field.',
      );
    },
  };
}

/** Reads the file; a Fault names it when that fails. */
export async function readSource(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Fault(
      'configuration',
      missing ? 'hosts-file-missing' : 'hosts-file-unreadable',
      missing ? `There is no inventory of hosts at ${path}.` : `${path} cannot be read: ${String(cause)}`,
      'Write one (docs/hosts.md has an example) or change RECOURSE_HOSTS.',
      cause,
    );
  }
}

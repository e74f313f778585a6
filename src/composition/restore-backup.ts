import { join } from 'node:path';
import type { Config } from '#adapters/config/config.ts';
import type { ShellCommands } from '#commands/command.ts';
import { Fault } from '#domain/fault.ts';
import { holdDataDirectory } from './hold-data-directory.ts';

/** Puts a backup in the place of the embedded database, while no server runs on it. */
export function createRestore(config: () => Config): ShellCommands['restore'] {
  return async (archive, force) => {
    const { database, dataDirectory } = config();
    if (database.kind === 'server') throw needsEmbedded();
    using _held = holdDataDirectory(dataDirectory);
    const { restoreEmbedded } = await import('#adapters/postgres/restore-embedded.ts');
    return await restoreEmbedded(join(dataDirectory, 'postgres'), archive, { force });
  };
}

function needsEmbedded(): Fault {
  return new Fault(
    'rejected',
    'restore-server',
    'backup and restore are for the embedded database, and DATABASE_URL names a server.',
    'Use pg_dump and pg_restore.',
  );
}

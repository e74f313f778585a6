import { callServer } from '#adapters/cli-socket/call-server.ts';
import { socketPathIn } from '#adapters/cli-socket/socket-path.ts';
import type { Config } from '#adapters/config/config.ts';
import { lockDataDirectory } from '#adapters/system/data-lock.ts';
import type { CommandContext, CommandIo, CommandParts } from '#commands/command.ts';

/** The application as a command needs it, open in this process. It does not take the data lock itself. */
export interface OpenApplication {
  readonly commands: CommandContext;
  close(): Promise<void>;
}

export interface ReachOptions {
  /** Read only when a command needs the application. */
  readonly config: () => Config;
  readonly open: (config: Config) => Promise<OpenApplication>;
  readonly argv: readonly string[];
  readonly io: CommandIo;
}

/**
 * How a command of the shell gets to the application: a database server is opened directly; the embedded database
 * too while nobody has it, and otherwise the server that has it runs the command.
 */
export function reachApplication({ config, open, argv, io }: ReachOptions): CommandParts['withApplication'] {
  return async (use) => {
    const settings = config();
    if (settings.database.kind === 'server') return openAndUse(() => open(settings), use);
    const lock = lockDataDirectory(settings.dataDirectory);
    if (lock.kind === 'held') return callServer({ path: socketPathIn(settings.dataDirectory), argv, io });
    try {
      return await openAndUse(() => open(settings), use);
    } finally {
      lock.release();
    }
  };
}

async function openAndUse(
  open: () => Promise<OpenApplication>,
  use: (context: CommandContext) => Promise<number>,
): Promise<number> {
  const application = await open();
  try {
    return await use(application.commands);
  } finally {
    await application.close();
  }
}

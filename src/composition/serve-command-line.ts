import { serveCommands } from '#adapters/cli-socket/serve-commands.ts';
import { socketPathIn } from '#adapters/cli-socket/socket-path.ts';
import type { Config } from '#adapters/config/config.ts';
import type { CommandContext } from '#commands/command.ts';
import { runProgram } from '#commands/run-program.ts';
import { createCommandTools } from './create-command-tools.ts';

/** While this process holds the embedded database, commands typed elsewhere come through its socket. */
export async function serveCommandLine(config: Config, commands: CommandContext): Promise<AsyncDisposable> {
  const tools = createCommandTools(() => config);
  const server = await serveCommands({
    path: socketPathIn(config.dataDirectory),
    run: (argv, io) =>
      runProgram(argv, {
        io,
        tools,
        withApplication: (use) => use(commands),
        shell: null,
        now: () => Date.now(),
      }),
  });
  return { [Symbol.asyncDispose]: server.close };
}

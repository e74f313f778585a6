import { CommanderError } from 'commander';
import { Fault } from '#domain/fault.ts';
import { buildProgram } from './build-program.ts';
import { type CommandIo, type CommandParts, exitCodes } from './command.ts';

/** Runs one command line, without the program's name, and resolves with its exit code. Never rejects. */
export async function runProgram(argv: readonly string[], parts: CommandParts): Promise<number> {
  let code: number = exitCodes.done;
  const program = buildProgram(parts, async (result) => {
    code = await result;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, parts.io);
  }
}

function explain(error: unknown, io: CommandIo): number {
  // commander has written its message by itself.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof Fault) {
    io.err(`${error.message}\n${error.advice}\n`);
    return error.kind === 'configuration' ? exitCodes.configuration : exitCodes.failed;
  }
  io.err(`Something went wrong: ${error instanceof Error ? error.message : String(error)}\n`);
  return exitCodes.failed;
}

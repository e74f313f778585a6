import { type CommandParts, exitCodes } from './command.ts';

/** Runs the server, as `npm start` does. */
export async function start({ io, shell }: CommandParts): Promise<number> {
  if (shell !== null) return shell.start();
  io.err('error: the server runs already\n');
  return exitCodes.failed;
}

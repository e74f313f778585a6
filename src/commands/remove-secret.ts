import { type CommandContext, type CommandIo, exitCodes } from './command.ts';
import type { WorkspaceOption } from './set-secret.ts';

/** Forgets every version of a secret. What reads it from then on is told that it is not there. */
export async function removeSecret(
  context: CommandContext,
  io: CommandIo,
  name: string,
  { workspace }: WorkspaceOption,
): Promise<number> {
  if (await context.secrets.remove(workspace ?? null, name)) {
    io.out(`Removed every version of ${name}.\n`);
    return exitCodes.done;
  }
  io.err('error: there is no such secret; see the names with: npm run -s recourse -- secret list\n');
  return exitCodes.failed;
}

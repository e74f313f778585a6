import { type CommandContext, type CommandIo, exitCodes } from './command.ts';
import { printable } from './printable.ts';

/** Writes the runbook that a case makes to the standard output, as Markdown. Nothing is stored. */
export async function printFromCase(
  context: CommandContext,
  io: CommandIo,
  name: string,
  workspace: string | null,
): Promise<number> {
  const drafted = await context.draftRunbook(workspace, name);
  if (!drafted) {
    io.err(
      `There is no case named ${printable(name)} in force. The names stand in the folder cases/ of: recourse export DIR\n`,
    );
    return exitCodes.failed;
  }
  io.out(drafted.text);
  return exitCodes.done;
}

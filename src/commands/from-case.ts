import { type CommandContext, type CommandIo, exitCodes } from './command.ts';
import { printable } from './printable.ts';

export interface FromCaseOptions {
  readonly workspace?: string;
  readonly review?: boolean;
}

/** Writes the runbook that a case makes to the standard output, as Markdown, or puts it into review. */
export async function runbookOfCase(
  context: CommandContext,
  io: CommandIo,
  name: string,
  { workspace, review = false }: FromCaseOptions,
): Promise<number> {
  const drafted = await context.reviews.draft(workspace ?? null, name);
  if (!drafted) {
    io.err(
      `There is no case named ${printable(name)} in force. The names stand in the folder cases/ of: recourse export DIR\n`,
    );
    return exitCodes.failed;
  }
  if (!review) {
    io.out(drafted.text);
    return exitCodes.done;
  }
  const { slug } = await context.reviews.propose(workspace ?? null, drafted);
  io.out(`${printable(slug)} waits for a review. What is in it: recourse review show ${printable(slug)}\n`);
  return exitCodes.done;
}

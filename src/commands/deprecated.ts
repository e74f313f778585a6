import { solutionTitle } from '#domain/solution.ts';
import { type CommandContext, type CommandIo, exitCodes } from './command.ts';
import { printable } from './printable.ts';

/** Lists what has stopped working and is shown no more, with why. */
export async function listDeprecated(
  context: CommandContext,
  io: CommandIo,
  workspace: string | null,
): Promise<number> {
  const found = await context.deprecated(workspace);
  if (found.length === 0) io.out('Nothing is deprecated.\n');
  for (const { slug, reason, ...solution } of found)
    io.out(`${printable(`${slug}  ${solutionTitle(solution)}\n  ${reason}`)}\n`);
  return exitCodes.done;
}

/** Puts a deprecated solution back into force. */
export async function revive(
  context: CommandContext,
  io: CommandIo,
  slug: string,
  workspace: string | null,
): Promise<number> {
  if (await context.revive(workspace, slug)) {
    io.out(
      `${printable(slug)} is in force again. What was said of it until now does not deprecate it once more.\n`,
    );
    return exitCodes.done;
  }
  return missing(io, slug);
}

/** Takes a deprecated solution out of force for good. */
export async function retire(
  context: CommandContext,
  io: CommandIo,
  slug: string,
  { workspace, notes }: { readonly workspace?: string; readonly notes: string },
): Promise<number> {
  if (!(await context.retire(workspace ?? null, slug, notes))) return missing(io, slug);
  io.out(`${printable(slug)} is retired: it is kept and never shown again.\n`);
  return exitCodes.done;
}

function missing(io: CommandIo, slug: string): number {
  io.err(`Nothing named ${printable(slug)} is deprecated. Names are listed by: recourse deprecated\n`);
  return exitCodes.failed;
}

import { solutionTitle } from '#domain/solution.ts';
import { formatAge } from '#domain/wording/format.ts';
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

/** Lists what is in force and nobody has used for long. */
export async function listUnused(
  context: CommandContext,
  io: CommandIo,
  { workspace, now }: { readonly workspace?: string; readonly now: number },
): Promise<number> {
  const found = await context.unused(workspace ?? null);
  if (found.length === 0) io.out('Everything in force was used lately.\n');
  for (const { slug, since, ...solution } of found)
    io.out(`${printable(`${slug}  ${solutionTitle(solution)}\n  not used for ${formatAge(now - since)}`)}\n`);
  return exitCodes.done;
}

/** Says of what nobody has used for long that it is still needed. */
export async function keep(
  context: CommandContext,
  io: CommandIo,
  slug: string,
  workspace: string | null,
): Promise<number> {
  if (await context.keep(workspace, slug)) {
    io.out(
      `${printable(slug)} is kept: it is not asked about again before it was unused as long once more.\n`,
    );
    return exitCodes.done;
  }
  io.err(`Nothing named ${printable(slug)} was unused for long. Names are listed by: recourse unused\n`);
  return exitCodes.failed;
}

/** Takes a solution that is deprecated or unused for long out of force for good. */
export async function retire(
  context: CommandContext,
  io: CommandIo,
  slug: string,
  { workspace, notes }: { readonly workspace?: string; readonly notes: string },
): Promise<number> {
  if (!(await context.retire(workspace ?? null, slug, notes))) {
    io.err(
      `Nothing named ${printable(slug)} is deprecated or was unused for long. Names are listed by: recourse deprecated, recourse unused\n`,
    );
    return exitCodes.failed;
  }
  io.out(`${printable(slug)} is retired: it is kept and never shown again.\n`);
  return exitCodes.done;
}

function missing(io: CommandIo, slug: string): number {
  io.err(`Nothing named ${printable(slug)} is deprecated. Names are listed by: recourse deprecated\n`);
  return exitCodes.failed;
}

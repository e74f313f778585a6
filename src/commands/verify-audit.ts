import { type CommandContext, type CommandIo, exitCodes } from './command.ts';

/** Recomputes the hash chain of every workspace's audit log. */
export async function verifyAudit(context: CommandContext, io: CommandIo): Promise<number> {
  const chains = await context.verifyAudit();
  for (const { workspace, firstBroken } of chains) {
    io.out(
      firstBroken === undefined
        ? `${workspace}: every entry fits\n`
        : `${workspace}: BROKEN at entry ${firstBroken}; it or one before it was changed or taken away\n`,
    );
  }
  return chains.some(({ firstBroken }) => firstBroken !== undefined) ? exitCodes.failed : exitCodes.done;
}

import type { WholeFold } from '#application/fold-signals.ts';
import { type CommandContext, type CommandIo, exitCodes } from './command.ts';

/** Folds votes, runs and alerts into success rates now instead of at the next tick. */
export async function fold(context: CommandContext, io: CommandIo): Promise<number> {
  const folded = await context.foldNow();
  if (folded.length === 0) io.out('There is no workspace yet, so there is nothing to fold.\n');
  for (const { workspace, result } of folded) {
    io.out(
      result === 'busy'
        ? `${workspace}: another fold is at it right now; try again in a moment\n`
        : foldedText(workspace, result),
    );
  }
  return folded.some(({ result }) => result === 'busy') ? exitCodes.failed : exitCodes.done;
}

function foldedText(workspace: string, { signals, solutions, ...told }: WholeFold): string {
  const folded = `${workspace}: ${signals} votes, runs and alerts folded into the rates of ${solutions} solutions\n`;
  const lines = [
    ...told.deprecated.map((slug) => `deprecated, as it works less than half of the time: ${slug}`),
    ...told.declined.map((slug) => `works less often than the version before, its owners are told: ${slug}`),
    ...told.unused.map((slug) => `not used for long, its owners are told: ${slug}`),
    ...told.suggested.map((slug) => `keeps helping and has no runbook, its owners are told: ${slug}`),
  ];
  return folded + lines.map((line) => `  ${line}\n`).join('');
}

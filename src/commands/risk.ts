import { type CommandIo, type CommandTools, exitCodes } from './command.ts';
import { eachJsonLine } from './each-json-line.ts';
import { printable } from './printable.ts';

/** Judges one command, or with `jsonl` a `{"command"}` a line from the standard input, as an approval would show it. */
export async function risk(
  tools: CommandTools,
  io: CommandIo,
  command: string | undefined,
  { jsonl = false }: { readonly jsonl?: boolean },
): Promise<number> {
  if ((command === undefined) !== jsonl) {
    io.err('error: give either one command or --jsonl\n');
    return exitCodes.usage;
  }
  const [{ parse }, { classifyLine }] = await Promise.all([
    tools.commandParser(),
    import('#domain/risk/classify-line.ts'),
  ]);
  if (command === undefined) return eachJsonLine(io, 'command', (text) => classifyLine(text, parse));
  const verdict = classifyLine(command, parse);
  io.out(`${verdict.risk}: ${printable(verdict.why)}\n`);
  return exitCodes.done;
}

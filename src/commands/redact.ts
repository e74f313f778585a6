import { type CommandIo, type CommandTools, exitCodes } from './command.ts';
import { eachJsonLine } from './each-json-line.ts';

/** Copies the standard input with its secrets masked: as one text, or with `jsonl` a `{"text"}` a line. */
export async function redactInput(
  tools: CommandTools,
  io: CommandIo,
  { jsonl }: { readonly jsonl?: boolean },
): Promise<number> {
  const redact = tools.redactor();
  if (jsonl) return eachJsonLine(io, 'text', (text) => ({ text: redact(text) }));
  io.out(redact(await io.stdin()));
  return exitCodes.done;
}

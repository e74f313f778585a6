import { type CommandParts, exitCodes } from './command.ts';
import { eachJsonLine } from './each-json-line.ts';

/**
 * Copies the standard input with its secrets masked: as one text, however long and without holding it, or with
 * `jsonl` a `{"text"}` a line.
 */
export async function redactInput(
  { io, tools, shell }: Pick<CommandParts, 'io' | 'tools' | 'shell'>,
  { jsonl }: { readonly jsonl?: boolean },
): Promise<number> {
  const { redact, openStream } = await tools.redactor();
  if (jsonl) return eachJsonLine(io, 'text', (text) => ({ text: redact(text) }));
  const stream = openStream();
  for await (const chunk of shell ? shell.input() : [await io.stdin()]) {
    io.out(stream.push(chunk));
    await io.flushed();
  }
  io.out(stream.end());
  return exitCodes.done;
}

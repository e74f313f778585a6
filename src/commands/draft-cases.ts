import { type CommandIo, type CommandTools, exitCodes } from './command.ts';
import { eachJsonValue } from './each-json-line.ts';
import { readThread } from './read-thread.ts';

/**
 * Drafts a case of each `{"thread"}` line of the standard input and writes the drafts as lines, in the same order. A
 * line that holds no thread gives `{"error"}` with its number and what is wrong, and the exit code says so at the end.
 */
export async function draftCases(
  tools: CommandTools,
  io: CommandIo,
  { json = false }: { readonly json?: boolean },
): Promise<number> {
  if (!json) {
    io.err('error: give --json: threads are read, and drafts written, as lines of JSON\n');
    return exitCodes.usage;
  }
  const [{ parse }, { redact }, { draftThread }] = await Promise.all([
    tools.commandParser(),
    tools.redactor(),
    import('#domain/capture/draft-thread.ts'),
  ]);
  return eachJsonValue(io, (value, line) => {
    const read = readThread(value);
    if ('wrong' in read) return { error: `line ${line}: ${read.wrong}` };
    return { answer: draftThread(read.thread, { parse, redact: (text) => redact(text), hosts: [] }) };
  });
}

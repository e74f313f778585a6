import { type CommandIo, exitCodes } from './command.ts';

/**
 * Reads the standard input as one JSON object a line and writes one line for each, in the same order: what
 * `answer` makes of the text in `field`, or `{"error"}` for a line without it. Empty lines are passed over.
 */
export async function eachJsonLine(
  io: CommandIo,
  field: string,
  answer: (text: string) => object,
): Promise<number> {
  const lines = (await io.stdin()).split('\n').filter((line) => line.trim() !== '');
  const texts = lines.map((line) => readField(line, field));
  for (const text of texts) {
    const written =
      text === undefined ? { error: `the line is not an object with the text "${field}"` } : answer(text);
    io.out(`${JSON.stringify(written)}\n`);
  }
  return texts.includes(undefined) ? exitCodes.failed : exitCodes.done;
}

function readField(line: string, field: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const text = (value as Readonly<Record<string, unknown>> | null)?.[field];
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

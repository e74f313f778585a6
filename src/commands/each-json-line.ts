import { type CommandIo, exitCodes } from './command.ts';

/** What a line becomes: the answer, or why there is none. */
export type LineAnswer = { readonly answer: object } | { readonly error: string };

/**
 * Reads the standard input as one JSON value a line and writes one line for each, in the same order: what `answer`
 * makes of the value, or `{"error"}`. A line that is no JSON has the value undefined. Empty lines are passed over.
 */
export async function eachJsonValue(
  io: CommandIo,
  answer: (value: unknown, line: number) => LineAnswer,
): Promise<number> {
  let failed = false;
  for (const [index, line] of (await io.stdin()).split('\n').entries()) {
    if (line.trim() === '') continue;
    const made = answer(readValue(line), index + 1);
    failed ||= 'error' in made;
    io.out(`${JSON.stringify('error' in made ? made : made.answer)}\n`);
  }
  return failed ? exitCodes.failed : exitCodes.done;
}

/**
 * The same for lines that are objects with a text: writes what `answer` makes of the text in `field`, or `{"error"}`
 * for a line without it.
 */
export function eachJsonLine(
  io: CommandIo,
  field: string,
  answer: (text: string) => object,
): Promise<number> {
  return eachJsonValue(io, (value) => {
    const text = (value as Readonly<Record<string, unknown>> | null | undefined)?.[field];
    return typeof text === 'string'
      ? { answer: answer(text) }
      : { error: `the line is not an object with the text "${field}"` };
  });
}

function readValue(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

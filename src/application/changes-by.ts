import { classifyCommand } from '#domain/risk/classify-command.ts';
import type { CommandParser } from '#ports/command-parser.ts';

/** Whether a command changes something, or may, as far as rules can tell. */
export const changesBy =
  (parser: CommandParser) =>
  (command: string): boolean =>
    classifyCommand(command, (text) => parser.parse(text)).risk !== 'read-only';

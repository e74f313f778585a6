import { readArguments } from '../read-arguments.ts';
import { destructive, readOnly } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { literalOf } from '../word.ts';

const flags = {
  harmless:
    '-p= --pid= -batch --batch -ex= --ex= -eval-command= --eval-command= -q -quiet --quiet -n -nx --nx --core= -c= -o= --one-line= -b --version',
} as const satisfies Flags;

/** Debugger commands that show something and let the process go on. */
const showing =
  /^(?:(?:thread apply (?:all|[\d ]+) )?(?:bt|backtrace|where|info|i|thread backtrace)\b[\w ]*|thread (?:list|backtrace)(?: all)?|bt all|info [\w ]+|list|x\/\w+ [$\w+]+|set pagination off|set width 0|set confirm off|set print \w+ \w+|process status|detach|quit|q|py-bt|thread apply all py-bt)$/;

/** gdb(1) and lldb(1), in batch: every command must be one that only shows. */
export const judgeGdb: Judge = ({ program, args }) => {
  const read = readArguments(args, flags);
  const isBatch = read.flags.some(({ name }) => /^--?b(?:atch)?$/.test(name));
  const commands = read.flags.filter(({ name }) => /^--?(?:ex|eval-command|o|one-line)$/.test(name));
  const shows = commands.every(({ value }) => showing.test((value && literalOf(value)) ?? '$'));
  if (read.unlisted.length > 0 || !isBatch || commands.length === 0) {
    return destructive(`${program} opens a debugger in which anything can be done`);
  }
  return shows
    ? readOnly(`${program} only shows the process`)
    : destructive(`${program} runs a command that can change the process`);
};

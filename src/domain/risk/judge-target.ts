import type { Word } from './command-tree.ts';
import { destructive, mutating, readOnly, type Verdict } from './risk.ts';
import { leadOf, literalOf } from './word.ts';

const harmless = new Set([
  '-',
  '/dev/null',
  '/dev/stdout',
  '/dev/stderr',
  '/dev/tty',
  '/dev/fd/1',
  '/dev/fd/2',
]);

/** Judges a file that something overwrites: only /dev/null and the program's own output are harmless. */
export function judgeOverwrite(target: Word | null): Verdict {
  const path = target && literalOf(target);
  if (path !== null && harmless.has(path)) return readOnly(`writes only to ${path}`);
  if (target && isCommand(target)) return readOnly('writes to a command that is judged itself');
  if (target && isSocket(target)) return mutating(`sends to the network through ${target.source}`);
  return destructive(`overwrites ${target ? target.source : 'a file'}`);
}

/** Judges a file that something appends to. */
export function judgeAppend(target: Word): Verdict {
  const path = literalOf(target);
  if (path !== null && harmless.has(path)) return readOnly(`writes only to ${path}`);
  return leadOf(target).startsWith('/dev/')
    ? destructive(`writes to the device ${target.source}`)
    : mutating(`appends to ${target.source}`);
}

/** `>(command)`: the command is judged where the word stands. */
function isCommand({ source, parts }: Word): boolean {
  return source.startsWith('>(') && parts.length === 1 && parts[0]?.kind === 'computed';
}

/** Bash's own network files. */
function isSocket(target: Word): boolean {
  return /^\/dev\/(?:tcp|udp)\//.test(leadOf(target));
}

import { readArguments } from '../read-arguments.ts';
import { destructive, readOnly } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';

const flags = {
  harmless: `-a --archive -v --verbose -n --dry-run -z --compress -h --human-readable -i --itemize-changes -r --recursive
    -l -p -t -g -o -D -H -A -X -x -u -c --checksum -P --progress --partial --stats -q -W -S -d -4 -6 --delete --delete-after
    --delete-excluded --delete-before --ignore-existing --existing --list-only --no-perms --no-owner --no-group --size-only
    --numeric-ids --exclude= --include= --exclude-from= --files-from= --filter= --port= --bwlimit= --timeout= --out-format=
    --max-size= --min-size= --contimeout= -L -k -K --inplace --append --info=`,
  executes: '-e= --rsh= --rsync-path= -M= --remote-option=',
} as const satisfies Flags;

/** rsync(1): lists with one operand or `--list-only`, compares with `-n`, and overwrites otherwise. */
export const judgeRsync: Judge = ({ program, args }) => {
  const read = readArguments(args, flags);
  const [unknown] = read.unlisted;
  if (unknown !== undefined) return destructive(`${program}: the option ${unknown} is not known`);
  // `-e ssh` is what it does anyway; anything else is a program of its own.
  const runs = read.flags.find(
    (flag) => flag.effect === 'executes' && flag.value?.source.replace(/['"]/g, '') !== 'ssh',
  );
  if (runs) return destructive(`${program} ${runs.name} runs code of its own`);
  const looks = read.flags.some(({ name }) => ['-n', '--dry-run', '--list-only'].includes(name));
  return looks || read.operands.length === 1
    ? readOnly(`${program} only compares or lists`)
    : destructive(`${program} overwrites, and may delete, what is at its target`);
};

import { judgeUnlisted } from '../judge-flag-rule.ts';
import { readArguments } from '../read-arguments.ts';
import { destructive, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { literalOf } from '../word.ts';

const suFlags = {
  harmless: '-c= --command= -l --login -m -p --preserve-environment -s= --shell= -u= --user= -g= --group=',
} as const satisfies Flags;

/** su and runuser: `-c` code, or with `-u user` (runuser) a program and its words. */
export const judgeSu: Judge = ({ program, args }, scope) => {
  const read = readArguments(args, suFlags, program === 'runuser');
  const code = read.flags.find((flag) => flag.name === '-c' || flag.name === '--command');
  const isDirect =
    program === 'runuser' && read.flags.some((flag) => flag.name === '-u' || flag.name === '--user');
  const judged = () => {
    if (code) return scope.judgeCode(code.value && literalOf(code.value));
    if (isDirect && read.operands.length > 0) return scope.judgeWords(read.operands, { kind: 'inherited' });
    return destructive(`${program} opens a shell that nobody sees here`);
  };
  return worstVerdict([judged(), ...judgeUnlisted(program, read, suFlags, false)], readOnly(''));
};

const flockFlags = {
  harmless: `-s --shared -x -e --exclusive -n --nb --nonblock -u --unlock -w= --wait= --timeout= -E=
    --conflict-exit-code= -o --close -F --no-fork -c=`,
} as const satisfies Flags;

/** flock(1): makes its lock file if need be, then runs a program or `-c` code. */
export const judgeFlock: Judge = ({ program, args }, scope) => {
  const read = readArguments(args, flockFlags, true);
  const [, ...command] = read.operands;
  const isCode = command[0] !== undefined && literalOf(command[0]) === '-c';
  const run = () => {
    if (isCode) return scope.judgeCode(command[1] ? literalOf(command[1]) : null);
    return command.length > 0
      ? scope.judgeWords(command, { kind: 'inherited' })
      : readOnly('flock only waits');
  };
  const lock: Verdict = { risk: 'mutating', why: 'flock may create its lock file' };
  return worstVerdict([lock, run(), ...judgeUnlisted(program, read, flockFlags, false)], lock);
};

/** `kubectl exec pod -- program …` and the like: judges what stands behind the first `--`. */
export const judgeAfterDashes: Judge = ({ program, args }, scope) => {
  const at = args.findIndex((word) => literalOf(word) === '--');
  if (at < 0 || at === args.length - 1) return destructive(`${program} without "--" and a program to judge`);
  return scope.judgeWords(args.slice(at + 1), { kind: 'inherited' });
};

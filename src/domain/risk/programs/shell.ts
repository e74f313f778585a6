import type { Word } from '../command-tree.ts';
import { judgeFlags, judgeUnlisted } from '../judge-flag-rule.ts';
import { judgeOverwrite } from '../judge-target.ts';
import { readArguments } from '../read-arguments.ts';
import { destructive, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Flags, Judge, Scope, Stdin } from '../rule.ts';
import { literalOf } from '../word.ts';

const shellFlags = {
  harmless: '-c -e -u -x -v -f -l -i -n -p -o= -O= --login --norc --noprofile --posix --version --help',
} as const satisfies Flags;

/** sh, bash and their kin: `-c` code and here-documents are judged, scripts and piped code are not seen. */
export const judgeShell: Judge = ({ program, args, stdin }, scope) => {
  const read = readArguments(args, shellFlags, true);
  const own = judgeUnlisted(program, read, shellFlags, false);
  const [first] = read.operands;
  const has = (name: string) => read.flags.some((flag) => flag.name === name);
  if (has('--version') || has('--help'))
    return worstVerdict([readOnly(`${program} prints`), ...own], readOnly(''));
  const judged = has('-c')
    ? scope.judgeCode(first ? literalOf(first) : null)
    : judgeUnseen(program, first, stdin, scope);
  return worstVerdict([judged, ...own], readOnly(''));
};

function judgeUnseen(program: string, script: Word | undefined, stdin: Stdin, scope: Scope): Verdict {
  if (script) return destructive(`${program} runs the script ${script.source}, which nobody sees here`);
  if (stdin.kind === 'text') return scope.judgeCode(stdin.text);
  return destructive(`${program} runs what it reads on its input`);
}

/** Programs that join their words and hand them to a shell again: `eval`, `ssh host …`, `watch`. */
export function judgeJoined(words: readonly Word[], scope: Scope): Verdict {
  const texts = words.map(literalOf);
  return scope.judgeCode(texts.includes(null) ? null : texts.join(' '));
}

export const judgeEval: Judge = ({ args }, scope) =>
  args.length === 0 ? readOnly('eval runs nothing') : judgeJoined(args, scope);

/** `trap 'code' SIGNAL`; `trap - SIGNAL` and `trap -p` run nothing. */
export const judgeTrap: Judge = ({ args }, scope) => {
  const [code] = args.filter((word, index) => index > 0 || literalOf(word) !== '--');
  const text = code ? literalOf(code) : '';
  if (text === '' || text?.startsWith('-')) return readOnly('trap only resets');
  return scope.judgeCode(text);
};

const watchFlags = {
  harmless: `-n= --interval= -d? --differences? -t --no-title -b --beep -c --color -C --no-color -e --errexit -g
    --chgexit -p --precise -w --no-wrap -x --exec -v --version`,
} as const satisfies Flags;

/** watch(1): joins its words into shell code unless `-x` is given. */
export const judgeWatch: Judge = ({ program, args }, scope) => {
  const read = readArguments(args, watchFlags, true);
  const inner = args.slice(read.used);
  const isExec = read.flags.some((flag) => flag.name === '-x' || flag.name === '--exec');
  const judged = isExec ? scope.judgeWords(inner, { kind: 'inherited' }) : judgeJoined(inner, scope);
  return worstVerdict([judged, ...judgeUnlisted(program, read, watchFlags, false)], readOnly(''));
};

const scriptFlags = {
  harmless: '-c= --command= -q --quiet -e --return -f --flush -a --append -t? -E= --echo=',
  writes: '-T= --timing= -O= --log-out= -I= --log-in= -B= --log-io=',
} as const satisfies Flags;

/** script(1): runs code and keeps what it prints in a file. */
export const judgeScript: Judge = ({ program, args }, scope) => {
  const read = readArguments(args, scriptFlags);
  const code = read.flags.find(({ name }) => name === '-c' || name === '--command')?.value;
  const own = [...judgeFlags(program, read.flags), ...judgeUnlisted(program, read, scriptFlags, false)];
  const [file] = read.operands;
  const kept = file ? judgeOverwrite(file) : destructive('script overwrites the file typescript');
  return worstVerdict([scope.judgeCode(code ? literalOf(code) : null), kept, ...own], readOnly(''));
};

import { judgeFlags, judgeUnlisted } from '../judge-flag-rule.ts';
import { type ReadArguments, readArguments } from '../read-arguments.ts';
import { destructive, mutating, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { literalOf } from '../word.ts';
import { readSedScript } from './sed-script.ts';

const flags = {
  harmless: `-n --quiet --silent -e= --expression= -E -r --regexp-extended -s --separate -u --unbuffered -z
    --null-data -l= --line-length= --debug --posix --sandbox --follow-symlinks -b --binary --help --version`,
  mutating: '-i? --in-place?',
  executes: '-f= --file=',
} as const satisfies Flags;

/** sed(1): `-i` edits its files; a script may also write other files or run programs. */
export const judgeSed: Judge = ({ program, args }) => {
  const read = readArguments(args, flags);
  const verdicts = scriptsOf(read).map((script) => judgeScript(script));
  const own = [...judgeEdits(program, read), ...judgeUnlisted(program, read, flags, false)];
  return worstVerdict([readOnly('sed only prints'), ...own, ...verdicts], readOnly(''));
};

/** Edited in place, a file is overwritten; with a suffix its old text is kept. */
function judgeEdits(program: string, read: ReadArguments): readonly Verdict[] {
  const edits = read.flags.find(({ effect }) => effect === 'mutating');
  const others = judgeFlags(
    program,
    read.flags.filter(({ effect }) => effect !== 'mutating'),
  );
  if (!edits) return others;
  const keeps = edits.value !== null && /^[\w.~-]+$/.test(literalOf(edits.value) ?? '');
  const verdict = keeps
    ? mutating(`${program} edits its files and keeps a copy`)
    : destructive(`${program} ${edits.name} overwrites its files and keeps no copy`);
  return [verdict, ...others];
}

function scriptsOf(read: ReadArguments): readonly (string | null)[] {
  const given = read.flags.filter((flag) => flag.name === '-e' || flag.name === '--expression');
  if (given.length > 0) {
    const scripts = given.map(({ value }) => value && literalOf(value));
    return scripts.includes(null) ? [null] : [scripts.join('\n')];
  }
  const [script] = read.operands;
  return script ? [literalOf(script)] : [];
}

function judgeScript(script: string | null): Verdict {
  if (script === null) return destructive('sed: its script is known only when it runs');
  const effect = readSedScript(script);
  switch (effect) {
    case 'prints':
      return readOnly('sed only prints');
    case 'writes':
      return destructive('sed: the script overwrites a file');
    case 'executes':
      return destructive('sed: the script runs a program');
    case 'unknown':
      return destructive('sed: the script is not understood');
    default:
      return effect satisfies never;
  }
}

import { judgeUnlisted } from '../judge-flag-rule.ts';
import { readArguments } from '../read-arguments.ts';
import { readOnly, worstVerdict } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { literalOf, replaceInWord, unknownWord } from '../word.ts';

const flags = {
  harmless: `-0 --null -a= --arg-file= -d= --delimiter= -E= -e? --eof? -I= -i? --replace? -L= -l? --max-lines?
    -n= --max-args= -P= --max-procs= -p -r --no-run-if-empty -s= --max-chars= -t --verbose -x --exit
    --process-slot-var= --show-limits -o --open-tty -R= -S=`,
} as const satisfies Flags;

/** xargs(1): the program it runs gets words that nobody can see beforehand. */
export const judgeXargs: Judge = ({ program, args }, scope) => {
  const read = readArguments(args, flags, true);
  const inner = args.slice(read.used);
  const own = judgeUnlisted(program, read, flags, false);
  if (inner.length === 0) return worstVerdict([readOnly('xargs only echoes'), ...own], readOnly(''));
  const replace = read.flags.find((flag) => ['-I', '-i', '--replace'].includes(flag.name));
  const placeholder = replace && ((replace.value && literalOf(replace.value)) || '{}');
  const words = placeholder
    ? inner.map((word) => {
        const text = literalOf(word);
        return replaceInWord(
          text === null ? word : { ...word, parts: [{ kind: 'literal', text, quoted: true }] },
          placeholder,
        );
      })
    : [...inner, unknownWord('what xargs adds')];
  return worstVerdict([scope.judgeWords(words, { kind: 'inherited' }), ...own], readOnly(''));
};

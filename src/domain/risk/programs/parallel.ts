import type { Word } from '../command-tree.ts';
import { judgeUnlisted } from '../judge-flag-rule.ts';
import { readArguments } from '../read-arguments.ts';
import { destructive, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Flags, Judge, Scope } from '../rule.ts';
import { leadOf, literalOf } from '../word.ts';

const flags = {
  harmless: `-j= --jobs= -k --keep-order -n= --max-args= -N= -I= -0 --null --tag --bar --eta --progress --timeout= --delay=
    --halt= -u --ungroup --line-buffer --lb --dry-run --will-cite -v -r --no-run-if-empty -P= --max-procs= -q --colsep= -C= -d=`,
} as const satisfies Flags;

/**
 * GNU parallel: the words before `:::` are joined and run by a shell for every input. An input takes the place of
 * `{}`, quoted, so it can be anything but code.
 */
export const judgeParallel: Judge = ({ program, args }, scope) => {
  const read = readArguments(args, flags, true);
  const words = args.slice(read.used);
  const end = words.findIndex((word) => literalOf(word)?.startsWith(':::') === true);
  const command = (end < 0 ? words : words.slice(0, end)).map(literalOf);
  const inputs = end < 0 ? [] : words.slice(end + 1);
  const unknown = judgeUnlisted(program, read, flags, false);
  const rehearses = read.flags.some(({ name }) => name === '--dry-run');
  const judged = rehearses ? readOnly('parallel only prints') : judgeTemplate(command, inputs, scope);
  return worstVerdict([judged, ...unknown], judged);
};

function judgeTemplate(command: readonly (string | null)[], inputs: readonly Word[], scope: Scope): Verdict {
  if (command.length === 0) return destructive('parallel runs its inputs as commands');
  if (inputs.some((word) => leadOf(word).startsWith('-')))
    return destructive('parallel: an input looks like an option');
  if (command.includes(null)) return scope.judgeCode(null);
  const template = command.join(' ');
  const code = template.replace(/\{[^{}\s]*\}/g, '"$input"');
  return scope.judgeCode(code === template ? `${template} "$input"` : code);
}

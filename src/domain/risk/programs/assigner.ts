import { judgeAssignment } from '../judge-assignment.ts';
import { destructive, readOnly, worstVerdict } from '../risk.ts';
import type { Judge } from '../rule.ts';
import { literalOf } from '../word.ts';

/** Builtins that give variables a value by name: `read x`, `printf -v x`, `export x`, `unset x`. */
export const judgeAssigner: Judge = ({ program, args }) => {
  const texts = args.map(literalOf);
  if (program === 'printf' && !texts[0]?.startsWith('-v')) return readOnly('printf only prints');
  // `mapfile -C code` runs the code for every few lines.
  const calls = /^(?:mapfile|readarray)$/.test(program) && texts.some((text) => /^-\w*C/.test(text ?? ''));
  if (calls) return destructive(`${program} -C runs code`);
  // `x[$(command)]` runs the command to find the index.
  const isIndex = texts.some((text) => text === null || /^\w+\[/.test(text));
  if (isIndex) return destructive(`${program}: which variable it sets is known only when it runs`);
  const names = texts.flatMap((text) => /^(?:-v)?(\w+)/.exec(text ?? '')?.[1] ?? []);
  const verdicts = names.map((name) => judgeAssignment({ name }));
  return worstVerdict([readOnly(`${program} sets variables of this shell`), ...verdicts], readOnly(''));
};

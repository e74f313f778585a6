import { destructive, readOnly } from '../risk.ts';
import type { Judge } from '../rule.ts';
import { literalOf } from '../word.ts';

/** python, perl and the like run code that no rule here reads; versions and `python -m json.tool` are safe. */
export const judgeInterpreter: Judge = ({ program, args }) => {
  const [first, second, ...rest] = args.map(literalOf);
  if (args.length === 1 && /^(?:-V|-v|--version)$/.test(first ?? ''))
    return readOnly(`${program} prints its version`);
  const isJsonTool = program.startsWith('python') && first === '-m' && second === 'json.tool';
  const files = rest.filter((text) => !text?.startsWith('--'));
  if (isJsonTool && files.length <= 1) return readOnly('python -m json.tool only formats');
  return destructive(`${program} runs code that is not judged here`);
};

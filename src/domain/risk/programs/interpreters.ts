import { destructive, readOnly, type Verdict } from '../risk.ts';
import type { Judge } from '../rule.ts';
import { literalOf } from '../word.ts';
import { perlOnlyPrints } from './perl-one-liner.ts';
import { pythonOnlyPrints } from './python-one-liner.ts';

/** Modules of Python that run as programs and only print. */
const printingModules = /^(?:json\.tool|platform|site|sysconfig|tabnanny|calendar|this)$/;

/** Options that only print something about the interpreter. */
const asks = /^(?:-V|-VV|-v|--version|--help|-h|-i|-m|--ini|-VV)$/;

/**
 * python, perl and the like: one-liners of few known words that print are let through, versions too; everything
 * else is code that no rule here reads.
 */
export const judgeInterpreter: Judge = ({ program, args }) => {
  const texts = args.map(literalOf);
  if (asksAboutItself(program, texts)) return readOnly(`${program} prints something about itself`);
  if (program.startsWith('python')) return judgePython(program, texts);
  if (program === 'perl' && perlOnlyPrints(texts)) return readOnly('perl only prints');
  return unseen(program);
};

function asksAboutItself(program: string, texts: readonly (string | null)[]): boolean {
  if (texts.length !== 1 || !asks.test(texts[0] ?? '')) return false;
  // `php -i` prints its settings, `python -i` opens a console.
  return !/^(?:-i|-m|--ini)$/.test(texts[0] ?? '') || program === 'php';
}

function judgePython(program: string, texts: readonly (string | null)[]): Verdict {
  const [first, second, ...rest] = texts.filter((text) => !/^-[uBEsIS]+$/.test(text ?? ''));
  const files = rest.filter((text) => !text?.startsWith('--'));
  const isModule = first === '-m' && second !== null && second !== undefined;
  // The second file of json.tool is its output.
  if (isModule && printingModules.test(second) && files.length <= 1)
    return readOnly(`${program} -m ${second} only prints`);
  if (first === '-c' && second && pythonOnlyPrints(second)) return readOnly(`${program} only prints`);
  return unseen(program);
}

function unseen(program: string): Verdict {
  return destructive(`${program} runs code that is not judged here`);
}

import type { Word } from '../command-tree.ts';
import { judgeOverwrite } from '../judge-target.ts';
import { destructive, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Judge, Scope } from '../rule.ts';
import { leadOf, literalOf, replaceInWord } from '../word.ts';

/** Tests and harmless actions of GNU and BSD find, by the number of words they take. */
const takesNothing = new Set(
  `-H -L -P -E -X -d -depth -xdev -mount -noleaf -daystart -follow -warn -nowarn -ignore_readdir_race
   -empty -executable -readable -writable -nouser -nogroup -true -false -prune -quit -print -print0 -ls -not -and
   -or -a -o ( ) ! , -O0 -O1 -O2 -O3 --help --version`.split(/\s+/),
);
const takesOne = new Set(
  `-maxdepth -mindepth -name -iname -path -ipath -wholename -iwholename -regex -iregex -lname -ilname -type -xtype
   -size -mtime -atime -ctime -mmin -amin -cmin -newer -anewer -cnewer -newermt -newerct -newerat -newermm -perm
   -user -group -uid -gid -links -inum -samefile -fstype -printf -used -context -D -regextype`.split(/\s+/),
);
const writesTo = new Set(['-fprint', '-fprint0', '-fls', '-fprintf']);
const runsProgram = new Set(['-exec', '-execdir', '-ok', '-okdir']);

/** find(1): paths, then an expression; `-exec` is unwrapped, a word that is not fixed text is refused in it. */
export const judgeFind: Judge = ({ args }, scope) => {
  const verdicts: Verdict[] = [];
  let at = firstOfExpression(args);
  while (at < args.length) {
    const step = judgePredicate(args, at, scope);
    verdicts.push(step.verdict);
    at = step.next;
  }
  return worstVerdict([readOnly('find only lists files'), ...verdicts], readOnly(''));
};

/**
 * Options, then paths, then the expression. The first path may be anything; a further one that is not fixed
 * text counts as expression, because it may turn into `-delete`.
 */
function firstOfExpression(args: readonly Word[]): number {
  const isExpression = (word: Word | undefined) => !word || /^[-(!,]/.test(leadOf(word));
  let at = 0;
  while (['-H', '-L', '-P'].includes(args[at] ? leadOf(args[at] as Word) : '')) at += 1;
  if (!isExpression(args[at])) at += 1;
  while (!isExpression(args[at]) && leadOf(args[at] as Word) !== '') at += 1;
  return at;
}

interface Step {
  readonly verdict: Verdict;
  readonly next: number;
}

function judgePredicate(args: readonly Word[], at: number, scope: Scope): Step {
  const word = args[at];
  const name = word ? literalOf(word) : null;
  if (name === null)
    return { verdict: destructive('find: what it does is known only when it runs'), next: at + 1 };
  if (takesOne.has(name)) return { verdict: readOnly(`find ${name} only tests`), next: at + 2 };
  if (takesNothing.has(name)) return { verdict: readOnly(`find ${name} only tests`), next: at + 1 };
  if (writesTo.has(name))
    return { verdict: judgeOverwrite(args[at + 1] ?? null), next: at + (name === '-fprintf' ? 3 : 2) };
  if (runsProgram.has(name)) return judgeExec(args, at + 1, scope);
  return { verdict: destructive(`find ${name} deletes, or is not known`), next: at + 1 };
}

function judgeExec(args: readonly Word[], from: number, scope: Scope): Step {
  const length = args.slice(from).findIndex((word, index, rest) => {
    const text = literalOf(word);
    return text === ';' || (text === '+' && index > 0 && literalOf(rest[index - 1] ?? word) === '{}');
  });
  if (length <= 0) return { verdict: destructive('find -exec without an end'), next: args.length };
  const inner = args.slice(from, from + length).map((word) => replaceInWord(joined(word), '{}'));
  return { verdict: scope.judgeWords(inner, { kind: 'inherited' }), next: from + length + 1 };
}

/** `{` and `}` may come as two pieces of one word. */
function joined(word: Word): Word {
  const text = literalOf(word);
  return text === null ? word : { source: word.source, parts: [{ kind: 'literal', text, quoted: true }] };
}

import type { Word } from './command-tree.ts';
import { judgeFlagRule } from './judge-flag-rule.ts';
import { judgeVerbRule } from './judge-verb-rule.ts';
import { judgeWrapperRule } from './judge-wrapper-rule.ts';
import { destructive, readOnly, type Verdict, worstVerdict } from './risk.ts';
import type { Call, ProgramRule, Scope, Stdin } from './rule.ts';
import { findRule } from './rules/find-rule.ts';
import { literalOf } from './word.ts';

/** Directories in which only an administrator installs programs, so that a name in them means the known program. */
const trusted = /^\/(?:(?:usr\/(?:local\/)?)?|opt\/[\w.-]+\/|usr\/lib\/(?:[\w.-]+\/)+)s?bin\/(?=[^/]+$)/;

/** Judges one program with its arguments by its rule; a program without a rule is destructive. */
export function judgeCall(words: readonly Word[], stdin: Stdin, scope: Scope): Verdict {
  const [program, ...args] = words;
  const written = program && literalOf(program);
  if (!program || written === null || written === undefined) {
    return destructive('which program runs is known only when it runs');
  }
  const name = written.replace(trusted, '');
  const rule = findRule(name);
  if (!rule) return destructive(`${written === '' ? 'an empty name' : written} is not a known program`);
  if (onlyAsksForHelp(rule, args)) return readOnly(`${name} prints its help or version`);
  return judgeBy(rule, { program: name, args, stdin }, scope);
}

/** `rm --help`, `kubectl delete --help`. Behind the verb of `service NAME verb` a script would see the option. */
function onlyAsksForHelp(rule: ProgramRule, args: readonly Word[]): boolean {
  const [first, second, ...more] = args.map(literalOf);
  if (args.length === 1) return first === '--help' || first === '--version';
  const isVerb = rule.kind === 'verbs' && rule.skip === undefined && /^[a-z][a-z-]*$/.test(first ?? '');
  return isVerb && second === '--help' && more.length === 0;
}

function judgeBy(rule: ProgramRule, call: Call, scope: Scope): Verdict {
  switch (rule.kind) {
    case 'flags':
      return judgeFlagRule(rule, call);
    case 'wrapper':
      return judgeWrapperRule(rule, call, scope);
    case 'custom':
      return rule.judge(call, scope);
    case 'verbs': {
      const outcome = judgeVerbRule(rule, call);
      if (outcome.kind === 'verdict') return outcome.verdict;
      const verdict = judgeBy(outcome.rule, outcome.call, scope);
      return worstVerdict([verdict, outcome.atLeast], verdict);
    }
    default:
      return rule satisfies never;
  }
}

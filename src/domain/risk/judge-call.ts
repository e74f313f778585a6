import type { Word } from './command-tree.ts';
import { judgeFlagRule } from './judge-flag-rule.ts';
import { judgeVerbRule } from './judge-verb-rule.ts';
import { judgeWrapperRule } from './judge-wrapper-rule.ts';
import { destructive, type Verdict, worstVerdict } from './risk.ts';
import type { Call, ProgramRule, Scope, Stdin } from './rule.ts';
import { findRule } from './rules/find-rule.ts';
import { literalOf } from './word.ts';

/** Directories in which only an administrator installs programs, so that a name in them means the known program. */
const trusted = /^\/(?:usr\/(?:local\/)?)?s?bin\/(?=[^/]+$)/;

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
  return judgeBy(rule, { program: name, args, stdin }, scope);
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

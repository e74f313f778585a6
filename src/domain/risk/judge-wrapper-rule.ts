import type { Assignment, Word } from './command-tree.ts';
import { judgeAssignment } from './judge-assignment.ts';
import { judgeFlags, judgeUnlisted, verdictFor } from './judge-flag-rule.ts';
import { readArguments } from './read-arguments.ts';
import { readOnly, type Verdict, worstVerdict } from './risk.ts';
import type { Call, Scope, WrapperRule } from './rule.ts';
import { leadOf, restOf } from './word.ts';

/** Takes the wrapper off and judges what it runs; the wrapper's own flags and assignments count as well. */
export function judgeWrapperRule(rule: WrapperRule, call: Call, scope: Scope): Verdict {
  const read = readArguments(call.args, rule.flags, true);
  const rest = call.args.slice(read.used);
  const { assignments, words } = rule.assignments ? splitAssignments(rest) : { assignments: [], words: rest };
  const inner = words.slice(rule.skip);
  const own = [
    ...judgeFlags(call.program, read.flags),
    ...judgeUnlisted(call.program, read, rule.flags, false),
    ...assignments.map((assignment) => judgeAssignment(assignment)),
  ];
  const onlyAsks = read.flags.some((flag) => flag.effect === 'reading');
  const judged = () => {
    if (onlyAsks) return verdictFor('read-only', call.program);
    return inner.length > 0 ? scope.judgeWords(inner, call.stdin) : verdictFor(rule.alone, call.program);
  };
  return worstVerdict([judged(), ...own], readOnly(''));
}

interface Split {
  readonly assignments: readonly Pick<Assignment, 'name' | 'value'>[];
  readonly words: readonly Word[];
}

function splitAssignments(words: readonly Word[]): Split {
  const assignments: Pick<Assignment, 'name' | 'value'>[] = [];
  for (const word of words) {
    const name = /^([^=]+)=/.exec(leadOf(word))?.[1];
    if (name === undefined) break;
    assignments.push({ name, value: restOf(word, name.length + 1) });
  }
  return { assignments, words: words.slice(assignments.length) };
}

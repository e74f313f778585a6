import type { Given } from '../runbook/given.ts';
import { quoteWord } from '../runbook/quote-word.ts';
import { classifyCommand } from './classify-command.ts';
import type { CommandTree } from './command-tree.ts';
import { judgeAssignment } from './judge-assignment.ts';
import { type Verdict, worstVerdict } from './risk.ts';

/**
 * Judges a command together with the environment that it is given: a variable can change which code runs, and what a
 * variable holds can be a part of the command. A secret's value is not known, so it counts as the worst one.
 */
export function classifyStep(
  command: string,
  { environment }: Given,
  parse: (text: string) => CommandTree,
): Verdict {
  const known = environment.flatMap((one) => ('text' in one ? [`${one.name}=${quoteWord(one.text)}\n`] : []));
  const secret = environment.filter((one) => 'secret' in one).map(({ name }) => judgeAssignment({ name }));
  const alone = classifyCommand(command, parse);
  if (environment.length === 0) return alone;
  const whole = classifyCommand(`${known.join('')}${command}`, parse);
  // Where the variables make no difference the sentence is about the command.
  return worstVerdict([alone.risk === whole.risk ? alone : whole, ...secret], whole);
}

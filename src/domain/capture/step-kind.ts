import { classifyLine } from '../risk/classify-line.ts';
import type { CommandTree } from '../risk/command-tree.ts';
import type { StepKind } from '../runbook/runbook.ts';

type Parse = (text: string) => CommandTree;

const undoing = /\b(?:undo|rollback|revert|restore|roll-back)\b/i;
const powerShellReads = /^(?:Get|Test|Measure|Select|Resolve|Find)-\w+/;
/** A session that is opened by hand: what is done in it shows for itself. */
const opensSession =
  /^(?:(?:sudo )?(?:ssh(?: -\w+(?: \S+)?)* [\w@.-]+|su(?: -)?(?: \w+)?|(?:ba|z)?sh|(?:psql|mysql|mariadb|mongosh?)(?: -{1,2}\w+(?:[ =][\w.-]+)?| [\w@.-]+){0,4}|redis-cli(?: -[hpn] \S+)*)|sudo -[is]|sudo su(?: -)?)$/;

/** Whether a command changes something, as the risk rules see it; each command is looked at once. */
export function createIsChange(parse: Parse): (command: string) => boolean {
  const known = new Map<string, boolean>();
  return (command) => {
    const isChange = known.get(command) ?? changes(command, parse);
    known.set(command, isChange);
    return isChange;
  };
}

function changes(command: string, parse: Parse): boolean {
  if (powerShellReads.test(command) || opensSession.test(command)) return false;
  return classifyLine(command, parse).risk !== 'read-only';
}

/**
 * What each command was for, from what it does and where it stands: looking before the last change is diagnosis, after
 * it validation. A change is a remedy; it takes one back where it undoes something that somebody had changed here.
 */
export function kindsOf(
  commands: readonly { readonly command: string; readonly isUndoing: boolean }[],
  isChange: (command: string) => boolean,
): readonly StepKind[] {
  const changing = commands.map(({ command }) => isChange(command));
  const last = changing.lastIndexOf(true);
  const first = changing.indexOf(true);
  return commands.map(({ command, isUndoing }, index) => {
    if (changing[index])
      return index > first && (isUndoing || undoing.test(command)) ? 'rollback' : 'remediation';
    return last >= 0 && index > last ? 'validation' : 'diagnostic';
  });
}

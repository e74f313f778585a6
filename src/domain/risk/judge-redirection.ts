import type { Redirection } from './command-tree.ts';
import { judgeAppend, judgeOverwrite } from './judge-target.ts';
import { readOnly, type Verdict } from './risk.ts';
import { literalOf } from './word.ts';

/** Judges where a command's output goes; input redirections only read. */
export function judgeRedirection(redirection: Redirection): Verdict {
  if (redirection.kind === 'text') return readOnly('reads a text of its own');
  const { operator, target } = redirection;
  switch (operator) {
    case '<':
    case '<&':
      return readOnly(`reads ${target.source}`);
    case '>&':
      return isDescriptor(literalOf(target))
        ? readOnly('joins two of its own streams')
        : judgeOverwrite(target);
    case '>>':
    case '&>>':
    case '<>':
      return judgeAppend(target);
    case '>':
    case '>|':
    case '&>':
      return judgeOverwrite(target);
    default:
      return operator satisfies never;
  }
}

function isDescriptor(text: string | null): boolean {
  return text !== null && /^(?:\d+-?|-)$/.test(text);
}

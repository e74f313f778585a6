import { judgeUnlisted, verdictFor } from '../judge-flag-rule.ts';
import { readArguments } from '../read-arguments.ts';
import { destructive, type Verdict } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { literalOf } from '../word.ts';

const flags = {
  reading: '-L? --list? -S? --list-rules? -C= --check=',
  harmless:
    '-n -v -x -t= -w? --line-numbers --table= --numeric --verbose -j= --jump= -p= -s= -d= -i= -o= -m=',
  bounding: '-A= -I= --append= --insert=',
  destructive:
    '-D= -F -X -Z -P= -R= -N= -E= --delete= --flush --delete-chain --zero --policy= --replace= --new-chain= --rename-chain=',
} as const satisfies Flags;

/** What narrows a rule down, so that it cannot shut everybody out. */
const narrows = /^(?:-s|-d|-p|--source|--destination|--src|--dst|--dport|--sport|--dports|-m)$/;

/** iptables(8): listing reads, adding mutates, taking away destroys; so does a new rule that drops everything. */
export const judgeIptables: Judge = ({ program, args }) => {
  const read = readArguments(args, flags);
  const effects = new Set(read.flags.map(({ effect }) => effect));
  const raised = judgeUnlisted(program, read, flags, true);
  if (raised[0]) return raised[0];
  if (effects.has('destructive')) return destructive(`${program} takes rules away or changes a policy`);
  if (effects.has('bounding')) return judgeNewRule(program, args.map(literalOf));
  return verdictFor(effects.has('reading') ? 'read-only' : 'destructive', program);
};

function judgeNewRule(program: string, texts: readonly (string | null)[]): Verdict {
  const drops = texts.some((text) => text === 'DROP' || text === 'REJECT' || text === null);
  const isNarrow = texts.some((text) => text !== null && narrows.test(text));
  return drops && !isNarrow
    ? destructive(`${program} drops everything on that path`)
    : verdictFor('mutating', program);
}

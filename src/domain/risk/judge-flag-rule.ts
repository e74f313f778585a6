import type { Word } from './command-tree.ts';
import { judgeOverwrite } from './judge-target.ts';
import { type ReadArguments, type ReadFlag, readArguments } from './read-arguments.ts';
import { destructive, mutating, type Risk, readOnly, type Verdict, worstVerdict } from './risk.ts';
import type { Call, FlagRule, Flags, Operands } from './rule.ts';
import { leadOf, literalOf } from './word.ts';

const phrases = {
  'read-only': 'only reads',
  mutating: 'changes state',
  destructive: 'can delete, overwrite or take something away',
} as const satisfies Record<Risk, string>;

/** The verdict for something named, with the usual phrase of its risk. */
export function verdictFor(risk: Risk, subject: string): Verdict {
  return { risk, why: `${subject} ${phrases[risk]}` };
}

/** Judges a program by its flags and operands. */
export function judgeFlagRule(rule: FlagRule, { program, args }: Call): Verdict {
  const read = readArguments(args, rule.flags);
  const verdicts = [
    ...judgeFlags(program, read.flags),
    ...judgeUnlisted(program, read, rule.flags, rule.others === 'allowed'),
    ...judgeOperands(program, read.operands, rule.operands),
  ];
  return worstVerdict([verdictFor(baseRisk(rule.risk, read.flags), program), ...verdicts], readOnly(''));
}

function baseRisk(risk: Risk, flags: readonly ReadFlag[]): Risk {
  if (flags.some((flag) => flag.effect === 'reading')) return 'read-only';
  if (risk === 'destructive' && flags.some((flag) => flag.effect === 'bounding')) return 'mutating';
  return risk;
}

/** One verdict for every flag that raises the risk. */
export function judgeFlags(program: string, flags: readonly ReadFlag[]): readonly Verdict[] {
  return flags.flatMap((flag): readonly Verdict[] => {
    switch (flag.effect) {
      case 'harmless':
      case 'reading':
      case 'bounding':
        return [];
      case 'mutating':
        return [mutating(`${program} ${flag.name} changes state`)];
      case 'destructive':
        return [destructive(`${program} ${flag.name} can delete, overwrite or run something else`)];
      case 'executes':
        return [destructive(`${program} ${flag.name} runs code of its own`)];
      case 'writes':
        return [judgeOverwrite(flag.value)];
      default:
        return flag.effect satisfies never;
    }
  });
}

/**
 * Flags that the table does not know are destructive. Where others are allowed, only those are that getopt
 * would take for a raising flag: an abbreviation (`--outp`) of a listed long one.
 */
export function judgeUnlisted(
  program: string,
  read: ReadArguments,
  table: Flags,
  othersAllowed: boolean,
): readonly Verdict[] {
  const raising =
    `${table.mutating ?? ''} ${table.destructive ?? ''} ${table.executes ?? ''} ${table.writes ?? ''}`.split(
      /\s+/,
    );
  const unlisted = read.unlisted.filter((name) => {
    if (!othersAllowed) return true;
    return raising.some((flag) => name.startsWith('--') && name.length > 2 && flag.startsWith(name));
  });
  return unlisted.map((name) => destructive(`${program}: the option ${name} is not known`));
}

function judgeOperands(
  program: string,
  operands: readonly Word[],
  limits: Operands | undefined,
): readonly Verdict[] {
  if (!limits) return [];
  const { atMost = Number.POSITIVE_INFINITY, matching, otherwise } = limits;
  const beyond = operands.filter(
    (word, index) => index >= atMost || (matching && !matching.test(literalOf(word) ?? leadOf(word))),
  );
  return beyond.map((word) => verdictFor(otherwise, `${program} with ${word.source}`));
}

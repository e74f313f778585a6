import type { Word } from '../command-tree.ts';
import { judgeFlags, judgeUnlisted, verdictFor } from '../judge-flag-rule.ts';
import { readArguments } from '../read-arguments.ts';
import { destructive, type Risk, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Call, Flags, Judge } from '../rule.ts';
import { literalOf } from '../word.ts';

/** Verbs of a tool, separated by blanks; `*` at the end of a verb stands for anything. */
interface Verbs {
  readonly flags: Flags;
  readonly reads: string;
  readonly mutates: string;
  readonly destroys: string;
  /** Words that are a thing where they come first, although they are verbs elsewhere (`gcloud run services list`). */
  readonly groups?: RegExp;
  /** Verbs that run code on another host, and the flag that holds it. */
  readonly code?: Readonly<Record<string, string>>;
  /** Flags with which every verb only rehearses. */
  readonly rehearsal?: string;
}

/**
 * Tools that name a thing and then what to do with it, with groups as deep as they like: `gcloud compute
 * instances list`, `az network nsg rule show`. The first word that is a verb decides; without one the call is
 * destructive. Flags in front of the verb must be known, or the value of one could be taken for the verb.
 */
export function judgeNounVerb(table: Verbs): Judge {
  const patterns = [
    { risk: 'destructive', pattern: patternOf(table.destroys) },
    { risk: 'mutating', pattern: patternOf(table.mutates) },
    { risk: 'read-only', pattern: patternOf(table.reads) },
  ] as const;
  const rehearsal = new Set((table.rehearsal ?? '').split(/\s+/).filter(Boolean));
  const riskOf = (word: string, index: number) =>
    index === 0 && table.groups?.test(word)
      ? undefined
      : patterns.find(({ pattern }) => pattern.test(word))?.risk;
  return (call, scope) => {
    const found = findVerb(call, table.flags, riskOf);
    if (!found) return destructive(`${call.program} without a verb that is known`);
    const code = codeOf(table, call, found);
    if (code) return scope.judgeCode(literalOf(code));
    const rehearses = call.args.some((word) => rehearsal.has(literalOf(word) ?? word.source));
    return worstVerdict(
      [verdictOf(call, found, rehearses), ...flagsOf(call, table.flags, found)],
      readOnly(''),
    );
  };
}

function codeOf({ code, flags }: Verbs, { args }: Call, { name }: Verb): Word | null {
  const flag = code?.[name.split(' ').at(-1) ?? ''];
  return readArguments(args, flags).flags.find((given) => given.name === flag)?.value ?? null;
}

interface Verb {
  readonly name: string;
  readonly risk: Risk;
  /** How many arguments stand up to and with the verb. */
  readonly end: number;
}

function verdictOf({ program }: Call, { name, risk }: Verb, rehearses: boolean): Verdict {
  return rehearses ? readOnly(`${program} ${name} only rehearses`) : verdictFor(risk, `${program} ${name}`);
}

function findVerb(
  { args }: Call,
  flags: Flags,
  riskOf: (word: string, index: number) => Risk | undefined,
): Verb | undefined {
  const { operands, ends } = readArguments(args, flags);
  const names: string[] = [];
  for (const [index, operand] of operands.entries()) {
    const name = literalOf(operand);
    if (name === null) return undefined;
    names.push(name);
    const risk = riskOf(name, index);
    if (risk) return { name: names.join(' '), risk, end: ends[index] ?? args.length };
  }
  return undefined;
}

function flagsOf({ program, args }: Call, flags: Flags, { risk, end }: Verb): readonly Verdict[] {
  const all = readArguments(args, flags);
  const counted = all.flags.filter(
    ({ effect }) => risk !== 'read-only' || /^(?:executes|writes)$/.test(effect),
  );
  return [
    ...judgeFlags(program, counted),
    ...judgeUnlisted(program, readArguments(args.slice(0, end), flags), flags, false),
    ...judgeUnlisted(program, all, flags, true),
  ];
}

function patternOf(verbs: string): RegExp {
  const names = verbs.trim().split(/\s+/);
  return new RegExp(`^(?:${names.map((name) => name.replace(/\*$/, '.*')).join('|')})$`);
}

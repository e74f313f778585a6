import type { Word } from './command-tree.ts';
import type { Risk, Verdict } from './risk.ts';

/** What a program reads on its standard input, as far as the text tells. */
export type Stdin =
  | { readonly kind: 'inherited' }
  | { readonly kind: 'piped' }
  | { readonly kind: 'text'; readonly text: string | null };

/** How a rule judges what a program is asked to run. */
export interface Scope {
  /** Judges a program and its arguments. */
  readonly judgeWords: (words: readonly Word[], stdin: Stdin) => Verdict;
  /** Parses text as shell code and judges it; null stands for code that is not known before it runs. */
  readonly judgeCode: (code: string | null) => Verdict;
}

/** A program's call: its name without directory, and its arguments with known variables filled in. */
export interface Call {
  readonly program: string;
  readonly args: readonly Word[];
  readonly stdin: Stdin;
}

/** A rule in code, for programs whose arguments are a language of their own. */
export type Judge = (call: Call, scope: Scope) => Verdict;

/**
 * Flags by what they do to the risk, as one string of tokens separated by spaces:
 * `-n` or `--all` stand alone, `-n=` takes a value (attached or as the next word), `-n?` takes one only when
 * attached, `--replicas=0` means this exact value, `-f=http*` a value that begins so, `-#` means digits (`head -5`).
 * `writes` flags name a file that is overwritten, like `>`; `executes` flags name code that runs. With a `reading`
 * flag a program that otherwise changes something only reads (`crontab -l`); with a `bounding` one it only mutates
 * (`cp -n`). `mutating` and `destructive` flags say how a verb does its work, so they mean nothing to a verb that
 * only reads or rehearses; `writes` and `executes` always count.
 */
export interface Flags {
  readonly reading?: string;
  readonly bounding?: string;
  readonly harmless?: string;
  readonly mutating?: string;
  readonly destructive?: string;
  readonly executes?: string;
  readonly writes?: string;
}

/** Limits on what is not a flag. An operand beyond them has the risk `otherwise`. */
export interface Operands {
  readonly atMost?: number;
  readonly matching?: RegExp;
  readonly otherwise: Risk;
}

/** A program that its flags and operands decide. Flags that are not listed are destructive unless `others` allows them. */
export interface FlagRule {
  readonly kind: 'flags';
  readonly risk: Risk;
  readonly flags: Flags;
  readonly others: 'refused' | 'allowed';
  readonly operands?: Operands;
}

/**
 * A program whose first words say what it does (`systemctl restart`, `kubectl rollout undo`). Phrases are
 * separated by commas; `*` at the end of a word or as a word stands for anything, `$` for the end of the words.
 * The longest phrase wins.
 */
export interface VerbRule {
  readonly kind: 'verbs';
  readonly flags: Flags;
  readonly reads?: string;
  readonly mutates?: string;
  readonly destroys?: string;
  /** Phrases that need a rule of their own for what follows them. */
  readonly only?: Readonly<Record<string, ProgramRule>>;
  /** The risk without any verb; absent means destructive. */
  readonly alone?: Risk;
  /** Words before the verb (`service NAME verb`). */
  readonly skip?: number;
  /** Several commands may follow one another: after any word (`words`), or after a word with a semicolon in it. */
  readonly chains?: 'words' | 'semicolons';
  /** Flags that make any verb a rehearsal. */
  readonly rehearsal?: readonly string[];
}

/** A program that runs another one: `sudo`, `timeout 5`, `env A=b`. */
export interface WrapperRule {
  readonly kind: 'wrapper';
  readonly flags: Flags;
  /** Words between the flags and the program. */
  readonly skip: number;
  /** Whether `NAME=value` words may stand before the program. */
  readonly assignments: boolean;
  /** The risk without a program to run. */
  readonly alone: Risk;
}

/** A rule in code. */
export interface CustomRule {
  readonly kind: 'custom';
  readonly judge: Judge;
}

export type ProgramRule = FlagRule | VerbRule | WrapperRule | CustomRule;

/** Program names, one or several separated by spaces, and their rule. */
export type RuleTable = Readonly<Record<string, ProgramRule>>;

/** Reads, with every flag there is. */
export const reads: FlagRule = { kind: 'flags', risk: 'read-only', flags: {}, others: 'allowed' };

/** Changes state, with every flag there is. */
export const mutates: FlagRule = { kind: 'flags', risk: 'mutating', flags: {}, others: 'allowed' };

/** Destroys, whatever its flags. */
export const destroys: FlagRule = { kind: 'flags', risk: 'destructive', flags: {}, others: 'allowed' };

/** Reads with the listed flags; any other flag is destructive. */
export function readsWith(flags: Flags | string, operands?: Operands): FlagRule {
  const table = typeof flags === 'string' ? { harmless: flags } : flags;
  return { kind: 'flags', risk: 'read-only', flags: table, others: 'refused', ...(operands && { operands }) };
}

/** Reads unless a listed flag raises the risk. Only for programs whose dangerous flags are all known. */
export function readsExcept(flags: Flags, operands?: Operands): FlagRule {
  return { kind: 'flags', risk: 'read-only', flags, others: 'allowed', ...(operands && { operands }) };
}

/** Destroys unless a `reading` or `bounding` flag says otherwise; other flags are destructive. */
export function destroysUnless(flags: Flags): FlagRule {
  return { kind: 'flags', risk: 'destructive', flags, others: 'refused' };
}

/** Changes state with the listed flags; any other flag is destructive. */
export function mutatesWith(flags: Flags): FlagRule {
  return { kind: 'flags', risk: 'mutating', flags, others: 'refused' };
}

/** Changes state unless a listed flag raises the risk. */
export function mutatesExcept(flags: Flags): FlagRule {
  return { kind: 'flags', risk: 'mutating', flags, others: 'allowed' };
}

/** A program judged by its verb. */
export function verbs(rule: Omit<VerbRule, 'kind'>): VerbRule {
  return { kind: 'verbs', ...rule };
}

/** A program that runs the rest of its words. */
export function runs(
  flags: Flags | string,
  more: Partial<Omit<WrapperRule, 'kind' | 'flags'>> = {},
): WrapperRule {
  const table = typeof flags === 'string' ? { harmless: flags } : flags;
  return { kind: 'wrapper', flags: table, skip: 0, assignments: false, alone: 'destructive', ...more };
}

/** A program with a rule in code. */
export function judgedBy(judge: Judge): CustomRule {
  return { kind: 'custom', judge };
}

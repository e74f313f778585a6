import { judgeFlags, judgeUnlisted, verdictFor } from './judge-flag-rule.ts';
import { type ReadArguments, type ReadFlag, readArguments } from './read-arguments.ts';
import { destructive, type Risk, readOnly, type Verdict, worstVerdict } from './risk.ts';
import type { Call, ProgramRule, VerbRule } from './rule.ts';
import { literalOf } from './word.ts';

/** A verb phrase, split, and what it leads to. */
interface Phrase {
  readonly words: readonly string[];
  readonly leadsTo: Risk | ProgramRule;
}

const phrasesOf = new WeakMap<VerbRule, readonly Phrase[]>();

/** What a verb rule says: a verdict, or that another rule judges the words behind the verb. */
export type VerbOutcome =
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'rule'; readonly rule: ProgramRule; readonly call: Call; readonly atLeast: Verdict };

/** Judges a program by its verb; a verb that is not listed, or not fixed text, is destructive. */
export function judgeVerbRule(rule: VerbRule, call: Call): VerbOutcome {
  const read = readArguments(call.args, rule.flags);
  const words = read.operands.slice(rule.skip ?? 0).map(literalOf);
  const phrase = longestMatch(rule, words);
  if (!phrase) return { kind: 'verdict', verdict: withoutVerb(rule, call, read, words[0]) };
  const length = lengthOf(phrase);
  if (mayChain(rule, words, length))
    return { kind: 'verdict', verdict: destructive(`${call.program} with several commands`) };
  const name = `${call.program} ${words.slice(0, length).join(' ')}`;
  const end = read.ends[length + (rule.skip ?? 0) - 1] ?? call.args.length;
  const before = readArguments(call.args.slice(0, end), rule.flags);
  // An unknown flag in front of the verb may swallow a word, so that another word is the verb.
  const early = judgeUnlisted(call.program, before, rule.flags, false);
  const { leadsTo } = phrase;
  const effect = isRehearsal(rule, call) && !runsAnother(leadsTo) ? 'read-only' : leadsTo;
  if (typeof effect !== 'string') {
    const flags = judgeFlags(call.program, before.flags);
    const atLeast = worstVerdict([...early, ...flags], readOnly(`${name} only reads`));
    const inner = { ...call, program: name, args: call.args.slice(end) };
    return { kind: 'rule', rule: effect, call: inner, atLeast };
  }
  const verb = effect === leadsTo ? verdictFor(effect, name) : readOnly(`${name} only rehearses`);
  const flags = [
    ...judgeFlags(call.program, flagsThatCount(read, effect)),
    ...judgeUnlisted(call.program, read, rule.flags, true),
  ];
  return { kind: 'verdict', verdict: worstVerdict([verb, ...flags, ...early], verb) };
}

/** `tmux ls \; kill-server`, `mysqladmin status shutdown`: what follows is a command of its own. */
function mayChain(rule: VerbRule, words: readonly (string | null)[], length: number): boolean {
  if (rule.chains === 'words') return words.length > length && !words.every((word) => isReading(rule, word));
  return rule.chains === 'semicolons' && words.some((word) => word === null || /[;\n]/.test(word));
}

/** A word that is a whole command and only reads, whatever stands beside it (`status processlist`). */
function isReading(rule: VerbRule, word: string | null): boolean {
  const phrase = longestMatch(rule, [word]);
  return phrase?.leadsTo === 'read-only' && phrase.words.length === 1;
}

/** Behind `exec` stand the flags of another program, which rehearse nothing here. */
function runsAnother(leadsTo: Risk | ProgramRule): boolean {
  return typeof leadsTo !== 'string' && leadsTo.kind === 'wrapper';
}

/** Flags that say how something is changed mean nothing where nothing is; those that run or write still do. */
function flagsThatCount({ flags }: ReadArguments, effect: Risk): readonly ReadFlag[] {
  return effect === 'read-only' ? flags.filter((flag) => /^(?:executes|writes)$/.test(flag.effect)) : flags;
}

function withoutVerb(
  rule: VerbRule,
  call: Call,
  read: ReadArguments,
  verb: string | null | undefined,
): Verdict {
  if (verb === null) return destructive(`${call.program}: what it does is known only when it runs`);
  if (verb !== undefined) return destructive(`${call.program} ${verb} is not known`);
  const flags = [
    ...judgeFlags(call.program, read.flags),
    ...judgeUnlisted(call.program, read, rule.flags, false),
  ];
  const asks = read.flags.some((flag) => flag.effect === 'reading');
  const risk = asks ? 'read-only' : (rule.alone ?? 'destructive');
  return worstVerdict([verdictFor(risk, call.program), ...flags], readOnly(''));
}

function longestMatch(rule: VerbRule, words: readonly (string | null)[]): Phrase | undefined {
  return phrasesFor(rule).find((phrase) => phrase.words.every((pattern, i) => matches(pattern, words[i])));
}

function matches(pattern: string, word: string | null | undefined): boolean {
  if (word === undefined || pattern === '$') return word === undefined && pattern === '$';
  if (pattern === '*') return true;
  if (word === null) return false;
  return pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : word === pattern;
}

function phrasesFor(rule: VerbRule): readonly Phrase[] {
  const known = phrasesOf.get(rule);
  if (known) return known;
  const split = (list: string | undefined, risk: Risk): readonly Phrase[] =>
    (list ?? '')
      .split(',')
      .map((phrase) => phrase.trim().split(/\s+/))
      .filter(([first]) => first)
      .map((words) => ({ words, leadsTo: risk }));
  const special = Object.entries(rule.only ?? {}).map(([phrase, leadsTo]) => ({
    words: phrase.split(' '),
    leadsTo,
  }));
  const all = [
    ...special,
    ...split(rule.destroys, 'destructive'),
    ...split(rule.mutates, 'mutating'),
    ...split(rule.reads, 'read-only'),
  ];
  const longestFirst = all.toSorted((a, b) => b.words.length - a.words.length || wild(a) - wild(b));
  phrasesOf.set(rule, longestFirst);
  return longestFirst;
}

/** How many words of the command the phrase stands for; `$` stands for none. */
function lengthOf({ words }: Phrase): number {
  return words.at(-1) === '$' ? words.length - 1 : words.length;
}

function wild(phrase: Phrase): number {
  return phrase.words.filter((word) => word.endsWith('*')).length;
}

function isRehearsal(rule: VerbRule, call: Call): boolean {
  const all = call.args.map((word) => literalOf(word) ?? word.source);
  const texts = all.includes('--') ? all.slice(0, all.indexOf('--')) : all;
  const given = texts.filter((text) =>
    rule.rehearsal?.some((flag) => text.split('=')[0] === flag.split('=')[0]),
  );
  const isTakenBack = texts.some((text) => text.startsWith('--no-dry'));
  return given.length === 1 && rule.rehearsal?.includes(given[0] ?? '') === true && !isTakenBack;
}

import { judgeFlags, judgeUnlisted, verdictFor } from './judge-flag-rule.ts';
import { type ReadArguments, readArguments } from './read-arguments.ts';
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
  const flagVerdicts = judgeFlags(call.program, read.flags);
  const phrase = longestMatch(rule, words);
  if (!phrase) return { kind: 'verdict', verdict: withoutVerb(rule, call, read, words[0]) };
  const length = lengthOf(phrase);
  const name = `${call.program} ${words.slice(0, length).join(' ')}`;
  const early = flagsBeforeVerb(rule, call, length);
  const others = [...flagVerdicts, ...early, ...judgeUnlisted(call.program, read, rule.flags, true)];
  if (typeof phrase.leadsTo !== 'string') {
    const rest = argumentsAfter(rule, call, length);
    const atLeast = worstVerdict([readOnly(`${name} only reads`), ...others], readOnly(''));
    return { kind: 'rule', rule: phrase.leadsTo, call: { ...call, program: name, args: rest }, atLeast };
  }
  const verb = isRehearsal(rule, call)
    ? readOnly(`${name} only rehearses`)
    : verdictFor(phrase.leadsTo, name);
  const verdict = worstVerdict([verb, ...others], readOnly(''));
  return { kind: 'verdict', verdict };
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

/** An unknown flag in front of the verb may swallow a word, so that another word is the verb. */
function flagsBeforeVerb(rule: VerbRule, call: Call, length: number): readonly Verdict[] {
  const end = positionAfter(rule, call, length);
  const before = readArguments(call.args.slice(0, end), rule.flags);
  return judgeUnlisted(call.program, before, rule.flags, false);
}

function argumentsAfter(rule: VerbRule, call: Call, length: number): Call['args'] {
  return call.args.slice(positionAfter(rule, call, length));
}

/** The index behind the verb phrase: the shortest beginning that holds as many operands as the phrase needs. */
function positionAfter(rule: VerbRule, call: Call, length: number): number {
  const needed = length + (rule.skip ?? 0);
  for (let end = 1; end <= call.args.length; end += 1) {
    if (readArguments(call.args.slice(0, end), rule.flags).operands.length >= needed) return end;
  }
  return call.args.length;
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
  const texts = call.args.map((word) => literalOf(word) ?? word.source);
  const given = texts.filter((text) =>
    rule.rehearsal?.some((flag) => text.split('=')[0] === flag.split('=')[0]),
  );
  return given.length === 1 && rule.rehearsal?.includes(given[0] ?? '') === true;
}

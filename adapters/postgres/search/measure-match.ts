import type { Concept } from './build-concepts.ts';
import type { CandidateDocument } from './read-candidates.ts';
import type { Idf, Statistics } from './read-statistics.ts';
import type { Use } from './read-uses.ts';

/** A question as the second look sees it; the same for all candidates. */
export interface Question {
  readonly concepts: readonly WeighedConcept[];
  /** Sum of the masses. */
  readonly mass: number;
  /** Where each stem counts: the concepts that it may stand for, with 1 for the own word and less for a synonym. */
  readonly meanings: ReadonlyMap<string, readonly Meaning[]>;
  /** Unsplit identifiers, lower case: names of alerts perhaps. */
  readonly names: ReadonlySet<string>;
  readonly idf: Idf;
  /** The share of the question, 0…1, that something with these stems has. */
  readonly coverage: (stems: Iterable<string>) => number;
}

interface WeighedConcept {
  readonly concept: Concept;
  /** How much it matters that it is found: the idf of what it is called here. */
  readonly mass: number;
}

interface Meaning {
  readonly concept: number;
  readonly credit: number;
}

/** How a candidate answers a question, each a share of 0…1 that means the same in a small and a large workspace. */
export interface Match {
  /** The share of what was asked for that was found anywhere, and in title or lead. */
  readonly coverage: number;
  readonly opening: number;
  /** The share of the title that was asked for. */
  readonly titleAsked: number;
  /** The share of the question's neighbouring words that stand together too. */
  readonly together: number;
  /** The largest share of the question that one passage has. */
  readonly passage: number;
  /** 1 when an alert of that name is what it is for. */
  readonly named: number;
  /** How like the question the likest incident is that it was used for, and how much it was used at all (0 and up). */
  readonly known: number;
  readonly used: number;
  /** The weightiest word that was not found, as a share of the weightiest possible. */
  readonly missing: number;
}

/** Stems of a passage, and the farthest that two words stand together. */
const passageLength = 25;
const togetherWithin = 3;
/** Stems that are read: what is further down a page is about something else. */
export const longestRead = 3_000;
/** What neighbours count that have a word between them, and that stand the other way round. */
const apartShare = 0.6;
const reversedShare = 0.7;

export function readQuestion(
  concepts: readonly Concept[],
  names: ReadonlySet<string>,
  { idf, isKnown }: Statistics,
  unknownShare: number,
): Question {
  const plain = concepts.filter(({ role }) => role === 'word');
  const weighed = plain.map((concept) => {
    const known = concept.terms.find(({ term }) => isKnown(term));
    return { concept, mass: known ? idf(known.term) : unknownShare * idf('') };
  });
  const meanings = new Map<string, Meaning[]>();
  plain.forEach(({ terms }, concept) => {
    for (const { term, weight } of terms)
      meanings.set(term, [...(meanings.get(term) ?? []), { concept, credit: weight }]);
  });
  const mass = weighed.reduce((sum, { mass: own }) => sum + own, 0);
  const shape = { concepts: weighed, mass, meanings };
  const coverage = (stems: Iterable<string>): number =>
    coveredShare(
      shape,
      [...stems].flatMap((stem) => meanings.get(stem) ?? []),
    );
  return { ...shape, names, idf, coverage };
}

type Shape = Pick<Question, 'concepts' | 'mass'>;

/** Where a candidate has a concept. */
interface Occurrence extends Meaning {
  readonly at: number;
}

export function measureMatch(question: Question, document: CandidateDocument): Match {
  const found = findOccurrences(question, document.stems.slice(0, longestRead));
  const { titleLength, leadLength } = document;
  return {
    coverage: coveredShare(question, found),
    opening: coveredShare(
      question,
      found.filter(({ at }) => at < titleLength + leadLength),
    ),
    titleAsked: askedShare(question, document.stems.slice(0, titleLength)),
    together: togetherShare(question, found),
    passage: bestPassage(question, found),
    named: document.alertNames.some((name) => question.names.has(name)) ? 1 : 0,
    known: Math.max(0, ...document.uses.map((use) => use.weight * likeness(question, use))),
    used: Math.log1p(document.uses.reduce((sum, { weight }) => sum + weight, 0)),
    missing: missingShare(question, found),
  };
}

function findOccurrences({ meanings }: Question, stems: readonly string[]): readonly Occurrence[] {
  const found: Occurrence[] = [];
  // Tens of thousands of stems a question, few of them asked for.
  stems.forEach((stem, at) => {
    for (const { concept, credit } of meanings.get(stem) ?? []) found.push({ concept, credit, at });
  });
  return found;
}

function coveredShare(question: Shape, found: readonly Meaning[]): number {
  return shareOf(question, bestCredits(question, found));
}

/** The best credit of each concept. */
function bestCredits({ concepts }: Shape, found: readonly Meaning[]): Float64Array {
  const credits = new Float64Array(concepts.length);
  for (const { concept, credit } of found) credits[concept] = Math.max(credits[concept] ?? 0, credit);
  return credits;
}

function shareOf({ concepts, mass }: Shape, credits: Float64Array): number {
  if (mass === 0) return 0;
  return concepts.reduce((sum, { mass: own }, index) => sum + own * (credits[index] ?? 0), 0) / mass;
}

function askedShare(question: Question, title: readonly string[]): number {
  const stems = [...new Set(title)];
  const asked = stems.reduce((sum, stem) => sum + bestCredit(question, stem), 0);
  return asked / Math.max(1, stems.length);
}

/** Below this, what two incidents have in common are the words that all incidents have. */
const leastLikeness = 0.2;

/** 1 when an incident's words are the question's: how much of the question it has, and of it the question. */
function likeness(question: Question, { stems, mass }: Use): number {
  if (mass === 0) return 0;
  const asked = [...stems].reduce((sum, stem) => sum + question.idf(stem) * bestCredit(question, stem), 0);
  const alike = Math.sqrt(question.coverage(stems) * Math.min(1, asked / mass));
  return Math.max(0, (alike - leastLikeness) / (1 - leastLikeness));
}

const bestCredit = ({ meanings }: Question, stem: string): number =>
  Math.max(0, ...(meanings.get(stem) ?? []).map(({ credit }) => credit));

/** Neighbours in the question that stand within a few stems of each other, each pair at its best place. */
function togetherShare({ concepts }: Question, found: readonly Occurrence[]): number {
  const best = new Float64Array(Math.max(0, concepts.length - 1));
  found.forEach((one, index) => {
    for (const other of following(found, index)) {
      const pair = Math.min(one.concept, other.concept);
      if (Math.abs(other.concept - one.concept) === 1)
        best[pair] = Math.max(best[pair] ?? 0, closeness(one, other));
    }
  });
  const masses = [...best].map((_, pair) =>
    Math.min(concepts[pair]?.mass ?? 0, concepts[pair + 1]?.mass ?? 0),
  );
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  if (total === 0) return 0;
  return masses.reduce((sum, mass, pair) => sum + mass * (best[pair] ?? 0), 0) / total;
}

/** What stands after an occurrence and together with it. */
function following(found: readonly Occurrence[], index: number): readonly Occurrence[] {
  const at = found[index]?.at ?? 0;
  let end = index + 1;
  while ((found[end]?.at ?? Number.POSITIVE_INFINITY) <= at + togetherWithin) end += 1;
  return found.slice(index + 1, end).filter((other) => other.at > at);
}

function closeness(one: Occurrence, other: Occurrence): number {
  const order = other.concept > one.concept ? 1 : reversedShare;
  const distance = other.at - one.at === 1 ? 1 : apartShare;
  return Math.min(one.credit, other.credit) * order * distance;
}

/** The best passage begins with a found word, so only those are tried. */
function bestPassage(question: Question, found: readonly Occurrence[]): number {
  let best = 0;
  let end = 0;
  found.forEach((first, start) => {
    if (found[start - 1]?.at === first.at) return;
    while ((found[end]?.at ?? Number.POSITIVE_INFINITY) < first.at + passageLength) end += 1;
    best = Math.max(best, coveredShare(question, found.slice(start, end)));
  });
  return best;
}

function missingShare({ concepts, idf }: Question, found: readonly Occurrence[]): number {
  const had = new Set(found.map(({ concept }) => concept));
  const masses = concepts.flatMap(({ mass }, index) => (had.has(index) ? [] : [mass]));
  return Math.max(0, ...masses) / idf('');
}

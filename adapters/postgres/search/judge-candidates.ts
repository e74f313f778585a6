import type { Concept } from './build-concepts.ts';
import { type Match, measureMatch, type Question } from './measure-match.ts';
import type { Candidate } from './read-candidates.ts';
import type { Statistics } from './read-statistics.ts';
import type { Calibration, CalibrationFeature, OrderFeature, SearchSettings } from './search-settings.ts';

/** A candidate with everything that decided its similarity. */
export interface Judged {
  readonly candidate: Candidate;
  readonly match: Match;
  readonly order: Readonly<Record<OrderFeature, number>>;
  readonly calibration: Readonly<Record<CalibrationFeature, number>>;
  /** 0…1: about the share of answers with this value that are right. */
  readonly similarity: number;
}

interface Ordered {
  readonly candidate: Candidate;
  readonly match: Match;
  readonly order: Readonly<Record<OrderFeature, number>>;
  readonly score: number;
  /** As stems. */
  readonly title: string;
}

/** A lead beyond this makes no answer surer; without a rival it is the lead. */
const farthestLead = 4;
const unrivalledLead = 3;

/**
 * A second look at the candidates, in two steps: features that the first score cannot see order them, then how far one
 * leads and how much of the question is known here tell how likely it is right. A past case and a runbook for the same
 * problem complete each other, so only solutions of a kind are rivals.
 */
export function judgeCandidates(
  question: Question,
  unknown: number,
  candidates: readonly Candidate[],
  settings: SearchSettings,
): readonly Judged[] {
  const asked = { unknown, said: amountSaid(question) };
  const byKind = Map.groupBy(candidates, ({ kind }) => kind);
  return [...byKind.values()].flatMap((rivals) => {
    const best = rivals.reduce((most, { score }) => Math.max(most, score), 0);
    const ordered = rivals.map((candidate) => orderCandidate(question, candidate, best, settings));
    const judged = ordered.map((one) =>
      calibrate(one, { ...asked, lead: leadOf(one, ordered) }, settings.calibration),
    );
    return inOrder(judged);
  });
}

function orderCandidate(
  question: Question,
  candidate: Candidate,
  best: number,
  settings: SearchSettings,
): Ordered {
  const match = measureMatch(question, candidate.document);
  const { trouble, stems, titleLength } = candidate.document;
  const order = { ...match, relative: relativeTo(best, candidate, match), trouble };
  const title = stems.slice(0, titleLength).join(' ');
  return { candidate, match, order, score: weigh(order, settings.order), title };
}

/** Keeps similarities of neighbours apart, so that nothing later on has to break ties. */
const stepDown = 0.999;

/**
 * Best first: who lists the alert by its name leads those who only use its words. The order is the better judge of who
 * is right, so each similarity stays below those before it.
 */
function inOrder(judged: readonly Judged[]): readonly Judged[] {
  let ceiling = 1;
  return judged
    .toSorted(
      (one, other) => other.match.named - one.match.named || other.calibration.order - one.calibration.order,
    )
    .map((one) => {
      const similarity = Math.min(ceiling, one.similarity);
      ceiling = similarity * stepDown;
      return { ...one, similarity };
    });
}

/** What only past use brought in may share no word with the question, and then nobody has a score. */
function relativeTo(best: number, { score }: Candidate, { named }: Match): number {
  if (named) return 1;
  return best > 0 ? score / best : 0;
}

/** How far one is before the best of the others; what has the same title says the same and is no rival. */
function leadOf(one: Ordered, ordered: readonly Ordered[]): number {
  const rivals = ordered.filter(
    (other) => other !== one && other.title !== one.title && other.match.named >= one.match.named,
  );
  if (rivals.length === 0) return unrivalledLead;
  const best = rivals.reduce((most, { score }) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  return Math.max(-farthestLead, Math.min(farthestLead, one.score - best));
}

function calibrate(
  { candidate, match, order, score }: Ordered,
  known: Omit<Judged['calibration'], 'order'>,
  { bias, weights }: Calibration,
): Judged {
  const calibration = { ...known, order: score };
  const logit = bias + weigh(calibration, weights);
  return { candidate, match, order, calibration, similarity: 1 / (1 + Math.exp(-logit)) };
}

function weigh<Name extends string>(
  features: Readonly<Record<Name, number>>,
  weights: Readonly<Record<Name, number>>,
): number {
  return (Object.keys(weights) as Name[]).reduce((sum, name) => sum + weights[name] * features[name], 0);
}

/** Few words leave open what is meant: the same match is less sure than with many. Grows with their logarithm. */
const amountSaid = ({ mass, idf }: Question): number => Math.log1p(mass / idf(''));

/**
 * The share of the question's own words that nothing in the workspace contains: a question about a system
 * that nobody wrote about. A small workspace does not know many words, so there it says little.
 */
export function unknownShare(
  concepts: readonly Concept[],
  { documents, isKnown }: Statistics,
  halfMature: number,
): number {
  const plain = concepts.filter(({ role, text }) => role === 'word' && !/^\d/.test(text));
  const unknown = plain.filter(({ terms: [own] }) => !own || !isKnown(own.term));
  return (unknown.length / Math.max(1, plain.length)) * (documents / (documents + halfMature));
}

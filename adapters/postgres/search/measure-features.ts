import type { Concept } from './build-concepts.ts';
import type { Statistics } from './read-statistics.ts';
import type { Scored } from './score-documents.ts';
import type { FeatureName, SearchSettings } from './search-settings.ts';

/**
 * What the calibration sees of one candidate, each a share of 0…1 that means the same in a small collection and in
 * a large one: how much of the question was found, how much of it stands
 * together at the front, how much of the title was asked for, the score relative to the
 * best, the distance to the next best where the question is covered, and whether an alert is called by its name.
 */
export type Features = Readonly<Record<FeatureName, number>>;

/** The question as the calibration sees it; the same for all candidates. */
export interface QueryShape {
  readonly concepts: readonly Concept[];
  readonly wholes: ReadonlySet<string>;
  readonly statistics: Statistics;
  readonly settings: SearchSettings;
}

/** A past case and a runbook for the same problem complete each other, so only solutions of a kind are rivals. */
export function measureFeatures(shape: QueryShape, scored: readonly Scored[]): readonly Features[] {
  const byKind = Map.groupBy(scored, ({ kind }) => kind);
  const measured = new Map(
    [...byKind.values()].flatMap((rivals) => {
      const features = measureRivals(shape, rivals);
      return rivals.flatMap((candidate, index) => {
        const own = features[index];
        return own ? [[candidate, own] as const] : [];
      });
    }),
  );
  return scored.flatMap((candidate) => measured.get(candidate) ?? []);
}

function measureRivals(shape: QueryShape, scored: readonly Scored[]): readonly Features[] {
  const plain = shape.concepts.filter((concept) => concept.role === 'word');
  const masses = plain.map((concept) => ({ concept, mass: conceptMass(concept, shape) }));
  const pairs = adjacentPairs(plain.flatMap((concept) => concept.terms[0]?.term ?? []));
  const isCalled = (candidate: Scored): boolean =>
    candidate.alertNames.some((name) => shape.wholes.has(name));
  const best = scored[0]?.score ?? 0;
  const { leader, lead } = findLeader(scored, isCalled);
  return scored.map((candidate): Features => {
    const coverage = coveredShare(masses, new Set(candidate.matches.map((match) => match.term)));
    const inTitle = candidate.matches.filter((match) => match.inTitle).length;
    const called = isCalled(candidate);
    return {
      coverage,
      phrases: phraseShare(pairs, candidate.opening),
      titleMatched: Math.min(1, inTitle / Math.max(1, candidate.titleTerms)),
      relative: called ? 1 : candidate.score / best,
      clearLead: candidate === leader ? coverage * lead : 0,
      exactAlert: called ? 1 : 0,
    };
  });
}

/** Who lists an alert by its name leads those who only use its words; among equals the score decides. */
function findLeader(scored: readonly Scored[], isCalled: (candidate: Scored) => boolean) {
  const called = scored.filter(isCalled);
  const [leader, rival] = called.length > 0 ? called : scored;
  return { leader, lead: leader ? 1 - (rival?.score ?? 0) / leader.score : 0 };
}

/** The share of what was asked for that was found, weighed by how much each part tells. */
function coveredShare(
  masses: readonly { readonly concept: Concept; readonly mass: number }[],
  found: ReadonlySet<string>,
): number {
  const total = masses.reduce((sum, { mass }) => sum + mass, 0);
  if (total === 0) return 0;
  return masses.reduce((sum, { concept, mass }) => sum + mass * conceptCredit(concept, found), 0) / total;
}

/** The share of the question's neighbouring words that are neighbours in title or lead too. */
function phraseShare(pairs: readonly string[], opening: readonly string[]): number {
  const known = new Set(adjacentPairs(opening));
  return pairs.filter((pair) => known.has(pair)).length / Math.max(1, pairs.length);
}

const adjacentPairs = (terms: readonly string[]): readonly string[] =>
  terms.slice(1).map((term, index) => `${terms[index]} ${term}`);

/** How much it matters that a concept is found: the idf of what it is called here. */
function conceptMass(concept: Concept, { statistics, settings }: QueryShape): number {
  const known = concept.terms.find(({ term }) => statistics.isKnown(term));
  return known ? statistics.idf(known.term) : settings.unknownShare * statistics.idf('');
}

/** 1 for the own word, less for a synonym. */
function conceptCredit(concept: Concept, found: ReadonlySet<string>): number {
  return Math.max(0, ...concept.terms.filter(({ term }) => found.has(term)).map(({ weight }) => weight));
}

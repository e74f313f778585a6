import { type OtherName, type StemmedRule, type SynonymIndex, stronger } from './index-synonyms.ts';

/** One word of the question as phrases are matched against it. */
export interface Piece {
  /** The stem, or the word itself where it is a stop word. */
  readonly key: string;
  /** Undefined for a stop word. */
  readonly lexeme: string | undefined;
}

/** Other names of something, by their stems. */
export type OtherNames = ReadonlyMap<string, OtherName>;

/** Words that may stand between two of a phrase: `keeps on restarting` is `keeps restarting`. */
const widestGap = 2;

/**
 * What else the words of a question may be called, by the index of the first word of the phrase that is not a stop
 * word. A phrase of stop words only has no such word and finds nothing.
 */
export function findOtherNames(
  pieces: readonly Piece[],
  synonyms: SynonymIndex,
): ReadonlyMap<number, OtherNames> {
  const matches = pieces.flatMap(({ key }, start) =>
    (synonyms.get(key) ?? []).flatMap((rule) => {
      const anchor = matchPhrase(pieces, start, rule)?.find((at) => pieces[at]?.lexeme !== undefined);
      return anchor === undefined ? [] : [{ anchor, terms: rule.terms }];
    }),
  );
  const byAnchor = Map.groupBy(matches, ({ anchor }) => anchor);
  return new Map([...byAnchor].map(([anchor, found]) => [anchor, strongest(found)]));
}

function strongest(found: readonly { readonly terms: OtherNames }[]): OtherNames {
  const names = new Map<string, OtherName>();
  for (const [term, other] of found.flatMap(({ terms }) => [...terms]))
    names.set(term, stronger(names.get(term), other));
  return names;
}

/** The indexes of the phrase's words from `start` on; undefined when it is not there. */
function matchPhrase(
  pieces: readonly Piece[],
  start: number,
  { keys }: StemmedRule,
): readonly number[] | undefined {
  const places = [start];
  for (const key of keys.slice(1)) {
    const from = (places.at(-1) ?? start) + 1;
    const offset = pieces.slice(from, from + widestGap + 1).findIndex((piece) => piece.key === key);
    if (offset === -1) return undefined;
    places.push(from + offset);
  }
  return places;
}

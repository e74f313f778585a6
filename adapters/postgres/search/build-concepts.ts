import type { Word } from '#domain/text/split-words.ts';
import { findOtherNames, type OtherNames, type Piece } from './find-other-names.ts';
import type { OtherName, SynonymIndex } from './index-synonyms.ts';
import type { LexemeOf } from './read-lexemes.ts';
import type { SearchSettings } from './search-settings.ts';

/**
 * One thing the responder said, with everything it may be called. A `whole` is the unsplit form of an identifier,
 * whose parts are concepts of their own; an `instance` says where, not what.
 */
export interface Concept {
  readonly text: string;
  readonly role: 'word' | 'whole' | 'instance';
  /** The responder's own stem first, then synonyms. */
  readonly terms: readonly Term[];
}

interface Term {
  readonly term: string;
  readonly weight: number;
  /** What it is called by a synonym, and the stems that a page must have to call it so; absent for the own word. */
  readonly other?: Pick<OtherName, 'said' | 'name' | 'stems'>;
}

type Shares = Pick<SearchSettings, 'instanceShare' | 'synonymShare'>;
type PieceOfWord = Piece & { readonly word: Word };

const nothingElse: OtherNames = new Map();

/** What a question asks for, in its order, each stem once. */
export function buildConcepts(
  words: readonly Word[],
  lexemeOf: LexemeOf,
  synonyms: SynonymIndex,
  shares: Shares,
): readonly Concept[] {
  const pieces = words.flatMap((word) =>
    word.parts.map((part): PieceOfWord => ({ word, key: lexemeOf(part) ?? part, lexeme: lexemeOf(part) })),
  );
  const others = findOtherNames(pieces, synonyms);
  const concepts = pieces.flatMap(({ word, lexeme }, index) =>
    lexeme === undefined ? [] : [toConcept(word, lexeme, others.get(index) ?? nothingElse, shares)],
  );
  return mergeByTerm([...concepts, ...words.flatMap((word) => wholeConcept(word, lexemeOf))]);
}

function toConcept(word: Word, lexeme: string, others: OtherNames, shares: Shares): Concept {
  const isInstance = word.kind === 'instance';
  const weight = isInstance ? shares.instanceShare : 1;
  const rest = [...others].map(([term, { share, said, name, stems }]) => ({
    term,
    weight: weight * shares.synonymShare * share,
    other: { said, name, stems },
  }));
  return {
    text: word.text,
    role: isInstance ? 'instance' : 'word',
    terms: strongest([{ term: lexeme, weight }, ...rest]),
  };
}

function wholeConcept(word: Word, lexemeOf: LexemeOf): readonly Concept[] {
  const lexeme = word.whole === null ? undefined : lexemeOf(word.whole);
  if (lexeme === undefined || word.kind === 'instance') return [];
  return [{ text: word.text, role: 'whole', terms: [{ term: lexeme, weight: 1 }] }];
}

/** A word said twice is one concept: as it was written first, with the synonyms of every time. */
function mergeByTerm(concepts: readonly Concept[]): readonly Concept[] {
  return [...Map.groupBy(concepts, ({ terms }) => terms[0]?.term).values()].flatMap((alike) =>
    alike.slice(0, 1).map((first) => ({ ...first, terms: strongest(alike.flatMap(({ terms }) => terms)) })),
  );
}

/** Each stem once, in order, as it weighs most. */
function strongest(terms: readonly Term[]): readonly Term[] {
  const kept = new Map<string, Term>();
  for (const one of terms) if (one.weight > (kept.get(one.term)?.weight ?? 0)) kept.set(one.term, one);
  return [...kept.values()];
}

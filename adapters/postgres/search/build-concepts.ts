import type { Word } from '#domain/text/split-words.ts';
import type { SynonymGroup } from './load-synonyms.ts';
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
  readonly terms: readonly { readonly term: string; readonly weight: number }[];
}

type Shares = Pick<SearchSettings, 'instanceShare' | 'synonymShare'>;
/** A part of a word with its stem; stop words keep their place, so that phrases can be recognised. */
interface Piece {
  readonly word: Word;
  readonly key: string;
  readonly lexeme: string | undefined;
}

/** What a question asks for, in its order, each stem once. */
export function buildConcepts(
  words: readonly Word[],
  lexemeOf: LexemeOf,
  groups: readonly SynonymGroup[],
  shares: Shares,
): readonly Concept[] {
  const pieces = words.flatMap((word) =>
    word.parts.map((part): Piece => ({ word, key: lexemeOf(part) ?? part, lexeme: lexemeOf(part) })),
  );
  const alternatives = findAlternatives(pieces, lexemeOf, groups);
  const concepts = pieces.flatMap((piece, index) =>
    piece.lexeme === undefined ? [] : [toConcept(piece, piece.lexeme, alternatives.get(index) ?? [], shares)],
  );
  return uniqueByTerm([...concepts, ...words.flatMap((word) => wholeConcept(word, lexemeOf))]);
}

function toConcept(piece: Piece, lexeme: string, others: readonly string[], shares: Shares): Concept {
  const isInstance = piece.word.kind === 'instance';
  const own = { term: lexeme, weight: isInstance ? shares.instanceShare : 1 };
  const rest = others
    .filter((term) => term !== lexeme)
    .map((term) => ({ term, weight: own.weight * shares.synonymShare }));
  return { text: piece.word.text, role: isInstance ? 'instance' : 'word', terms: [own, ...rest] };
}

function wholeConcept(word: Word, lexemeOf: LexemeOf): readonly Concept[] {
  const lexeme = word.whole === null ? undefined : lexemeOf(word.whole);
  if (lexeme === undefined || word.kind === 'instance') return [];
  return [{ text: word.text, role: 'whole', terms: [{ term: lexeme, weight: 1 }] }];
}

/** Stems of synonyms, by the index of the piece at which the phrase begins. */
function findAlternatives(
  pieces: readonly Piece[],
  lexemeOf: LexemeOf,
  groups: readonly SynonymGroup[],
): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>();
  for (const group of groups) {
    for (const phrase of group) {
      const index = findPhrase(
        pieces,
        phrase.map((word) => lexemeOf(word) ?? word),
      );
      if (index === -1) continue;
      const others = group
        .filter((other) => other !== phrase)
        .flat()
        .flatMap((word) => lexemeOf(word) ?? []);
      const anchor = pieces.findIndex((piece, at) => at >= index && piece.lexeme !== undefined);
      found.set(anchor, [...new Set([...(found.get(anchor) ?? []), ...others])]);
    }
  }
  return found;
}

function findPhrase(pieces: readonly Piece[], keys: readonly string[]): number {
  return pieces.findIndex((_, start) => keys.every((key, offset) => pieces[start + offset]?.key === key));
}

function uniqueByTerm(concepts: readonly Concept[]): readonly Concept[] {
  return [
    ...new Map(concepts.map((concept) => [concept.terms[0]?.term, concept] as const).reverse()).values(),
  ].reverse();
}

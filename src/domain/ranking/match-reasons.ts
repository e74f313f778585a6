/** Why a solution was found, in words taken from the match itself. */
export interface MatchReasons {
  /** Words of the question that the solution has too, as the responder wrote them, weightiest first. */
  readonly words: readonly string[];
  /** Words found under another name. */
  readonly synonyms: readonly { readonly said: string; readonly found: string }[];
  /** Words of the question that stand together in the solution too. */
  readonly phrases: readonly string[];
  /** The alert that both name, as the question spells it. */
  readonly alert: string | null;
  /** Words that incidents which it resolved before had too. */
  readonly learnt: readonly string[];
  /** Whether the rule of the alert links to it. */
  readonly linked: boolean;
  /** Found by meaning rather than by words: 0…1, null without vectors. */
  readonly meaning: number | null;
}

/** One number behind the similarity, for people who want to know. */
export interface ScorePart {
  readonly name: string;
  readonly value: number;
}

export const noReasons: MatchReasons = {
  words: [],
  synonyms: [],
  phrases: [],
  alert: null,
  learnt: [],
  linked: false,
  meaning: null,
};

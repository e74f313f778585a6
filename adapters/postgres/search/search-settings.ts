import type { SearchField } from './index-fields.ts';

/** Every number that decides what is found. docs/retrieval.md says where each comes from. */
export interface SearchSettings {
  /** How much a match in each field counts. */
  readonly fields: Readonly<Record<SearchField, number>>;
  /** BM25: how fast repetition stops counting, and how much long texts are held back. */
  readonly saturation: number;
  readonly lengthPenalty: number;
  /** What a word counts that names a machine, a count or a time; 1 is a plain word. */
  readonly instanceShare: number;
  /** What a synonym counts; 1 is the responder's own word. */
  readonly synonymShare: number;
  /** What a word that nothing in the workspace contains counts in the coverage; 1 is the rarest known word. */
  readonly unknownShare: number;
  /** How many of the best by lexical score are judged further. */
  readonly pool: number;
  readonly calibration: Calibration;
  readonly dense: DenseSettings;
}

/** Logistic regression: similarity = 1 / (1 + exp(-(bias + Σ weight · feature))). */
export interface Calibration {
  readonly bias: number;
  readonly weights: Readonly<Record<FeatureName, number>>;
}

export const featureNames = [
  'coverage',
  'phrases',
  'titleMatched',
  'relative',
  'clearLead',
  'exactAlert',
] as const;
export type FeatureName = (typeof featureNames)[number];

/** Cosine at which a vector match is a coin toss, how fast it becomes certain, and how far it is trusted alone. */
export interface DenseSettings {
  readonly middle: number;
  readonly steepness: number;
  readonly trust: number;
}

export const defaultSearchSettings: SearchSettings = {
  fields: { title: 1.5, lead: 0.5, body: 0.8, steps: 0.1, tags: 1 },
  saturation: 1.2,
  lengthPenalty: 0.75,
  instanceShare: 0.5,
  synonymShare: 0.5,
  unknownShare: 0.4,
  pool: 30,
  calibration: {
    bias: -9.58,
    weights: {
      coverage: 0.73,
      phrases: 0.66,
      titleMatched: 2.6,
      relative: 6.66,
      clearLead: 5.49,
      exactAlert: 1.68,
    },
  },
  dense: { middle: 0.55, steepness: 14, trust: 0.6 },
};

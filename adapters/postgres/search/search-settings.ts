import { type SearchField, searchFields } from './index-fields.ts';

/** What the index is made with. Another `version` makes the background job index everything again. */
export interface IndexSettings {
  readonly version: number;
  /** How much a match in each field counts. */
  readonly weights: Readonly<Record<SearchField, number>>;
  /** Length in stems at which a field is neither held back nor pushed: about the median of real runbooks. */
  readonly pivots: Readonly<Record<SearchField, number>>;
  /** BM25: how fast repetition stops counting, and how much long texts are held back. */
  readonly saturation: number;
  readonly lengthPenalty: number;
}

export const defaultIndexSettings: IndexSettings = {
  version: 1,
  weights: { title: 1.5, lead: 0.5, body: 0.8, steps: 0.1, tags: 1 },
  pivots: { title: 5, lead: 50, body: 350, steps: 60, tags: 6 },
  saturation: 1.2,
  lengthPenalty: 0.75,
};

/** More than any stem can count in any document. */
export function highestImpact({ weights, saturation, lengthPenalty }: IndexSettings): number {
  const sum = searchFields.reduce((total, field) => total + weights[field], 0);
  return (sum * (saturation + 1)) / (1 + saturation * (1 - lengthPenalty));
}

/** Every number that decides what is found. docs/retrieval.md says where each comes from. */
export interface SearchSettings {
  /** What a word counts that names a machine, a count or a time; 1 is a plain word. */
  readonly instanceShare: number;
  /** What a synonym counts; 1 is the responder's own word. */
  readonly synonymShare: number;
  /** What the names of a concept count that are not its best match in a document. */
  readonly otherNameShare: number;
  /** What a word that nothing in the workspace contains counts; 1 is the rarest known word. */
  readonly unknownShare: number;
  /** How many of the best by lexical score are judged further. */
  readonly pool: number;
  /** Documents at which not knowing a word says half of what it can say. */
  readonly halfMature: number;
  /** What orders the candidates: Σ weight · feature. */
  readonly order: Readonly<Record<OrderFeature, number>>;
  readonly calibration: Calibration;
  readonly dense: DenseSettings;
  readonly rerank: RerankSettings;
}

/** Logistic regression: similarity = 1 / (1 + exp(-(bias + Σ weight · feature))). */
export interface Calibration {
  readonly bias: number;
  readonly weights: Readonly<Record<CalibrationFeature, number>>;
}

export const orderFeatures = [
  'relative',
  'coverage',
  'opening',
  'titleAsked',
  'together',
  'passage',
  'trouble',
  'missing',
  'known',
  'used',
] as const;
export type OrderFeature = (typeof orderFeatures)[number];

export const calibrationFeatures = ['order', 'lead', 'unknown', 'said'] as const;
export type CalibrationFeature = (typeof calibrationFeatures)[number];

/** Cosine at which a vector match is a coin toss, how fast it becomes certain, and how far it is trusted alone. */
export interface DenseSettings {
  readonly middle: number;
  readonly steepness: number;
  readonly trust: number;
  /** So many vectors are compared one by one; with more, an index chooses. */
  readonly exactUpTo: number;
}

/** How many of the best a reranker reads, and what one standard deviation of its scores counts in logits. */
export interface RerankSettings {
  readonly candidates: number;
  readonly weight: number;
}

export const defaultSearchSettings: SearchSettings = {
  instanceShare: 0.5,
  synonymShare: 0.6,
  otherNameShare: 0.3,
  unknownShare: 0.4,
  pool: 50,
  halfMature: 10,
  order: {
    relative: 6.9,
    coverage: -2.76,
    opening: 1.76,
    titleAsked: 2.77,
    together: 4.98,
    passage: 3.88,
    trouble: 1.64,
    missing: -2.17,
    known: 12,
    used: 1,
  },
  // The fitted bias is -4.26; a little more, so that 0.5 answers 85 % of the descriptions of alerts.
  calibration: { bias: -4.11, weights: { order: 0.26, lead: 0.73, unknown: -3.94, said: 0.67 } },
  dense: { middle: 0.55, steepness: 14, trust: 0.6, exactUpTo: 5_000 },
  rerank: { candidates: 20, weight: 2 },
};

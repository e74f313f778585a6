import type { LookedUp } from '#adapters/postgres/search/find-by-words.ts';
import { judgeCandidates } from '#adapters/postgres/search/judge-candidates.ts';
import {
  type CalibrationFeature,
  calibrationFeatures,
  type OrderFeature,
  orderFeatures,
  type SearchSettings,
} from '#adapters/postgres/search/search-settings.ts';
import type { EvaluationQuery } from '../load-evaluation-set.ts';
import { fitLogistic } from './fit-logistic.ts';
import { fitOrder } from './fit-order.ts';

/** A question of the development set with its candidates, before anything is weighed. */
export interface Labelled {
  readonly query: EvaluationQuery;
  /** Questions with a right document in common have one; they are never on both sides of a split. */
  readonly group: string;
  readonly looked: LookedUp;
  readonly isRight: (solutionId: string) => boolean;
}

/**
 * How much one question of a kind counts. Chat messages are the hardest kind and the rarest in the set; and a channel
 * has many more messages without an answer than the set has.
 */
const weights: Readonly<Record<string, number>> = {
  paraphrase: 3,
  'own-paraphrase': 3,
  negative: 2,
  'own-negative': 2,
};
/** Candidates of a question that the calibration looks at; what is shown comes from them. */
const perQuestion = 10;

/** The set has no uses to learn from: what use is worth is set by `bench:retrieval -- --learn`. */
export const fittedFeatures = orderFeatures.filter((name) => name !== 'known' && name !== 'used');

const noCalibration: Readonly<Record<CalibrationFeature, number>> = {
  order: 0,
  lead: 0,
  unknown: 0,
  said: 0,
};

const weightOf = ({ query }: Labelled): number => weights[query.kind] ?? 1;

/** A feature to do without, to see what it is worth. */
export type Without = OrderFeature | CalibrationFeature | null;

/** The settings with the order and the calibration that fit these questions. */
export function fitSettings(
  questions: readonly Labelled[],
  settings: SearchSettings,
  without: Without = null,
): SearchSettings {
  const ordered = { ...settings, order: fittedOrder(questions, settings, without) };
  const names = calibrationFeatures.filter((name) => name !== without);
  const [bias = 0, ...rest] = fitLogistic(
    questions.flatMap((question) =>
      judge(question, ordered)
        .slice(0, perQuestion)
        .map(({ candidate, calibration }) => ({
          features: names.map((name) => calibration[name]),
          right: question.isRight(candidate.id),
          weight: weightOf(question),
        })),
    ),
  );
  return {
    ...ordered,
    calibration: { bias: round(bias), weights: { ...noCalibration, ...named(names, rest) } },
  };
}

export const judge = ({ looked }: Labelled, settings: SearchSettings) =>
  judgeCandidates(looked.question, looked.unknown, looked.candidates, settings);

function fittedOrder(
  questions: readonly Labelled[],
  settings: SearchSettings,
  without: Without,
): SearchSettings['order'] {
  const names = fittedFeatures.filter((name) => name !== without);
  const start = without ? { ...settings.order, [without]: 0 } : settings.order;
  const choices = questions.flatMap((question) => {
    const judged = judge(question, settings);
    if (judged.length === 0) return [];
    return [
      {
        rows: judged.map(({ order }) => names.map((name) => order[name])),
        right: judged.map(({ candidate }) => question.isRight(candidate.id)),
        weight: weightOf(question),
      },
    ];
  });
  return { ...start, ...named(names, fitOrder(choices)) };
}

function named<Name extends string>(names: readonly Name[], values: readonly number[]): Record<Name, number> {
  return Object.fromEntries(names.map((name, at) => [name, round(values[at] ?? 0)])) as Record<Name, number>;
}

const round = (value: number): number => Math.round(value * 100) / 100;

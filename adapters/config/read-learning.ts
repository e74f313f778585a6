import type { LearningConfig, OwnersConfig } from './config.ts';
import type { Values } from './variables.ts';

/** How votes, runs and alerts become rates, and when a solution is deprecated. */
export function readLearning(values: Values): LearningConfig {
  return {
    leastSignals: values.RECOURSE_LEAST_SIGNALS ?? 3,
    halfLifeDays: values.RECOURSE_RATE_HALF_LIFE_DAYS ?? 700,
    elsewhere: values.RECOURSE_ELSEWHERE_SHARE ?? 0.2,
    staleAfterDays: values.RECOURSE_STALE_DAYS ?? 183,
    retireAfterDays: values.RECOURSE_RETIRE_DAYS ?? 275,
    trust: {
      vote: values.RECOURSE_TRUST_VOTE ?? 0.9,
      run: values.RECOURSE_TRUST_RUN ?? 0.8,
      alert: values.RECOURSE_TRUST_ALERT ?? 0.8,
    },
    deprecation: readDeprecation(values),
  };
}

/** Who is told what the fold finds, and from when on. */
export function readOwners(values: Values): OwnersConfig {
  return {
    channels: values.RECOURSE_OWNERS_CHANNEL ?? [],
    suggest: {
      leastRecommended: values.RECOURSE_SUGGEST_RECOMMENDATIONS ?? 5,
      leastSuccess: values.RECOURSE_SUGGEST_SUCCESS ?? 0.8,
    },
  };
}

function readDeprecation(values: Values): LearningConfig['deprecation'] {
  return {
    certainty: values.RECOURSE_DEPRECATE_CERTAINTY ?? 0.95,
    leastIncidents: values.RECOURSE_DEPRECATE_INCIDENTS ?? 2,
    leastPeople: values.RECOURSE_DEPRECATE_PEOPLE ?? 2,
    leastMeasured: values.RECOURSE_DEPRECATE_MEASURED ?? 3,
  };
}

import type { Features } from './measure-features.ts';
import { type Calibration, featureNames } from './search-settings.ts';

/** About the share of candidates with these features that are right. */
export function estimateSimilarity(features: Features, { bias, weights }: Calibration): number {
  const logit = featureNames.reduce((sum, name) => sum + weights[name] * features[name], bias);
  return 1 / (1 + Math.exp(-logit));
}

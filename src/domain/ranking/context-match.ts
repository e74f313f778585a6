import { type Context, type ContextLabel, contextLabels } from '../context.ts';
import { fittingValues, labelValues } from '../context-vocabulary.ts';

/** How a solution's labels compare with what is known of an incident; labels that either side lacks are in neither. */
export interface ContextMatch {
  readonly matching: readonly ContextLabel[];
  readonly differing: readonly ContextLabel[];
  /** 0…1: 0.5 when nothing is known, 1 when every label known on both sides fits, 0 when none does. */
  readonly score: number;
}

/** The score where no label is known on both sides: more of it says that the context fits. */
export const neutralContext = 0.5;

/**
 * Compares label by label, ignoring case and spelling (production is prod). A solution that lists several values fits
 * when one of them is the case; one for linux fits ubuntu.
 */
export function matchContext(appliesTo: Context, incident: Context): ContextMatch {
  const compared = contextLabels.flatMap((label) => {
    const wanted = labelValues(appliesTo, label);
    const fitting = fittingValues(incident, label);
    return wanted.length === 0 || fitting.length === 0
      ? []
      : [{ label, fits: wanted.some((value) => fitting.includes(value)) }];
  });
  const matching = compared.filter(({ fits }) => fits).map(({ label }) => label);
  const differing = compared.filter(({ fits }) => !fits).map(({ label }) => label);
  return {
    matching,
    differing,
    score: compared.length === 0 ? neutralContext : matching.length / compared.length,
  };
}

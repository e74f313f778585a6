import { type Context, type ContextLabel, contextLabels } from '../context.ts';

/** How a solution's labels compare with what is known of an incident; labels that either side lacks are in neither. */
export interface ContextMatch {
  readonly matching: readonly ContextLabel[];
  readonly differing: readonly ContextLabel[];
  /** 0…1: 0.5 when nothing is known, 1 when every label known on both sides fits, 0 when none does. */
  readonly score: number;
}

const neutral = 0.5;

/** Compares label by label, ignoring case. A solution that lists several values fits when one of them is the case. */
export function matchContext(appliesTo: Context, incident: Context): ContextMatch {
  const compared = contextLabels.flatMap((label) => {
    const wanted = valuesOf(appliesTo[label]);
    const known = valuesOf(incident[label]);
    return wanted.length === 0 || known.length === 0
      ? []
      : [{ label, fits: known.some((value) => wanted.includes(value)) }];
  });
  const matching = compared.filter(({ fits }) => fits).map(({ label }) => label);
  const differing = compared.filter(({ fits }) => !fits).map(({ label }) => label);
  return { matching, differing, score: compared.length === 0 ? neutral : matching.length / compared.length };
}

function valuesOf(value: string | readonly string[] | undefined): readonly string[] {
  const values = typeof value === 'string' ? [value] : (value ?? []);
  return values.map((one) => one.trim().toLowerCase()).filter((one) => one !== '');
}

import type { Context } from '../context.ts';
import { isElsewhere } from './fold-signals.ts';
import type { BelievedRate, SuccessRate } from './success-rate.ts';

/**
 * How likely a solution works in this place: what is believed of the kinds of places that it was tried in and that
 * this one may be, each by how often. A solution that was tried only elsewhere is nearly as unknown as a new one.
 */
export function rateInContext(rate: SuccessRate, context: Context): BelievedRate {
  const { success, doubt, elsewhere, doubtElsewhere, places } = rate;
  const alike = places.filter((place) => !isElsewhere(place.context, context));
  if (alike.length === places.length) return { success, doubt };
  const tried = alike.reduce((sum, place) => sum + place.tried, 0);
  if (tried === 0) return { success: elsewhere, doubt: doubtElsewhere };
  const meanOf = (of: (place: BelievedRate) => number): number =>
    alike.reduce((sum, place) => sum + of(place) * place.tried, 0) / tried;
  return { success: meanOf((place) => place.success), doubt: meanOf((place) => place.doubt) };
}

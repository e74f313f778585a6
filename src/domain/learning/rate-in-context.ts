import type { Context } from '../context.ts';
import { isElsewhere } from './fold-signals.ts';
import type { SuccessRate } from './success-rate.ts';

/**
 * How likely a solution works in this place, 0…1: what is believed of the kinds of places that it was tried in and that
 * this one may be, each by how often. A solution that was tried only elsewhere is nearly as unknown as a new one.
 */
export function rateInContext({ success, elsewhere, places }: SuccessRate, context: Context): number {
  if (places.length === 0) return success;
  const alike = places.filter((place) => !isElsewhere(place.context, context));
  if (alike.length === places.length) return success;
  const tried = alike.reduce((sum, place) => sum + place.tried, 0);
  if (tried === 0) return elsewhere;
  return alike.reduce((sum, place) => sum + place.success * place.tried, 0) / tried;
}

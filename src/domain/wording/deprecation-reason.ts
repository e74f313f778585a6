import type { Deprecation } from '../learning/judge-deprecation.ts';
import { formatPercent } from './format.ts';
import { toldBy } from './owners-cards.ts';

/** Why a solution was deprecated, as it is kept with its version and shown to whoever reviews it. */
export const deprecationReason = ({ certainty, ...data }: Deprecation): string =>
  `It works less than half of the time, ${formatPercent(Math.floor(certainty * 100) / 100)} sure by ${toldBy(data)}.`;

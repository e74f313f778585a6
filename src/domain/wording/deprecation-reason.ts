import type { Deprecation } from '../learning/judge-deprecation.ts';
import { formatPercent } from './format.ts';

/** Why a solution was deprecated, as it is kept with its version and shown to whoever reviews it. */
export function deprecationReason({ certainty, incidents, people, measured }: Deprecation): string {
  const told = [
    ...(people > 0 ? [`${people} ${people === 1 ? 'person' : 'people'}`] : []),
    ...(measured > 0 ? [`${measured} ${measured === 1 ? 'run or alert' : 'runs and alerts'}`] : []),
  ].join(' and ');
  return `It works less than half of the time, ${formatPercent(Math.floor(certainty * 100) / 100)} sure by ${told} in ${incidents} incidents.`;
}

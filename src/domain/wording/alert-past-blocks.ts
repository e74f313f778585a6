import type { AlertHistory } from '../alert/alert-history.ts';
import type { Block, Line } from '../reply.ts';
import { formatDuration, formatTime, oneLine } from './format.ts';

/** An incident of before that was alike. Times are milliseconds since the epoch. */
export interface SimilarIncident {
  readonly name: string;
  readonly beganAt: number;
  readonly tookMs: number;
  readonly place: { readonly channel: string; readonly thread: string } | null;
  /** What helped then; null where nobody knows. */
  readonly solution: string | null;
}

/** What the past of an alert says of it: how often, how long, how it ended, and when it usually comes. */
export function historyBlocks(history: AlertHistory | null): readonly Block[] {
  if (history === null) return [];
  return [
    ...(history.isProbablyNoise
      ? [
          {
            kind: 'text',
            line: [{ kind: 'bold', text: 'Probably noise.' }, ' People nearly always said so.'],
          } as const,
        ]
      : []),
    { kind: 'note', line: [historyText(history)] },
  ];
}

/** The same in one sentence. */
export function historyText(history: AlertHistory): string {
  const { noise, times, usualMs, flapped } = history;
  const told = [
    `Seen ${timesText(times)} before${usualMs === null ? '' : `, usually for ${formatDuration(usualMs)}`}`,
    ...(noise > 0 ? [`closed as noise ${noise} of ${timesText(times)}`] : []),
    ...(flapped > 0 ? [`flapping ${timesText(flapped)}`] : []),
    ...trendOf(history),
  ];
  return `${told.join('; ')}.`;
}

const timesText = (count: number): string => (count === 1 ? '1 time' : `${count} times`);

function trendOf({ inWeek, usualDay }: AlertHistory): readonly string[] {
  const day = usualDay === null ? '' : `usually on ${weekdays[usualDay]}s`;
  const week = inWeek < 2 ? '' : `the ${ordinal(inWeek)} time within 7 days`;
  const parts = [week, day].filter((part) => part !== '');
  return parts.length === 0 ? [] : [parts.join(', ')];
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** `2nd`, `3rd`, `11th`, `22nd`. */
export function ordinal(count: number): string {
  const teens = count % 100 >= 11 && count % 100 <= 13;
  const endings = ['th', 'st', 'nd', 'rd'];
  return `${count}${(teens ? undefined : endings[count % 10]) ?? 'th'}`;
}

/** Past incidents that were alike, with what helped and how long they took. */
export function similarBlocks(similar: readonly SimilarIncident[]): readonly Block[] {
  if (similar.length === 0) return [];
  return [
    { kind: 'text', line: [{ kind: 'bold', text: 'Similar before' }] },
    { kind: 'list', items: similar.map(similarLine) },
  ];
}

function similarLine({ name, beganAt, tookMs, place, solution }: SimilarIncident): Line {
  const when = formatTime(beganAt);
  return [
    place === null ? when : { kind: 'place', label: when, ...place },
    `: ${oneLine(name, 80)}, over after ${formatDuration(tookMs)}`,
    ...(solution === null ? [] : [', helped: ', { kind: 'bold', text: oneLine(solution, 100) } as const]),
  ];
}

import { dayMs } from '../runbook/parse-duration.ts';
import type { AlertVerdict } from './alert-verdict.ts';
import { isFlapping } from './is-flapping.ts';

/** An incident that an alert was in before. Times are milliseconds since the epoch. */
export interface PastAlert {
  readonly beganAt: number;
  /** Null while it goes on. */
  readonly endedAt: number | null;
  /** How often it fired. */
  readonly fired: number;
  readonly verdict: AlertVerdict | null;
}

/** What an alert's past says of it. */
export interface AlertHistory {
  /** Incidents before this one. */
  readonly times: number;
  /** How long it usually took until it was over; null while no end is known. */
  readonly usualMs: number | null;
  /** Incidents that a person closed as noise, and those that a person judged at all. */
  readonly noise: number;
  readonly judged: number;
  /** Incidents in which it fired and resolved again and again. */
  readonly flapped: number;
  /** The how-manieth time within seven days this one is. */
  readonly inWeek: number;
  /** The day that most of them fell on, 0 Sunday to 6 Saturday in UTC; null when there is none. */
  readonly usualDay: number | null;
  /** The rule says that it is noise: people said so, often enough and nearly always. */
  readonly isProbablyNoise: boolean;
}

const leastJudged = 3;
const noiseShare = 0.8;
/** A day of the week says something when so many incidents, this one included, fell mostly on it, in as many weeks. */
const leastOnDay = 3;
const dayShare = 0.6;

/** `past` are the incidents before the one that began at `beganAt`, in any order. */
export function summariseHistory(past: readonly PastAlert[], beganAt: number): AlertHistory {
  const noise = past.filter(({ verdict }) => verdict === 'noise').length;
  const judged = past.filter(({ verdict }) => verdict !== null).length;
  const begins = [...past.map((one) => one.beganAt), beganAt];
  return {
    times: past.length,
    usualMs: medianOf(past.flatMap((one) => (one.endedAt === null ? [] : [one.endedAt - one.beganAt]))),
    noise,
    judged,
    flapped: past.filter((one) => isFlapping({ ...one, reachedAt: one.endedAt ?? beganAt })).length,
    inWeek: begins.filter((at) => at > beganAt - 7 * dayMs && at <= beganAt).length,
    usualDay: usualDayOf(begins),
    isProbablyNoise: judged >= leastJudged && noise / judged >= noiseShare,
  };
}

function medianOf(values: readonly number[]): number | null {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? null;
}

/** Several on one Friday are one Friday. */
function usualDayOf(begins: readonly number[]): number | null {
  const days = [...new Set(begins.map((at) => Math.floor(at / dayMs)))];
  const byWeekday = [...Map.groupBy(days, (day) => new Date(day * dayMs).getUTCDay())];
  const [weekday, most] = byWeekday.toSorted(([, one], [, other]) => other.length - one.length)[0] ?? [];
  if (weekday === undefined || most === undefined) return null;
  return most.length >= leastOnDay && most.length / days.length >= dayShare ? weekday : null;
}

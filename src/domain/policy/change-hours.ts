import { type DailySpan, isWithinSpan } from '../daily-span.ts';
import type { Risk } from '../risk/risk.ts';
import { fitsPattern } from '../text/fits-pattern.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** When something may be changed. Days and times are those of the zone; a span over midnight belongs to the day it begins on. */
export interface ChangeWindow {
  /** Patterns; absent means everywhere. */
  readonly environments?: readonly string[] | undefined;
  readonly days: readonly Weekday[];
  readonly hours: DailySpan;
}

/** When nothing may be changed, in milliseconds since the epoch; null for no end. */
export interface Freeze {
  readonly environments?: readonly string[] | undefined;
  readonly from: number;
  readonly until: number | null;
  readonly reason: string;
}

export type ChangeAnswer = { readonly kind: 'open' } | { readonly kind: 'closed'; readonly why: string };

/**
 * Whether something may be changed at a moment. What only reads always may. A host in no environment is in all of them here: what
 * is not known to be elsewhere is not changed.
 */
export function mayChange(
  { windows, freezes }: { readonly windows: readonly ChangeWindow[]; readonly freezes: readonly Freeze[] },
  { risk, environments }: { readonly risk: Risk; readonly environments: readonly string[] },
  at: number,
): ChangeAnswer {
  if (risk === 'read-only') return { kind: 'open' };
  const freeze = freezes.find((one) => concerns(one, environments) && isWithin(one, at));
  if (freeze) return { kind: 'closed', why: `Changes are frozen: ${freeze.reason}` };
  const mine = windows.filter((window) => concerns(window, environments));
  if (mine.length === 0 || mine.some((window) => isOpen(window, at))) return { kind: 'open' };
  return { kind: 'closed', why: `Changes are made ${mine.map(describe).join(', or ')}.` };
}

function concerns(
  { environments: patterns }: { readonly environments?: readonly string[] | undefined },
  environments: readonly string[],
): boolean {
  if (patterns === undefined || environments.length === 0) return true;
  return environments.some((name) => patterns.some((pattern) => fitsPattern(name, pattern)));
}

const isWithin = ({ from, until }: Freeze, at: number): boolean =>
  from <= at && (until === null || at < until);

const dayMs = 86_400_000;

function isOpen({ days, hours }: ChangeWindow, at: number): boolean {
  if (!isWithinSpan(hours, at)) return false;
  const endsNextDay = hours.from > hours.to && hours.to !== '00:00';
  const begunYesterday = endsNextDay && isWithinSpan({ ...hours, from: '00:00' }, at);
  return days.includes(weekdayOf(begunYesterday ? at - dayMs : at, hours.zone));
}

function weekdayOf(at: number, zone: string): Weekday {
  const name = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short' }).format(at);
  return weekdays.find((day) => day === name.toLowerCase()) ?? 'mon';
}

function describe({ days, hours: { from, to, zone } }: ChangeWindow): string {
  return `on ${days.join(', ')} from ${from} to ${to} (${zone})`;
}

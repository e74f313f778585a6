import { type Html, markup } from './html.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, in words as short as they stay clear; the page's script words it alike. */
export function relativeTime(at: number, now: number): string {
  const age = now - at;
  if (age < minute) return 'just now';
  if (age < hour) return `${Math.floor(age / minute)} min ago`;
  if (age < day) return `${Math.floor(age / hour)} h ago`;
  return `${Math.floor(age / day)} d ago`;
}

/** `2026-03-01 02:14:07 UTC`. */
export function absoluteTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

export function renderTime(at: number, now: number): Html {
  const iso = new Date(at).toISOString();
  return markup`<time datetime="${iso}" title="${absoluteTime(at)}">${relativeTime(at, now)}</time>`;
}

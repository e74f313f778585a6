/** Milliseconds of each unit, the longest first. */
const units = {
  w: 7 * 24 * 60 * 60 * 1000,
  d: 24 * 60 * 60 * 1000,
  h: 60 * 60 * 1000,
  m: 60 * 1000,
  s: 1000,
  ms: 1,
} as const;

type Unit = keyof typeof units;

/** Milliseconds in a day. */
export const dayMs = units.d;

/** `250ms`, `30s`, `5m`, `1h30m`, `7d`, `2w` in milliseconds; null for anything else, also for nothing and for zero. */
export function parseDuration(text: string): number | null {
  if (!/^(?:\d{1,15}(?:ms|[wdhms]))+$/.test(text)) return null;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|[wdhms])/g)) {
    total += Number(amount) * units[unit as Unit];
  }
  return total > 0 && Number.isSafeInteger(total) ? total : null;
}

/** The shortest way to write a duration that `parseDuration` reads back exactly. Takes whole positive milliseconds. */
export function formatDuration(milliseconds: number): string {
  const unit = (Object.keys(units) as Unit[]).find((name) => milliseconds % units[name] === 0) ?? 'ms';
  return `${milliseconds / units[unit]}${unit}`;
}

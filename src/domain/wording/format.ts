/** `20 Nov 2026, 14:05 UTC`: one form for every time a card shows, the same on every machine. */
export function formatTime(ms: number): string {
  return `${formatDay(ms)}, ${new Date(ms).toISOString().slice(11, 16)} UTC`;
}

/** `20 Nov 2026`, of a day in UTC. */
export function formatDay(ms: number): string {
  const date = new Date(ms);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const units = [
  { name: 'day', ms: 86_400_000 },
  { name: 'hour', ms: 3_600_000 },
  { name: 'minute', ms: 60_000 },
] as const;

/** `3 days`, `1 hour`, `less than a minute`: the largest unit that fits, rounded down. */
export function formatAge(ms: number): string {
  const unit = units.find((candidate) => ms >= candidate.ms);
  if (!unit) return 'less than a minute';
  const count = Math.floor(ms / unit.ms);
  return `${count} ${unit.name}${count === 1 ? '' : 's'}`;
}

/** `30 s`, `2 min`: a time-out or a duration for people. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 120_000 ? `${Math.round(ms / 100) / 10} s` : `${Math.round(ms / 6000) / 10} min`;
}

export function formatPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1_048_576 ? `${Math.round(bytes / 1024)} KB` : `${Math.round(bytes / 104_857.6) / 10} MB`;
}

/** Half votes make `2.5 of 4`; whole ones stay whole. */
export function formatCount(count: number): string {
  return Number.isInteger(count) ? String(count) : count.toFixed(1);
}

/** The text on one line, cut with an ellipsis where it is longer than so many characters. */
export function oneLine(text: string, longest: number): string {
  const characters = [...text.replace(/\s+/gu, ' ').trim()];
  return characters.length <= longest ? characters.join('') : `${characters.slice(0, longest - 1).join('')}…`;
}

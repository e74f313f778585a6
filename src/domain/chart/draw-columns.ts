import type { VotesFrom } from '../insights/insights.ts';
import { look } from './chart-look.ts';
import { letters, rect } from './svg.ts';

export const columnsHeight = 150;
const axis = 20;
const most = columnsHeight - axis - 18;
const parts = ['worked', 'partly', 'failed'] as const;

/** Votes as stacked columns of equal width, from left to right; `dates` stand below the first and the last. */
export function drawColumns(
  trend: readonly VotesFrom[],
  y: number,
  dates: readonly [first: string, last: string],
): string {
  const highest = Math.max(1, ...trend.map(countOf));
  const left = look.margin;
  const inner = look.width - 2 * look.margin;
  const step = inner / Math.max(1, trend.length);
  const width = Math.min(step * 0.7, 40);
  const base = y + columnsHeight - axis;
  const columns = trend.map((votes, place) => {
    const x = left + place * step + (step - width) / 2;
    return drawColumn(votes, { x, base, width, scale: most / highest });
  });
  const small = { y: base + 16, size: look.size.small, fill: look.faint } as const;
  return [
    ...columns,
    rect({ x: left, y: base, width: inner, height: 1 }, look.faint),
    letters(dates[0], { ...small, x: left }),
    letters(dates[1], { ...small, x: left + inner, anchor: 'end' }),
  ].join('');
}

const countOf = ({ worked, partly, failed }: VotesFrom): number => worked + partly + failed;

function drawColumn(
  votes: VotesFrom,
  { x, base, width, scale }: { x: number; base: number; width: number; scale: number },
): string {
  const drawn: string[] = [];
  let top = base;
  for (const part of parts) {
    const height = votes[part] * scale;
    top -= height;
    if (height > 0) drawn.push(rect({ x, y: top, width, height }, look[part]));
  }
  const count = countOf(votes);
  const above = {
    x: x + width / 2,
    y: top - 4,
    size: look.size.small,
    fill: look.ink,
    anchor: 'middle',
  } as const;
  return [...drawn, ...(count > 0 ? [letters(String(count), above)] : [])].join('');
}

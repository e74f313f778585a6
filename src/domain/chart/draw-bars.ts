import { look } from './chart-look.ts';
import { clipped, letters, rect } from './svg.ts';

/** A share of one, 0…1, with what it is of on its left and its count on its right. */
export interface Bar {
  readonly label: string;
  readonly count: string;
  readonly share: number;
  readonly fill: string;
}

const rowHeight = 40;
/** Letters differ in width: what is wider than this ends here, and the count stays legible. */
const labelWidth = 340;
const letterLine = { x: 0, y: 15, size: look.size.text } as const;
export const barsHeight = (bars: readonly Bar[]): number => bars.length * rowHeight;

/** A line of text and a bar below it for each, from top to bottom. */
export function drawBars(bars: readonly Bar[], y: number): string {
  const inner = look.width - 2 * look.margin;
  const left = look.margin;
  return bars
    .map(({ label, count, share, fill }, place) => {
      const top = y + place * rowHeight;
      const bar = { x: left, y: top + 21, height: 9 } as const;
      return [
        clipped(
          { x: left, y: top, width: labelWidth, height: 21 },
          letters(label, { ...letterLine, fill: look.ink }),
        ),
        letters(count, { ...letterLine, x: left + inner, y: top + 15, fill: look.faint, anchor: 'end' }),
        rect({ ...bar, width: inner }, look.track, 2),
        ...(share > 0 ? [rect({ ...bar, width: inner * share }, fill, 2)] : []),
      ].join('');
    })
    .join('');
}

/** Text of anybody for an SVG: nothing in it is markup, and characters that XML has not or that turn text around are left out. */
export function svgText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Bidi_C}\ufffe\uffff]/gu, ' ')
    .replace(/[&<>"']/g, (character) => entities[character as keyof typeof entities]);
}

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' } as const;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const rect = ({ x, y, width, height }: Box, fill: string, radius = 0): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}" fill="${fill}"/>`;

/** What is inside is placed from the corner of the box, and what would be outside of it does not show. */
export const clipped = ({ x, y, width, height }: Box, inside: string): string =>
  `<svg x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}">${inside}</svg>`;

interface Letters {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly bold?: boolean;
}

export function letters(text: string, { x, y, size, fill, anchor = 'start', bold = false }: Letters): string {
  const weight = bold ? ' font-weight="bold"' : '';
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}" text-anchor="${anchor}"${weight}>${svgText(text)}</text>`;
}

/** Hundredths of a pixel show on no screen, and the same chart is the same text on every machine. */
const round = (length: number): number => Math.round(length * 100) / 100;

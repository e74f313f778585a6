import type { Weights } from '#domain/capture/weights.ts';

const widest = 108;

/** As readWeights reads it: what speaks most first, in lines that fit a screen. */
export function toTable({ bias, marks }: Weights): string {
  const sorted = [...marks].toSorted(([, one], [, other]) => Math.abs(other) - Math.abs(one));
  const parts = [bias.toFixed(2), ...sorted.map(([mark, weight]) => `${weight.toFixed(2)} ${mark}`)];
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length + 2 <= widest) lines.push(`${lines.pop()} ${part};`);
    else lines.push(`${part};`);
  }
  return lines.join('\n');
}

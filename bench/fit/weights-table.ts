import type { FittedWeights } from './fit-sparse-logistic.ts';

const widest = 108;

/** As readWeights reads it: what speaks most first, in lines that fit a screen. */
export function toTable({ bias, weights }: FittedWeights): string {
  const sorted = [...weights].toSorted(([, one], [, other]) => Math.abs(other) - Math.abs(one));
  const parts = [bias.toFixed(2), ...sorted.map(([mark, weight]) => `${weight.toFixed(2)} ${mark}`)];
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length + 2 <= widest) lines.push(`${lines.pop()} ${part};`);
    else lines.push(`${part};`);
  }
  return lines.join('\n');
}

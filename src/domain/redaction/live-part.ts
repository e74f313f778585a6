import type { Span } from './span.ts';

/** A last line that asks something and so will not go on by itself: `Password: `, `Continue? [Y/n] `, a shell's `# `. */
const prompt = /[?:\]>#$] ?$/;

/**
 * The part of output that can be shown while more is coming: at most the last `most` characters, from a line's
 * beginning where there is one, and without the last line as long as it may be cut in the middle of a secret.
 */
export function livePart(output: string, most: number): Span {
  const lineEnd = Math.max(output.lastIndexOf('\n'), output.lastIndexOf('\r')) + 1;
  const end = prompt.test(output.slice(-2)) ? output.length : lineEnd;
  const from = Math.max(0, output.length - most);
  const nextLine = from === 0 ? 0 : output.indexOf('\n', from) + 1;
  return { start: nextLine > 0 && nextLine < end ? nextLine : Math.min(from, end), end };
}

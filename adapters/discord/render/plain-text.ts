import { clipText } from '#domain/shortening/clip-text.ts';
import { writeMisleading } from '#domain/text/hidden-characters.ts';

/**
 * Text for a place where Discord reads no Markdown: the label of a button or an input, the title of a modal. What is
 * over `max` characters is cut with an ellipsis, so nothing that must be read whole goes in here. Never empty.
 */
export function plainText(text: string, max: number): string {
  const clipped = clipText(writeMisleading(text).replaceAll('\n', ' '), max);
  return clipped.trim() === '' ? '–' : clipped;
}

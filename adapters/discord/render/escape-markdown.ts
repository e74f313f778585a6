import { writeMisleading } from '#domain/text/hidden-characters.ts';

/**
 * Signs that Discord's Markdown gives a meaning wherever they stand: emphasis, code, spoilers, masked links, everything
 * in angle brackets (people, roles, channels, commands, emoji, times, addresses), quotes, and everybody's mention.
 */
const anywhere = /[\\*_~`|<>[\]@]/g;
/** Ends the scheme of an address and begins the name of an emoji; harmless before a space. */
const colon = /:(?!\s)/g;
/** What makes a list, a heading or small print at the beginning of a line. */
const lineStart = /(^|\n)([^\S\n]*\d*)([-+#.])/g;

/**
 * Text for a place where Discord reads Markdown, which shows exactly `text`: nothing in it is a mention, a link, an
 * emoji or formatting. It may stand behind any other text; its beginning is treated as the beginning of a line.
 */
export function escapeMarkdown(text: string): string {
  return writeMisleading(text).replace(anywhere, '\\$&').replace(colon, '\\:').replace(lineStart, '$1$2\\$3');
}

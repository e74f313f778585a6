/** What could begin a heading, list, quote, rule, table or code block at the start of a line. */
const atStart = /^(?:[#>+=|~:-]|\d+[.)])/;

/**
 * Writes one line of plain text as a Markdown paragraph that reads back as the same text. Escapes only what
 * would mean something there, so that ordinary sentences stay as they are.
 */
export function escapeMarkdown(text: string): string {
  const escaped = text
    .replace(/[\\`*[\]]/g, '\\$&')
    // Within a word an underscore is only an underscore.
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/<(?=[A-Za-z/!?])/g, '\\<')
    .replace(/&(?=#?\w)/g, '\\&')
    .replace(/(?<=.)~(?=~)/g, '\\~')
    // At its end a heading drops them.
    .replace(/#+$/, (marks) => marks.replaceAll('#', '\\#'));
  const digits = /^(\d+)([.)])/.exec(escaped);
  if (digits) return escaped.replace(/^(\d+)([.)])/, '$1\\$2');
  return atStart.test(escaped) ? `\\${escaped}` : escaped;
}

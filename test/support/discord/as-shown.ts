/**
 * What people read of a text in Discord's Markdown: code as it is, all else without escapes and the signs of emphasis,
 * small print and lists. It knows what our renderer writes, not all of Discord's Markdown.
 */
export function asShown(markdown: string): string {
  return pieces(markdown)
    .map(({ code, text }) => (code ? text : plain(text)))
    .join('');
}

/** What would be alive: mentions, channels, emoji, commands, times, addresses, masked links, everybody. Code is not. */
export function aliveIn(markdown: string): readonly string[] {
  return pieces(markdown).flatMap(({ code, text }) => {
    if (code) return [];
    const unescaped = text.replaceAll(/\\[^\w\s]/g, '');
    return [
      ...unescaped.matchAll(/<[@#:/a-z][^>]*>|@everyone|@here|https?:\/\/\S+|\[[^\]]*\]\([^)]*\)|:\w+:/gi),
    ].map(([found]) => found);
  });
}

interface Piece {
  readonly code: boolean;
  readonly text: string;
}

const codes = /```\n?([\s\S]*?)\n?```|`([^`]*)`/g;

function pieces(markdown: string): readonly Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of markdown.matchAll(codes)) {
    // A sign behind a backslash begins no code.
    if (markdown[match.index - 1] === '\\') continue;
    found.push({ code: false, text: markdown.slice(end, match.index) });
    found.push({ code: true, text: match[1] ?? match[2] ?? '' });
    end = match.index + match[0].length;
  }
  return [...found, { code: false, text: markdown.slice(end) }];
}

const plain = (text: string): string =>
  text
    .replaceAll(/^(-# |- )/gm, '')
    .replaceAll(/(?<!\\)\*\*/g, '')
    .replaceAll(/\\([^\w\s])/g, '$1');

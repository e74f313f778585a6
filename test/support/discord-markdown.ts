/** What a reader sees of Discord's Markdown, and what in it does something when it is read or clicked. */
export interface ReadMarkdown {
  readonly shown: string;
  /** Mentions, links, emoji, times and formatting that nobody but Recourse may write. */
  readonly alive: readonly string[];
  readonly fences: readonly string[];
  readonly codes: readonly string[];
}

interface Token {
  readonly pattern: RegExp;
  readonly kind: 'literal' | 'fence' | 'code' | 'alive' | 'silent';
}

/**
 * The rules of Discord's clients, in the order in which they try them at each character. Written anew from the reference
 * of message formatting, so that what draws is not judged by its own table.
 */
const tokens: readonly Token[] = [
  { kind: 'fence', pattern: /```(?:[a-z0-9_+\-.#]+?\n)?\n*(?<inside>[^\n][\s\S]*?)\n*```/iy },
  { kind: 'code', pattern: /(`+)(?<inside>[\s\S]*?[^`])\1(?!`)/y },
  { kind: 'literal', pattern: /\\(?<inside>[^0-9A-Za-z\s])/y },
  { kind: 'silent', pattern: /(?:^|(?<=\n))(?:-# |- |### )/y },
  { kind: 'alive', pattern: /(?:^|(?<=\n))[^\S\n]*(?:>{1,3} |-#? |[*+] |\d+\. |#{1,3} )/y },
  { kind: 'alive', pattern: /\[[^\]\n]*\]\((?:<[^>]*>|[^)\s]*)\)/y },
  {
    kind: 'alive',
    pattern: /<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|\/[^>\n]+:\d+|id:\w+|[a-z]+:[^>\s]+)>/iy,
  },
  { kind: 'alive', pattern: /@(?:everyone|here)/y },
  { kind: 'alive', pattern: /(?:https?|steam|discord):\/\/\S|(?:mailto|tel|sms):\S/iy },
  { kind: 'alive', pattern: /:[\w+-]+:/y },
  { kind: 'silent', pattern: /\*\*/y },
  { kind: 'alive', pattern: /\*|_|~~|\|\||`/y },
];

export function readMarkdown(text: string): ReadMarkdown {
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; at += pieces.at(-1)?.source.length ?? 1) pieces.push(pieceAt(text, at));
  const insides = (kind: Token['kind']) =>
    pieces.filter((piece) => piece.kind === kind).map(({ inside }) => inside);
  return {
    shown: pieces.map(({ inside }) => inside).join(''),
    alive: pieces.filter(({ kind }) => kind === 'alive').map(({ source }) => source),
    fences: insides('fence'),
    codes: insides('code'),
  };
}

interface Piece {
  readonly kind: Token['kind'] | 'plain';
  readonly source: string;
  readonly inside: string;
}

function pieceAt(text: string, at: number): Piece {
  for (const { kind, pattern } of tokens) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) return { kind, source: match[0], inside: match.groups?.inside ?? '' };
  }
  const source = text.charAt(at);
  return { kind: 'plain', source, inside: source };
}

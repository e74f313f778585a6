/** Whether a short text of ASCII can stand in another, in small or capital letters. False only where it surely does not. */
export type MayHave = (hint: string) => boolean;

/**
 * Which pairs of characters follow each other in a text, gathered in one look: dozens of rules need some word without which
 * they cannot match, and a text seldom has all pairs of one that it has not.
 */
export function createMayHave(text: string): MayHave {
  const pairs = new Uint8Array(128 * 128);
  let before = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = small[text.charCodeAt(at)] ?? 0;
    pairs[before * 128 + code] = 1;
    before = code;
  }
  const known = new Map<string, boolean>();
  return (hint) => {
    const answer = known.get(hint) ?? pairsOf(hint).every((pair) => pairs[pair] === 1);
    known.set(hint, answer);
    return answer;
  };
}

/** ASCII in small letters; all else is one character, as which a hint has none. */
const small = Uint8Array.from({ length: 65_536 }, (_, code) => {
  if (code >= 128) return 0;
  return code >= 65 && code <= 90 ? code + 32 : code;
});

/** The pairs of a hint; of one of a single character there are none. */
function pairsOf(hint: string): readonly number[] {
  const codes = Array.from(hint, (character) => small[character.charCodeAt(0)] ?? 0);
  return codes.slice(1).map((code, at) => (codes[at] ?? 0) * 128 + code);
}

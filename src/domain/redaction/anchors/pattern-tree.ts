/** The parts of a pattern, as far as they tell what its matches are made of; what takes no room in a text is left out. */
export type PatternPart =
  | { readonly kind: 'one'; readonly characters: string | null }
  | { readonly kind: 'choice'; readonly branches: readonly PatternBranch[] }
  | { readonly kind: 'repeat'; readonly part: PatternPart; readonly least: number; readonly most: number };

export type PatternBranch = readonly PatternPart[];

interface Reader {
  readonly source: string;
  at: number;
}

/** Takes the source of a pattern apart. Of a set of characters that cannot be listed it says null. */
export function patternTree(source: string): readonly PatternBranch[] {
  return branches({ source, at: 0 });
}

function branches(reader: Reader): readonly PatternBranch[] {
  const all: PatternPart[][] = [[]];
  for (; reader.at < reader.source.length && reader.source[reader.at] !== ')'; ) {
    if (reader.source[reader.at] === '|') {
      reader.at += 1;
      all.push([]);
      continue;
    }
    const part = nextPart(reader);
    if (part) all.at(-1)?.push(repeated(reader, part));
  }
  return all;
}

/** The next part, or null where it is a condition that takes no room. */
function nextPart(reader: Reader): PatternPart | null {
  const sign = reader.source.charAt(reader.at);
  if (sign === '(') return group(reader);
  if (sign === '[') return oneOf(set(reader));
  reader.at += 1;
  if (sign === '^' || sign === '$') return null;
  if (sign === '.') return oneOf(null);
  return sign === '\\' ? escaped(reader) : oneOf(sign);
}

const oneOf = (characters: string | null): PatternPart => ({ kind: 'one', characters });

const opening = /\((?:\?(?::|<?[=!]|<\w+>))?/y;

function group(reader: Reader): PatternPart | null {
  opening.lastIndex = reader.at;
  const sign = opening.exec(reader.source)?.[0] ?? '(';
  reader.at += sign.length;
  const inside = branches(reader);
  reader.at += 1;
  return /[=!]$/.test(sign) ? null : { kind: 'choice', branches: inside };
}

const listed: Readonly<Record<string, string>> = { d: '0123456789', n: '\n', r: '\r', t: '\t', 0: '\0' };

function escaped(reader: Reader): PatternPart | null {
  const sign = reader.source.charAt(reader.at);
  reader.at += 1;
  if (/[bB]/.test(sign)) return null;
  if (sign === 'k') reader.at = reader.source.indexOf('>', reader.at) + 1;
  return oneOf(/[kswSWD1-9]/.test(sign) ? null : (listed[sign] ?? sign));
}

const brackets = /\[(\^?)((?:[^\]\\]|\\.)*)\]/y;

/** The characters between brackets; null for those of which there are many. */
function set(reader: Reader): string | null {
  brackets.lastIndex = reader.at;
  const [whole = '[', isOther, inside = ''] = brackets.exec(reader.source) ?? [];
  reader.at += whole.length;
  if (isOther || /[^\\]-[^\]]|\\[swSWD]/.test(inside.replace(/-$/, ''))) return null;
  return inside.replace(/\\(.)/g, (_all, sign: string) => listed[sign] ?? sign);
}

const quantifier = /(?:([?*+])|\{(\d+)(,?)(\d*)\})\??/y;

/** A part with what says how often it comes. */
function repeated(reader: Reader, part: PatternPart): PatternPart {
  quantifier.lastIndex = reader.at;
  if (!'?*+{'.includes(reader.source.charAt(reader.at) || ' ')) return part;
  const found = quantifier.exec(reader.source);
  if (!found) return part;
  reader.at = quantifier.lastIndex;
  const [, sign, least = '0', comma, most = ''] = found;
  if (sign) return { kind: 'repeat', part, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : 1000 };
  return {
    kind: 'repeat',
    part,
    least: Number(least),
    most: comma === ',' ? Number(most || 1000) : Number(least),
  };
}

/** Random numbers in [0, 1), as `createRandom` makes them. */
type Random = () => number;

const words = [
  'summer',
  'falcon',
  'dragon',
  'winter',
  'rabbit',
  'silver',
  'harbor',
  'monkey',
  'tiger',
  'orange',
];
const weak = ['swordfish', 'letmein', 'opensesame', 'trustno', 'sunshine', 'iloveyou', 'superman', 'batman'];
const alnum = 'A-Za-z0-9';

/** The kinds of secrets that have a name; all others are patterns. */
const kinds: Readonly<Record<string, (random: Random) => string>> = {
  pw: (random) => withDigit(random, fill(random, `[${alnum}]{${10 + Math.floor(random() * 5)}}`)),
  strong: (random) =>
    withDigit(random, fill(random, `[${alnum}]{4}[!%+^~_.-][${alnum}]{3}[!%+^~_.-][${alnum}]{3}`)),
  tough: (random) =>
    withDigit(random, fill(random, `[${alnum}]{3}[$&;#*(][${alnum}]{3}[|<>)=,][${alnum}]{3}[!?@]`)),
  human: (random) =>
    `${capital(pick(random, words))}${1970 + Math.floor(random() * 60)}${pick(random, ['!', '', '#', '_x'])}`,
  plain: (random) => pick(random, weak),
  phrase: (random) => [1, 2, 3, 4].map(() => pick(random, words)).join(' '),
  basic: (random) => base64(`admin:${fill(random, `[${alnum}]{12}`)}`),
  b64pw: (random) => base64(fill(random, `[${alnum}]{13}`)),
  b64pem: (random) => base64(`-----BEGIN PRIVATE KEY-----\n${body(random, '\n')}\n-----END`),
  jwt: (random) =>
    [
      { alg: 'HS256', typ: 'JWT' },
      { sub: 'ops', exp: 1_700_000_000 },
    ]
      .map((part) => base64(JSON.stringify(part)).replace(/=+$/, ''))
      .concat(fill(random, `[${alnum}_-]{43}`))
      .join('.'),
  pem: (random) => body(random, '\n'),
  'pem:2': (random) => body(random, '\n  '),
  'pem:4': (random) => body(random, '\n    '),
  'pem:6': (random) => body(random, '\n      '),
  pemjson: (random) => body(random, '\\n'),
  ovpn: (random) => [1, 2, 3, 4].map(() => fill(random, '[0-9a-f]{32}')).join('\n'),
};

/**
 * A secret of a kind, or of a pattern in a small part of the language of regular expressions: letters, `\` and a
 * character, classes, and a count `{n}` behind a class. Secrets in files are patterns, so that none lies in the repository.
 */
export function makeSecret(kind: string, random: Random): string {
  return (kinds[kind] ?? ((given) => fill(given, kind)))(random);
}

function fill(random: Random, pattern: string): string {
  return pattern.replace(
    /\[((?:\\.|[^\]])+)\](?:\{(\d+)\})?|\\(.)/g,
    (_all, set?: string, count?: string, plain?: string) =>
      set === undefined ? (plain ?? '') : characters(random, set, Number(count ?? 1)),
  );
}

function characters(random: Random, set: string, count: number): string {
  const all = set.replace(/(.)-(.)/g, (_range, from: string, to: string) =>
    Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, i) =>
      String.fromCharCode(from.charCodeAt(0) + i),
    ).join(''),
  );
  return Array.from({ length: count }, () => pick(random, [...all])).join('');
}

function body(random: Random, between: string): string {
  return [64, 64, 64, 64, 24].map((length) => fill(random, `[${alnum}+/]{${length}}`)).join(between);
}

const withDigit = (random: Random, text: string) =>
  /\d/.test(text) ? text : `${text}${Math.floor(random() * 10)}`;
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

function pick<T>(random: Random, from: readonly T[]): T {
  const picked = from[Math.floor(random() * from.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}

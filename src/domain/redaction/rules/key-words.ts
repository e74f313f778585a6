/**
 * How much a name tells about its value: a `password` is one whatever it looks like; a `token` or `secret` may
 * also be the name of a thing (`secret: web-tls`); a `key` or `code` is secret only when it looks random.
 */
export type KeyStrength = 'password' | 'token' | 'key';

/** The last word of a name, in the order in which they are tried. */
const words: readonly (readonly [KeyStrength, string])[] = [
  ['key', 'secret[-_]?id'],
  ['password', 'pass(?:word|wd|wort|wört|phrase|code)|passw|kennwort|requirepass|masterauth|bindpw|rootpw'],
  [
    'password',
    'secret[-_. ]?access[-_. ]?key|snmp[-_. ]?community|pre-?shared-?key|preshared[-_]?key|redis(?:cli)?_auth|become[-_]?pass|auth[-_]?pass',
  ],
  [
    'password',
    '(?:store|key|trust|root|admin|user|db|smtp|mail|imap|proxy|ssh|ftp|sudo|remote|local|bind|login|ldap|http|mysql|vpn|wifi|repl|service)[-_]?pass',
  ],
  ['token', 'secret|(?:root[-_])?token[-_]id|token|credentials?'],
  [
    'token',
    '(?:api|access|secret|sec|private|auth|encryption|signing|account|shared|master|storage|licen[cs]e|webhook|deploy|app|application|client|subscription|integration|instrumentation|service|server|session|unseal|recovery|security|ingest|write|admin|hmac|aes|jwt|wep|consumer|functions?|object|event)[-_. ]?keys?',
  ],
  [
    'token',
    'saml[-_]?(?:response|assertion)|auth[-_]?tok(?:en)?|_auth|jsessionid|phpsessid|session[-_]?(?:id|token|key)|x-amz-signature',
  ],
  ['password', 'pass|pwd|pw|psk'],
  [
    'key',
    'key|sig|signature|code|sid|session|auth|encrypt|cookie|salt|otp|pin|nonce|seed|mnemonic|login|appid',
  ],
];

/** Behind the word and still part of the name: `password_hash`, `SECRET_KEY_BASE`, `api_key_2`, `Unseal Key 1`. */
const suffix =
  '(?:[-_. ]?(?:hash|base|value|plain|clear|raw|b64|base64|string|data|pem|content|prod|dev|test|old|new|\\d{1,2})){0,2}';

/** A name's last words, from the one that makes it the name of a secret; the first group is that one. */
export const keyPattern = `(${words.map(([, word]) => word).join('|')})${suffix}`;

const strengths = words.map(([strength, word]) => [strength, new RegExp(`^(?:${word})$`, 'i')] as const);
const known = new Map<string, KeyStrength>();

/** The strength of a word that `keyPattern` found. */
export function strengthOf(word: string): KeyStrength {
  const found = known.get(word);
  if (found) return found;
  const lower = word.toLowerCase();
  const strength = known.get(lower) ?? strengths.find(([, pattern]) => pattern.test(lower))?.[0] ?? 'key';
  // There are only so many words, so this does not grow.
  known.set(lower, strength);
  return strength;
}

const anywhere =
  /^(?:pass(?!$)|secret|token|credential|kennwort|requirepass|masterauth|bindpw|rootpw|jsessionid)/i;

/** Short words count only where a name begins, or behind `_`, `-`, `.`, or a change of case: `dbPw`, not `compass`. */
export function isOwnWord(before: string, word: string): boolean {
  const last = before.charCodeAt(before.length - 1) | 0x20;
  if (before === '' || last < 97 || last > 122 || anywhere.test(word)) return true;
  return /[a-z]$/.test(before) && /^[A-Z]/.test(word);
}

/** Words that make a name that ends like one of a secret harmless: cursors, kinds of keys, identifiers. */
const harmless = new Set(
  `amz next page paging pagination continuation continue sync cancellation resume scroll eos bos pad unk stop start end
   primary foreign partition sort cache dedup dedupe idempotency hash range public pub host object map row lock shift hot
   index lookup group join config label annotation metric tag message kms ssh zip country post postal area status exit
   error return response reason source qr bar event state lang currency color result code rsa translation unique natural
   composite surrogate leaf trace work socket accept`.split(/\s+/),
);

/** Whether what stands before the word makes a name that is known to hold no secret: `next_token`, `exit code`. */
export function isHarmlessName(before: string, strength: KeyStrength): boolean {
  return strength !== 'password' && harmless.has(lastWord(before));
}

/** The last word of a name, in small letters: `page` of `X-Next-Page-` and of `nextPage`. */
function lastWord(before: string): string {
  const end = /[-_. ]$/.test(before) ? before.length - 1 : before.length;
  let start = end;
  while (start > 0 && isLetter(before.charCodeAt(start - 1))) {
    start -= 1;
    const isHump = before.charCodeAt(start) < 97 && before.charCodeAt(start + 1) >= 97;
    if (isHump) break;
  }
  return before.slice(start, end).toLowerCase();
}

/** Whether a code is that of a letter of ASCII. */
export function isLetter(code: number): boolean {
  return (code | 0x20) >= 97 && (code | 0x20) <= 122;
}

/** The characters of a name: `isOfName[code]` is 1. */
export const isOfName = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(/[\w.-]/.test(String.fromCharCode(code))),
);

const wholeName = new RegExp(`${keyPattern}$`, 'i');

/** The strength of a whole name (`DB_PASSWORD`, `spring.redis.password`); null when it is no name of a secret. */
export function strengthOfName(name: string): KeyStrength | null {
  // Every such word ends with a letter or a digit, so most texts that are no name need not be searched.
  if (!/[a-z0-9]/i.test(name.slice(-1))) return null;
  const found = wholeName.exec(name);
  if (!found) return null;
  const before = name.slice(0, found.index);
  const strength = strengthOf(found[1] ?? '');
  return isOwnWord(before, found[0]) && !isHarmlessName(before, strength) ? strength : null;
}

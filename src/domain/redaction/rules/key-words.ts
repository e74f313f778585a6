import { createWordList } from './word-list.ts';

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
  ['token', 'secret|(?:root[-_])?token[-_]id|token|credentials?|jfrog-art-api'],
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

/**
 * Short words count only where a name begins, or behind `_`, `-`, `.`, or a change of case: `dbPw`, not `compass`. `at` is where the
 * word begins in the text.
 */
export function isOwnWord(text: string, at: number, word: string): boolean {
  const last = at === 0 ? 0 : text.charCodeAt(at - 1);
  if (!isLetter(last) || anywhere.test(word)) return true;
  return last >= 97 && /^[A-Z]/.test(word);
}

/** Words that make a name that ends like one of a secret harmless: cursors, kinds of keys, identifiers. */
const isHarmless = createWordList(
  `amz next page paging pagination continuation continue sync cancellation resume scroll eos bos pad unk stop start end
   primary foreign partition sort cache dedup dedupe idempotency hash range public pub host object map row lock shift hot
   index lookup group join config label annotation metric tag message kms ssh zip country post postal area status exit
   error return response reason source qr bar event state lang currency color result code rsa translation unique natural
   composite surrogate leaf trace work socket accept`,
);

/** Longer than each of them, so that no more of a text is read. */
const longestHarmless = 24;

/**
 * Whether what stands before the word at an index makes a name that is known to hold no secret: `next_token`, `exit code`; by the last
 * word there, as `page` of `X-Next-Page-` and of `nextPage`.
 */
export function isHarmlessName(text: string, at: number, strength: KeyStrength): boolean {
  if (strength === 'password' || at === 0) return false;
  const end = isJoint[text.charCodeAt(at - 1)] === 1 ? at - 1 : at;
  const first = Math.max(0, end - longestHarmless);
  let start = end;
  while (start > first && isLetter(text.charCodeAt(start - 1))) {
    start -= 1;
    const isHump = start + 1 < end && text.charCodeAt(start) < 97 && text.charCodeAt(start + 1) >= 97;
    if (isHump) break;
  }
  return isHarmless(text, start, end);
}

const isJoint = Uint8Array.from({ length: 128 }, (_, code) =>
  Number('-_. '.includes(String.fromCharCode(code))),
);

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
  const strength = strengthOf(found[1] ?? '');
  const isMeant = isOwnWord(name, found.index, found[0]) && !isHarmlessName(name, found.index, strength);
  return isMeant ? strength : null;
}

import { type Anchor, anchor } from '../anchors/anchor.ts';
import { allMatches, matchesIn } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { findChosenWords } from './chosen-words.ts';
import { isHarmlessName, isLetter } from './key-words.ts';
import { createNearbyWord } from './nearby-word.ts';
import { createWordReader, type Value } from './read-value.ts';
import {
  isCommonWord,
  isReference,
  looksLikePassword,
  looksLikeStrongPassword,
  looksRandom,
} from './value-shapes.ts';

const nouns =
  '(?:pass[ -]?(?:words?|phrase|code)|passwd|pwd|pw|p/w|pass|passwort|passwörter|kennwort|mot de passe|mdp|contraseña|senha|wachtwoord|pin|login|creds|credentials|zugangsdaten|anmeldedaten|token|secret|(?:api|access|secret|license)[- ]?key|schlüssel|key|community string|snmp (?:community|string)|psk|PGPASSWORD|MYSQL_PWD|DB_PASSWORD)';
const password = '(?:pass[ -]?(?:words?|phrase|code)|passwd|pwd|pw|passwort|kennwort|pass)';
const between =
  "(?:[ \\t]{1,4}\\([^()\\n]{1,160}\\)|[ \\t]{1,4}(?:for|of|on|to|from|at|in|für|von|auf|vom|der|des|zum|zur|am)(?:[ \\t]{1,4}[\\w.@/'-]{1,48}){1,4}?){0,2}";
const verb =
  "(?:'s|[ \\t]{1,4}(?:is|was|are|lautet|ist|war|sind|est|es|é|should be|would be|will be|must be|has been set to|set to|changed to|reset to|to|auf|=|:|->|=>|→|is now|is still|ist jetzt):?)[ \\t]{1,4}(?:now[ \\t]|still[ \\t]|just[ \\t]|jetzt[ \\t]|set to[ \\t]|changed to[ \\t]|reset to[ \\t]|back to[ \\t]|probably[ \\t]|currently[ \\t]|nun[ \\t]|noch[ \\t]|neu[ \\t])?";

/** "the password of db-01 is …", "das Passwort lautet …", "Password for x: …". */
const said = anchor(
  new RegExp(`\\b(?<!checksum/)${nouns}${between}(?:${verb}|[ \\t]?:[ \\t]{1,4})(?=\\S)`, 'gi'),
);

/** "pw root: …", "PASSWORD elastic = …": between the noun and the sign stands whose it is. */
const titled = anchor(
  new RegExp(
    `\\b(?:${password}|mdp|mot de passe|contraseña|senha)[ \\t]{1,4}[\\w.@-]{2,32}[ \\t]?[:=][ \\t]{1,4}(?=\\S{6})`,
    'gi',
  ),
);

/** "try … as password", "set it to …", "from … to …", with the noun in the same line. */
const given = anchor(
  /\b(?:(?:use|using|with|try|mit|nimm|nutze|via)(?:[ \t](?:the|this|that|my|dem|den|das))?[ \t](?:new[ \t])?(?:token|password|passwort|kennwort|pw|pass|pin|key|api[- ]?key|secret)|try|use|using|with|set(?: (?:it|this|that|them|both|all))?(?: back)? to|reset(?: it)?(?: back)? to|changed? (?:it|them)?(?: back)?(?: from)?(?: to)?|from|to|auf|it's|its|it is|with token|mit|nimm|take|enter|type|typed|tried|temp(?:orary)?|is|was)[ \t]{1,4}(?=\S{6})/gi,
);

/** "admin / …", "root:…": an account and its password. */
const account = anchor(
  /(?<![\w./:@-])(?:root|admin|administrator|sa|postgres|oracle|user|ops|guest|service|ubuntu|pi|operator|monitor|deploy|backup|test|support|manager|sysadmin|ec2-user|elastic|ADMIN|USERID|calvin)(?:[ \t]\/[ \t]|\/|:|[ \t]:[ \t]|[ \t]-[ \t]|, )(?=[^\s/:])/gi,
);

/** "creds: monitor / …", "admin login is jane / …": between the noun and the secret stands any account. */
const anyAccount = anchor(
  /\b(?:creds|credentials|login|log in|zugangsdaten|anmeldedaten|auth|wi-?fi|wlan|ssid)\b[^\n:/]{0,40}?(?::|=|[ \t]is|[ \t]are|[ \t]sind|[ \t]with|[ \t]as|[ \t]mit)[ \t]{1,4}["'`]?[\w.@-]{2,40}[ \t](?:\/|and|und)[ \t](?=\S{4})/gi,
);

/** "try jane:…", "log in with jane:…": any account, because such a password is one beyond doubt. */
const tried = anchor(
  /\b(?:try|use|log ?in(?: as| with)?|nimm|nutze)[ \t]{1,4}["'`]?[A-Za-z][\w.-]{1,32}:(?=[^\s:/]{8,64})/gi,
);

/** "use … for the vpn": no word says that it is a password, so only what can be nothing else counts. */
const used = anchor(
  /\b(?:use|try|nimm|nutze)[ \t]{1,4}(?=\S{8,64}[ \t](?:for|on|für|auf|an)[ \t](?:(?:the|den|dem|das|der)[ \t])?[\w.-]{2})/gi,
);

/** "token refreshed: old=… new=…": what was changed, with the noun in the same line. */
const exchanged = anchor(
  /(?<![\w.-])(?:old|new|previous|current)[=:][ \t]{0,2}(?=["']?[\w+/=.~!#$%^&*-]{8})/gi,
);

/** "u: admin p: …". */
const shortForm = anchor(/\bu(?:ser)?:[ \t]{1,4}[^\s:]{1,40}[ \t,;/]{1,4}p:[ \t]{1,4}(?=\S{4})/gi);

/** "pw?", and the next line answers. */
const asked = anchor(
  new RegExp(
    `${nouns}\\b[^\\n]{0,40}\\?[ \\t\\r]{0,4}\\n(?:[^\\n:]{1,40}:[ \\t]{1,4})?(?:[ \\t]*|[\\w.@-]{2,40}[ \\t]?[/:][ \\t]?)(?=\\S{6,64}[ \\t\\r]*$)`,
    'gim',
  ),
);

/** "api key for datadog …", "secret …": with no verb, only what was drawn at random and is no commit or digest. */
const named = anchor(
  new RegExp(
    `\\b(?:(?:api|access|secret|license|auth)[- ]?key|token|secret|key|pat)${between}[ \\t]{1,4}(?=["'\`]?[\\w+/=.~-]{20})`,
    'gi',
  ),
);

const nearby = anchor(
  new RegExp(
    `\\b${password}\\b|\\bcreds?\\b|\\bcredentials?\\b|\\btoken\\b|\\b(?:api|access)[- ]key\\b|\\bsecret\\b|zugangsdaten|\\blog(?:ged)? ?in\\b|\\bpin\\b|\\bcode\\b`,
    'gi',
  ),
);

/** How far from such a sentence the noun may stand. */
const near = 80;

/** Secrets that people tell each other in English and German. Plain words ("is required", "to production") are none. */
export function findSentences(text: string, scan: Scan): readonly Span[] {
  const noun = createNearbyWord(text, () => allMatches(text, scan, nearby), near);
  return [
    ...toldBehind(text, scan, said, isTold, (match) => !isKeyOfOther(text, match)),
    ...toldBehind(text, scan, given, isGiven, (match) => isSetting(match[0]) || noun.isNear(match.index)),
    ...toldBehind(text, scan, titled, isGiven),
    ...toldBehind(text, scan, account, isOfAccount),
    ...toldBehind(text, scan, anyAccount, isTold),
    ...toldBehind(text, scan, tried, isChosenPair),
    ...toldBehind(text, scan, used, isUnmistakable),
    ...toldBehind(text, scan, exchanged, isExchanged, (match) => noun.isNear(match.index)),
    ...toldBehind(text, scan, shortForm, isTold),
    ...(text.includes('?') ? toldBehind(text, scan, asked, isAnswer) : []),
    ...toldBehind(text, scan, named, isDrawn, (match) => !isKeyOfOther(text, match)),
    ...findChosenWords(text, scan, noun),
    ...toldBehind(text, scan, shortCode, isShortCode),
  ];
}

/** The secrets behind every match that is meant; read in one loop, because a text may hold a hundred thousand. */
function toldBehind(
  text: string,
  scan: Scan,
  beginning: Anchor,
  isSecret: Judge,
  isMeant: (match: RegExpExecArray) => boolean = () => true,
): readonly Span[] {
  const spans: Span[] = [];
  const readWord = createWordReader(text);
  const next = matchesIn(text, scan, beginning);
  for (let match = next(); match; match = next()) {
    const at = match.index + match[0].length;
    if (isPlainWordAt(text, at)) continue;
    const value = isMeant(match) ? readWord(at) : null;
    const span = value ? tell(text, match, value, isSecret) : null;
    if (span) spans.push(span);
  }
  return spans;
}

/** "public key: …", "primary key is …". */
function isKeyOfOther(text: string, match: RegExpExecArray): boolean {
  return (
    // The second letter tells most nouns apart before the pattern does.
    'eEcCiI'.includes(match[0].charAt(1)) &&
    /^(?:key|schlüssel|pin)/i.test(match[0]) &&
    isHarmlessName(text, match.index, 'key')
  );
}

/**
 * Whether a word of up to 15 letters stands there up to a blank, which no judge takes for a secret: most of what stands there is the
 * next word of the sentence.
 */
function isPlainWordAt(text: string, at: number): boolean {
  let end = at;
  while (end < at + 16 && isLetter(text.charCodeAt(end))) end += 1;
  if (end === at || end === at + 16) return false;
  while (isStop[text.charCodeAt(end)] === 1) end += 1;
  const code = text.charCodeAt(end);
  return code === 32 || code === 10 || Number.isNaN(code);
}

const isStop = Uint8Array.from({ length: 128 }, (_, code) =>
  Number('.,;:)'.includes(String.fromCharCode(code))),
);

/** The same of a word that was read up to what ends it there. */
function isPlainWord(word: string): boolean {
  return word !== '' && isPlainWordAt(word, 0);
}

/** How sure it is that the value is a secret, seen where it stands. */
type Judge = (word: string, value: Value, text: string) => boolean;

function tell(text: string, match: RegExpExecArray, value: Value, isSecret: Judge): Span | null {
  if (!value.isQuoted && isPlainWord(value.text)) return null;
  const word = value.isQuoted ? value.text : withoutStop(value.text);
  const from = accountBefore(match[0], word);
  const secret = word.slice(from);
  // `creds: bob:letmein`: no sentence joins two words so.
  const isPair = from > 0 && word[from - 1] === ':' && !/login/i.test(match[0]);
  if (!isPair && !isSecret(secret, value, text)) return null;
  if (isReference(secret) || isCommonWord(secret)) return null;
  return { start: value.start + from, end: value.start + word.length };
}

/** A word without what ends its sentence. */
function withoutStop(word: string): string {
  let end = word.length;
  while (end > 0 && '.,;:)'.includes(word.charAt(end - 1))) end -= 1;
  return word.slice(0, end);
}

/** The length of `admin/` in "creds: admin/…", where only the second half is secret. */
function accountBefore(said: string, word: string): number {
  if (!/[:/]/.test(word) || !/creds|credential|login|daten/i.test(said)) return 0;
  return /^[\w.@-]{2,32}(?::(?=[^/:]{5})|\/(?=[^/:]{6}))/.exec(word)?.[0].length ?? 0;
}

const isTold: Judge = (word, value) =>
  value.isQuoted
    ? word.length >= 4
    : !/^[a-z_]{2,}=[^=]/.test(word) &&
      (looksLikePassword(word) || /^\d{4,8}$/.test(word) || looksRandom(word));

const isGiven: Judge = (word, value) =>
  (value.isQuoted && looksLikePassword(word)) ||
  looksLikeStrongPassword(word) ||
  (looksRandom(word) && !/^[0-9a-f-]{36}$/.test(word));

const isAnswer: Judge = (word) =>
  looksLikeStrongPassword(word) || (looksLikePassword(word) && /\d/.test(word) && !/[/@]/.test(word));

const isDrawn: Judge = (word) =>
  looksRandom(word) && !/^\w+=[^=]|^(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{8}-.*)$|^[a-z]+:/.test(word);

const isOfAccount: Judge = (word) =>
  looksLikePassword(word) &&
  !/[:/]|@[\w-]+[.:]/.test(word) &&
  /[A-Z]|[!#$%^&*+?~]/.test(word) &&
  /\d/.test(word);

const isChosenPair: Judge = (word) => looksLikeStrongPassword(word) && !/[@/=]/.test(word);

/** "reset it to …": what is set to such a word needs no name. */
const isSetting = (said: string): boolean =>
  /set (?:it|this|that|them|both|all)|changed? (?:it|them)/i.test(said);

/** With a sign inside that no name, version or range has. */
const isUnmistakable: Judge = (word) => looksLikeStrongPassword(word) && /\w[!#$%^&*?~]\w/.test(word);

const isExchanged: Judge = (word, value, text) => looksLikeStrongPassword(word) || isDrawn(word, value, text);

const shortCode = anchor(
  /\b(?:2fa|mfa|otp|totp|one[- ]time|verification|backup|recovery|login|sms|auth|alarm|door|unlock)[ -]?(?:codes?|pin|token|password)?(?:[ \t](?:is|was|ist|lautet))?[ \t]{0,2}[:=]?[ \t]{1,4}(?=\d{6,8}\b)/gi,
);

const isShortCode: Judge = (word) => /^\d{6,8}$/.test(word);

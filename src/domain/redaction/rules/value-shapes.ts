import { createWordList } from './word-list.ts';

/** A value that names a secret, fetches it, or stands for one that is not there: those that begin with a sign. */
const signs = anyOf([
  // Variables and templates of shells, CI systems, Helm, Terraform, Windows, printf and SQL.
  /^\$\{?[A-Za-z_][\w.:-]*\}?(?:\/[a-z._-]+)*\/?$/,
  /^\$(?:[({]|__\w+\{|env:|\d$|[@#*?!]$)/,
  /^%(?:[A-Za-z_]\w*%|[({]|s$)/,
  /^(?:\{(?!S?SHA|SSHA|CRYPT|PBKDF|MD5|SMD5)|\{\{|<|\[|!(?:vault|secret|reference|Ref|Sub|GetAtt|env|ENV)|\?$|:\w+$|@\w+$|[~|>][-+]?$|\.\*)/,
  /^(?:\.{0,2}|~)\/[\w.@-]+(?:\/|$|\.)/,
  /^[^A-Za-z0-9]*$/,
  /^\((?:[A-Za-z][\w -]*\)?\W?$|[\w.]+\(|\()/,
]);

/** The same, those that begin with a letter. */
const names = anyOf([
  // Addresses of secrets in stores, and files.
  /^(?:ENC[[(]|vault:|awssm:|awsssm:|ssm:|op:|sops:|gcpsm:|azkv:|akv:|arn:aws|ref\+|file:|env:|fd:|secretKeyRef|valueFrom|keyring:|https?:\/\/|projects\/|bao:)/,
  // What Sealed Secrets encrypted.
  /^Ag[A-D][A-Za-z0-9+/]{60}/,
  // Code that fetches or computes the value.
  /^(?:os|process|env|config|cfg|conf|settings|self|this|props|var|vars|local|each|module|data|req|request|args|opts|options|params|ctx|secrets|app|params|System|Environment|random_password|aws_\w+|azurerm_\w+|google_\w+|vault_\w+|kubernetes_\w+)\.(?=[A-Za-z_])/,
  /^[A-Za-z_][\w.]*(?:\((?:[^()]*\)[\w.()]*;?)?|\[["'].*)$/,
  /^[a-z_][\w.]*(?:\([a-z_][\w.]*|\([[{]|\[:?[a-z_]\w*)$/,
  // Cmdlets of PowerShell that ask for it or fetch it.
  /^(?:ConvertTo|ConvertFrom|Read|Get|Import)-(?:[A-Z][a-z]+){1,4}$/,
  // What stands where somebody took a secret out.
  /^[xX]{3,}$/,
]);

/** Of those the ones that letters and digits alone can be, which most values are: without the others each is read only once. */
const words = /^(?:secretKeyRef|valueFrom|Ag[A-D][A-Za-z0-9]{60}|[xX]{3,}$)/;
const isWord = /^\w+$/;

function anyOf(patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'));
}

const placeholder =
  /^(?:change[-_ ]?me.*|replace[-_ ]?(?:me|with|this).*|(?:(?:your|insert|enter)[-_ ]?|(?:my|our|some|the|a|an|any|fake|dummy|sample|example|put|set|add|paste|use|new|old)[-_])[\w -]{0,40}?(?:here|password|passwd|pass|token|secret|key|value|credential)s?(?:[-_ ](?:here|value|goes here|123|1))?|example|sample|dummy|placeholder|todo|tbd|tba|fixme|redacted|masked|hidden|filtered|removed|omitted|secret|password|passwd|pass|pwd|token|api[-_]?key|credentials?|n\/a|string|key|value|unknown)[>\]}]?$/i;

/** Whether a value stands for a secret without telling it: `$DB_PASSWORD`, `{{ vault_pw }}`, `<password>`, `changeme`. */
export function isReference(value: string): boolean {
  const head = value.slice(0, longestReference);
  if (/^[A-Za-z]/.test(head)) return (isWord.test(head) ? words : names).test(head) || placeholder.test(head);
  return !/^\d/.test(head) && (signs.test(head) || names.test(head));
}

/** No reference is longer, and a value that is need not be read to its end. */
const longestReference = 256;

/** Words that stand behind a colon in sentences, logs, schemas and forms. */
const isOfWords = createWordList(
  `null nil none true false undefined empty unset missing required optional invalid incorrect wrong expired expires
   revoked rotated changed updated reset failed failure error ok valid accepted rejected denied mismatch not no yes must
   should is was has may can the a an string str text bool boolean int integer number varchar char bytes any object array
   hidden masked redacted removed omitted default disabled enabled file from in for please enter auto env prompt ask
   nan unknown never always on off bearer basic digest plain ldap pam peer trust md5 sha1 sha256 sha512 bcrypt argon2
   scram-sha-256 sufficient requisite prohibit-password without-password generated random managed encrypted str? string?
   leer falsch fehlt abgelaufen ungültig geändert ist wurde vault secret password`,
);

/** Whether a value is a word that people and schemas write behind a name, not what is named. */
export function isCommonWord(value: string): boolean {
  return isCommonWordAt(value, 0, value.length);
}

/** The same of a piece of a text. */
export function isCommonWordAt(text: string, start: number, valueEnd: number): boolean {
  let end = valueEnd;
  while (end > start && endsSentence(text.charCodeAt(end - 1))) end -= 1;
  return isOfWords(text, start, end);
}

/** `.`, `,`, `;`, `:`, `!` and `?`. */
const endsSentence = (code: number): boolean =>
  code === 46 || code === 44 || code === 59 || code === 58 || code === 33 || code === 63;

/** `db-creds`, `app/db`, `istio-system/web-cert`: the name of a thing. */
export function looksLikeName(value: string): boolean {
  if (value.length >= 64 || !/^[a-z]+(?:[-._/:][a-z0-9]+)*$/i.test(value)) return false;
  const isOfYear = /[-._](?:19|20)\d\d/.test(value);
  return !/[a-z][A-Z]|\d{3}/.test(isOfYear ? value.replace(/[-._](?:19|20)\d\d(?=[-._]|$)/g, '') : value);
}

/** Long and mixed enough to have been drawn at random, as keys are. */
export function looksRandom(value: string): boolean {
  if (value.length < 16 || /[\s:@]/.test(value)) return false;
  if (/^[0-9a-f]+$/i.test(value)) return value.length >= 20 && /\d/.test(value) && /[a-f]/i.test(value);
  if (!/\d/.test(value))
    return value.length >= 24 && (value.match(/[a-z][A-Z]|[A-Z][a-z]/g) ?? []).length >= 8;
  return /[A-Za-z]/.test(value) && !/^[a-z]+(?:[-_./][a-z0-9]+)+$/.test(value);
}

/** Names of algorithms, versions and machines, which mix letters and digits as passwords do. */
const technical =
  /^(?:v?\d+(?:\.\d+)*[a-z]?|(?:sha|md|v|pbkdf|ipv|utf|base|oauth|scram|aes|rsa|tls|ssl|log4j|ec|h|p|s|k|http|x|es|s3|ntlm|ssh|iso|rfc|cve|vlan|eth|wlan|web|db|app|node|host|srv|srv-|vm|port|pid|uid|gid|step|line|row|col|id)[-_]?\d[\w.-]*|\d+(?:[smhdwy]|ms|[kmgt]i?b?|st|nd|rd|th|x|%)|[\d.,:/-]+[A-Z]?)$/i;

/** Digits and letters of both cases by turns, as no name of a machine or version has them. */
const mixed = /^(?=.{0,30}\d[A-Za-z]{1,30}\d)(?=.{2,30}[A-Z])(?=.{0,30}[a-z])[A-Za-z0-9]{8,32}$/;

/**
 * As people choose passwords: one word with letters and digits, or with signs inside. Machine and package names,
 * versions, times, addresses and paths are none.
 */
export function looksLikePassword(value: string): boolean {
  if (value.length < 6 || value.length > 128) return false;
  // What settles most words of a sentence comes first.
  if (!/\d/.test(value) && !/[A-Za-z\d][!$%^&*+?#~][A-Za-z\d]/.test(value)) return false;
  if (!/[A-Za-z]/.test(value) || /[:=/\\]{1,2}[A-Za-z/]|\.[a-z]{2,4}$|\(\)|^[@#<-]/.test(value)) return false;
  if (technical.test(value) && !mixed.test(value)) return false;
  return !/^[a-z]+(?:[-_.][a-z0-9]+)+$|^[A-Za-z]+\(\d/.test(value);
}

/** A password beyond doubt, also where nothing but a word nearby says so: capitals, small letters and digits. */
export function looksLikeStrongPassword(value: string): boolean {
  if (!looksLikePassword(value) || value.length < 8 || value.length > 64) return false;
  if (!/^[\w!#$%^&*+?.~@-]+$/.test(value) || /^[0-9a-f-]+$/i.test(value)) return false;
  if (/^[A-Z]?[a-z]+(?:[A-Z][a-z]+)+\d{0,3}$/.test(value) || /^[A-Z]+-\d+$/.test(value)) return false;
  return /[A-Z]/.test(value) && /[a-z]/.test(value) && /\d/.test(value);
}

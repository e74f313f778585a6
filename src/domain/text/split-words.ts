/**
 * One word as somebody wrote it, and what it is found by.
 *
 * `parts` are lower-case words: `KubePodCrashLooping` → kube pod crash looping. `whole` is the unsplit form of an
 * identifier (`kubepodcrashlooping`), null where there is nothing to split. An `instance` names one machine,
 * address, count or object (`demo-web-01`, `10.0.3.21`, `64.22%`): it says where, not what is wrong.
 */
export interface Word {
  readonly text: string;
  readonly parts: readonly string[];
  readonly whole: string | null;
  readonly kind: 'plain' | 'instance';
}

/**
 * Letters and digits, joined by the marks that identifiers, versions and contractions use. A slash parts: of
 * `payments/ingester-3` and `node-exporter/10.0.12.7:9100` one half may say what and the other where.
 */
const chunk = /[\p{L}\p{N}]+(?:[._:'’@-]+[\p{L}\p{N}]+)*%?/gu;
/** `OOMKilled` → OOM Killed, `Http5xxErrors` → Http 5xx Errors, `KubeVMs` → Kube VMs, `etcdNoLeader` → etcd No Leader. */
const camelPart =
  /\p{Lu}{2,}s(?!\p{Ll})|\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\d+(?:x+|\p{Ll}+(?=\p{Lu}|$))?|[\p{L}\p{N}]+/gu;
const hasCamel = /\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}{2}|\p{Lu}\d+\p{Lu}/u;
const separators = /[._:'’@%-]+/u;
/** What most words of a text are: nothing to split, nothing to normalise but the first letter, and no instance. */
const plainWord = /^[A-Z]?[a-z]+$/u;
const longest = 64;

/** The words of a text in order. Linear in its length; single characters and words over 64 characters are left out of `parts`. */
export function splitWords(text: string): readonly Word[] {
  return (text.match(chunk) ?? []).map(readWord);
}

function readWord(text: string): Word {
  return plainWord.test(text)
    ? { text, parts: [text.toLowerCase()].filter(isUseful), whole: null, kind: 'plain' }
    : readComposed(text);
}

function readComposed(text: string): Word {
  const pieces = text.split(separators).filter((piece) => piece !== '');
  const parts = pieces.flatMap(splitCamel).map(normalise).filter(isUseful);
  return { text, parts, whole: wholeOf(text, pieces, parts), kind: isInstance(text) ? 'instance' : 'plain' };
}

function splitCamel(piece: string): readonly string[] {
  return hasCamel.test(piece) ? (piece.match(camelPart) ?? []) : [piece];
}

/** Identifiers keep their unsplit form: it is what tells `KubeNodeNotReady` from four common words. */
function wholeOf(text: string, pieces: readonly string[], parts: readonly string[]): string | null {
  const isIdentifier =
    pieces.some((piece) => hasCamel.test(piece)) || /[\p{L}\p{N}][._][\p{L}\p{N}]/u.test(text);
  const whole = normalise(text.replace(/%$/u, ''));
  return isIdentifier && isUseful(whole) && parts[0] !== whole ? whole : null;
}

const normalise = (part: string): string => part.normalize('NFKC').toLowerCase();

/** Some letters are normalised into several words; those are no words of anybody's question. */
const isUseful = (part: string): boolean => part.length > 1 && part.length <= longest && !/\s/u.test(part);

const httpError = /^[45]\d\d$/u;
const instanceForms: readonly RegExp[] = [
  /^[\d.:]+%?$/u, // counts, addresses, versions, times
  /^\d+(?:\.\d+)?(?:[a-z]{1,3})%?$/iu, // 15m, 20GiB, 45.7ms
  /^(?=.*\d)[0-9a-f]{7,}$/iu, // hashes
  /^(?=.*\d)[0-9a-f]{8}-[0-9a-f-]{20,}$/iu, // UUIDs
  /^(?=.*[-.]).*\d$/u, // demo-web-01, ip-10-0-3-21, us-east-1
  /^[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*-\d+(?:[-.:].*)?$/u, // node-7.prod.example.com, web-12-sv-prod
  /^\p{L}[\p{L}\p{N}-]*-(?=[a-z]*\d)[a-z\d]{4,10}(?:-[a-z\d]{5})?$/u, // checkout-api-7d9f8b6c5-x2k4q, pvc-8c1f2d
];

function isInstance(text: string): boolean {
  if (httpError.test(text) || /^[45]xx$/iu.test(text)) return false;
  return instanceForms.some((form) => form.test(text));
}

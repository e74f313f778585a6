import type { Value } from './read-value.ts';

/** A value in its place. */
export interface Candidate {
  readonly key: string;
  /** `=`, `:`, `=>` or `:=`. */
  readonly separator: string;
  readonly value: Value;
  readonly text: string;
}

/** Values that name a secret instead of being one, or say that there is none. */
const references =
  /^(?:\$\{?[A-Za-z_]\w*\}?$|\$[({]|\{\{|\{|<|%[\w({]|\[|\*{2,}|x{3,}$|\.{3}|ENC\[|vault:|ssm:|arn:aws:|file:|secretKeyRef|valueFrom|\/run\/secrets\/|!vault|!secret|!reference|[|>][-+]?$|\?$|:\w+$|\$\d+$|%s$|@\w+$)/i;

/** Code that fetches the value: `os.environ["X"]`, `getpass()`. */
const code =
  /^(?:os\.|process\.|env\.|config\.|settings\.|self\.|this\.|props\.|var\.|local\.|data\.|module\.)/;

/** Words that stand behind a colon in sentences, logs, schemas and forms. */
const words = new Set(
  `null nil none true false undefined empty unset missing required optional invalid incorrect wrong expired expires
   revoked rotated changed updated reset failed failure error ok valid accepted rejected denied mismatch not no yes must
   should is was has may can the a an string str text bool boolean int integer number varchar bytes any object array
   hidden masked redacted removed omitted default disabled enabled file from in for please enter`.split(
    /\s+/,
  ),
);

const passwordLike = /^(?:pass|pwd|requirepass|masterauth|bindpw|rootpw|auth_?pass)/i;

/** Longer than any of the look-alikes below, so no need to look closer. */
const long = 200;

/** Judges whether what stands behind a secret's name is a secret, not a reference, a sentence or a type. */
export function isPlausibleSecret({ key, separator, value, text }: Candidate): boolean {
  if (value.text.length > long) return true;
  if (references.test(value.text) || code.test(value.text)) return false;
  if (text[value.end] === '(' || /^\w[\w.]*\(/.test(value.text)) return false;
  if (/^pwd$/i.test(key) && /^[/~]/.test(value.text)) return false;
  if (words.has(value.text.toLowerCase().replace(/[.,;:!?]+$/, ''))) return false;
  return passwordLike.test(key) || isPlausibleToken(separator, value, text);
}

/** `token` and `secret` also name resources and metric labels; random text looks different. */
function isPlausibleToken(separator: string, value: Value, text: string): boolean {
  if (/^\d{1,6}$/.test(value.text) || value.text.length < 3) return false;
  if (isInSelector(text, value.start)) return false;
  const looksLikeName = /^[a-z]+(?:[-._/][a-z0-9]+)*$/.test(value.text) && value.text.length < 40;
  if (separator === '=' && !value.isQuoted) return !(looksLikeName && /[-._/]/.test(value.text));
  return !looksLikeName;
}

/** `metric{secret="name"}` and `{token=~"…"}`: a label of a query, with the brace not far before. */
function isInSelector(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 200), at);
  const brace = before.lastIndexOf('{');
  if (brace < 0 || before.slice(brace).includes('}')) return false;
  return /^\{(?:\s*[a-zA-Z_]\w*\s*(?:=~|!~|!=|=)\s*"[^"]*"\s*,)*\s*[a-zA-Z_]\w*\s*(?:=~|!~|!=|=)\s*"$/.test(
    before.slice(brace),
  );
}

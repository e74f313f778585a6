import type { Span } from '../span.ts';
import { readValue, type Value } from './read-value.ts';

/** How a program's flag carries its secret. */
interface SecretFlag {
  /** The flag as written; what the pattern matches is left, the secret begins behind it. */
  readonly flag: RegExp;
  /** Takes the part of the value that is secret (`user:password` → from the colon on). */
  readonly from?: (value: string) => number;
}

const behindColon = (value: string) => {
  const colon = value.indexOf(':');
  return colon < 0 ? -1 : colon + 1;
};
const behindPercent = (value: string) => {
  const percent = value.indexOf('%');
  return percent < 0 ? -1 : percent + 1;
};

const attachedP: SecretFlag = { flag: /^-p(?=[^\s])/ };
const spacedP: SecretFlag = { flag: /^-p(?:[ \t]+|=)?(?=\S)/ };

/** Flags of the programs that take a secret in a flag whose name does not say so. */
const programs: Readonly<Record<string, readonly SecretFlag[]>> = {
  'mysql mysqldump mysqladmin mysqlimport mysqlshow mysqlcheck mysqlbinlog mariadb mariadb-dump mariadb-admin xtrabackup':
    [attachedP],
  sshpass: [spacedP],
  'mongo mongosh mongodump mongorestore mongostat': [spacedP],
  'docker podman nerdctl helm oc skopeo crane az buildah': [{ flag: /^-p[ \t]+(?=\S)/ }],
  'curl wget http https': [
    { flag: /^(?:-u[ \t]*|--user[ \t=]+|-U[ \t]*|--proxy-user[ \t=]+)(?=\S)/, from: behindColon },
    { flag: /^--oauth2-bearer[ \t=]+(?=\S)/ },
  ],
  'redis-cli valkey-cli': [{ flag: /^-a[ \t]*(?=\S)/ }],
  'ldapsearch ldapmodify ldapadd ldapdelete ldapwhoami ldappasswd': [{ flag: /^-[wsa][ \t]*(?=\S)/ }],
  openssl: [{ flag: /^(?:-pass(?:in|out)?[ \t]+(?:pass:)|-k[ \t]+)(?=\S)/ }],
  smbclient: [{ flag: /^-U[ \t]*(?=\S)/, from: behindPercent }],
  'zip unzip': [{ flag: /^-P[ \t]*(?=\S)/ }],
  kubectl: [{ flag: /^--from-literal[= \t]+(?=\S)/, from: (value) => value.indexOf('=') + 1 }],
};

const flagsByProgram: ReadonlyMap<string, readonly SecretFlag[]> = new Map(
  Object.entries(programs).flatMap(([names, flags]) =>
    names.split(' ').map((name): [string, readonly SecretFlag[]] => [name, flags]),
  ),
);

/** `docker -p 80:80` publishes a port: a bare `-p` means a password only behind these words. */
const needsLogin = new Set('docker podman nerdctl helm oc skopeo crane az buildah'.split(' '));

/** The program whose flags are being read. */
interface Reading {
  flags: readonly SecretFlag[];
  isLogin: boolean;
}

/** Walks the words of every line once, with the program at hand in mind. */
export function findCommandFlags(text: string): readonly Span[] {
  const spans: Span[] = [...longFlags(text), ...positional(text)];
  const words = /[^\s;|&()]+|[\n;|&()]/g;
  const reading: Reading = { flags: [], isLogin: true };
  for (let match = words.exec(text); match; match = words.exec(text)) {
    const span = readWord(text, match.index, match[0], reading);
    if (!span) continue;
    spans.push(span);
    words.lastIndex = Math.max(span.end, words.lastIndex);
  }
  return spans;
}

function readWord(text: string, at: number, word: string, reading: Reading): Span | null {
  if (word.startsWith('-')) return reading.isLogin ? secretAt(text, at, reading.flags) : null;
  const program = word.length < 64 ? word.slice(word.lastIndexOf('/') + 1) : '';
  const flags = flagsByProgram.get(program);
  if (flags) {
    reading.flags = flags;
    reading.isLogin = !needsLogin.has(program);
  } else if (word === 'login') reading.isLogin = true;
  else if (/^[\n;|&()]$/.test(word)) reading.flags = [];
  return null;
}

function secretAt(text: string, at: number, flags: readonly SecretFlag[]): Span | null {
  const head = text.slice(at, at + 80);
  for (const { flag, from } of flags) {
    const found = flag.exec(head)?.[0];
    const value = found === undefined ? null : readValue(text, at + found.length, true);
    if (value && !isReference(value)) return secretPart(value, from);
  }
  return null;
}

function secretPart(value: Value, from: SecretFlag['from']): Span | null {
  const offset = from ? from(value.text) : 0;
  return offset < 0 || offset >= value.text.length ? null : { start: value.start + offset, end: value.end };
}

function isReference(value: Value): boolean {
  return /^(?:\$[\w({]|\{\{|<|\[redacted\]|\*{2,})/.test(value.text);
}

const longFlag =
  /(?<![\w-])--?(?:[a-z0-9]+-){0,4}(?:password|passwd|passphrase|pass|token|secret|api-?key|access-?key|secret-?key|auth-?key|client-?secret)[ \t]+(?=[^\s-])/gi;

/** `--password value`, `--auth-token value` of any program (with `=` they are key and value). */
function longFlags(text: string): readonly Span[] {
  return Array.from(text.matchAll(longFlag)).flatMap((match) => {
    const value = readValue(text, match.index + match[0].length, true);
    return value && !isReference(value) ? [{ start: value.start, end: value.end }] : [];
  });
}

const positionalSecret =
  /\b(?:rabbitmqctl[ \t]+(?:-\S{1,80}[ \t]+){0,4}(?:add_user|change_password|authenticate_user)[ \t]+\S{1,80}|htpasswd[ \t]+-[a-zA-Z]{0,8}b[a-zA-Z]{0,8}[ \t]+\S{1,200}[ \t]+\S{1,80}|machine[ \t]+\S{1,200}[ \t]+login[ \t]+\S{1,200}[ \t]+password|config set requirepass|config set masterauth|(?<=redis\S{0,80}[ \t])auth)[ \t]+(?=\S)/gi;

/** Secrets that stand at a fixed place behind a word. */
function positional(text: string): readonly Span[] {
  return Array.from(text.matchAll(positionalSecret)).flatMap((match) => {
    const value = readValue(text, match.index + match[0].length, true);
    return value && !isReference(value) ? [{ start: value.start, end: value.end }] : [];
  });
}

import { anchor } from '../anchors/anchor.ts';
import { allMatches, matchesIn } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { readCommand, type ShellWord } from './shell-words.ts';
import { isReference } from './value-shapes.ts';

/** Programs that read a secret from their standard input, and flags that make others do so. */
const consumers =
  /(?:^|[\s/])(?:chpasswd|passwd|smbpasswd|vncpasswd|cryptsetup|kinit|kubeseal|secret-tool|veracrypt|su|adcli|realm)(?=\s|$)|(?:^|\s)sudo\s(?:[^|]{0,40}\s)?(?:-[a-zA-Z]{0,4}S|--stdin)\b|--(?:password-stdin|stdin-password|with-token|passphrase-fd|pass-stdin|stdin|token-stdin)\b|-pass(?:in)?\sstdin|load-key|pass\sinsert|\benv\sadd\b|elasticsearch-(?:reset-password|keystore)|\bsecrets?\s(?:set|put|create|import)\b|runas\b|--password\s*$|gcloud\ssecrets\s(?:create|versions)|keyformat=passphrase|vault\s(?:login|write|kv\sput)\b.{0,80}[\s=]-/;

const echoed = anchor(/(?<![\w-])(?:echo|printf)[ \t]/g);

/** How far a line is read for the program on the other side. */
const reach = 200;

const hereString = anchor(/(?<!<)<<<[ \t]{0,4}(?=[^\s<])/g);

/** `echo secret | sudo -S …`, `echo user:secret | chpasswd`, `passwd --stdin <<< secret`. */
export function findPipedSecrets(text: string, scan: Scan): readonly Span[] {
  return [
    ...(text.includes('|') ? findEchoed(text, scan) : []),
    ...findHereStrings(text, scan),
    ...findSubstituted(text, scan),
  ];
}

const substituted = anchor(
  /(?:pass|secret|key|token)[\w.-]{0,24}[ =](?:<\(|(["']))(?:echo|printf)(?=[ \t])/gi,
);

/** `--key-file <(echo secret)`, `--password-command 'echo secret'`. */
function findSubstituted(text: string, scan: Scan): readonly Span[] {
  return allMatches(text, scan, substituted).flatMap((match) => {
    const start = match.index + match[0].length;
    const end = match[1] === undefined ? -1 : endOfQuote(text, start, match[1]);
    return saidTo('', readCommand(end < 0 ? text : text.slice(0, end), start).words);
  });
}

/** Where a quote closes on its line that opened before an index; -1 where it stays open. */
function endOfQuote(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length && text[at] !== '\n'; at += 1) {
    if (text[at] === quote) return at;
    if (text[at] === '\\') at += 1;
  }
  return -1;
}

function findEchoed(text: string, scan: Scan): readonly Span[] {
  const spans: Span[] = [];
  const next = matchesIn(text, scan, echoed);
  let from = 0;
  for (let match = next(); match; match = next(from)) {
    const { words, end } = readCommand(text, match.index);
    from = end;
    const target = text[end] === '|' ? consumerIn(text.slice(end + 1, end + reach)) : null;
    if (target !== null) for (const span of saidTo(target, words.slice(1))) spans.push(span);
  }
  return spans;
}

/** What `echo` or `printf` writes: its words without flags; those that fill a format are secret as a whole. */
function saidTo(target: string, words: readonly ShellWord[]): readonly Span[] {
  const hasFormat = words.some(({ text }) => text.includes('%s'));
  return words
    .filter(({ text }) => !/^-[a-zA-Z]{1,3}$|%s/.test(text))
    .flatMap((word) => secretsIn(word, hasFormat ? '' : target));
}

function findHereStrings(text: string, scan: Scan): readonly Span[] {
  const spans: Span[] = [];
  let last = 0;
  const next = matchesIn(text, scan, hereString);
  for (let match = next(); match; match = next()) {
    const before = text.slice(Math.max(last, match.index - reach), match.index);
    last = match.index + match[0].length;
    const target = consumerIn(before.slice(before.lastIndexOf('\n') + 1));
    if (target === null) continue;
    for (const word of readCommand(text, last, 1).words)
      for (const span of secretsIn(word, target)) spans.push(span);
  }
  return spans;
}

/** The program that reads, up to the end of its line or the next pipe. */
function consumerIn(command: string): string | null {
  const end = command.search(/[\n|]/);
  return consumers.exec(end < 0 ? command : command.slice(0, end))?.[0] ?? null;
}

/** The parts of a word between line breaks that `echo -e` makes; behind the colon for `user:secret`. */
function secretsIn(word: ShellWord, target: string): readonly Span[] {
  const isPair = target.includes('chpasswd');
  const quoted = /^\$?["']/.test(word.text) ? /^(?:\$?(["']))(.*)\1$/s.exec(word.text) : null;
  const inner = quoted?.[2] ?? word.text;
  const offset = word.start + word.text.indexOf(inner);
  const spans: Span[] = [];
  for (const { at, text } of linesOf(inner)) {
    const colon = isPair ? text.indexOf(':') + 1 : 0;
    const secret = text.slice(colon);
    if (/^\\?n?\s*$/.test(secret) || isReference(secret) || (isPair && colon === 0)) continue;
    const start = offset + at + colon;
    spans.push({ start, end: start + secret.length });
  }
  return spans;
}

function linesOf(word: string): readonly { readonly at: number; readonly text: string }[] {
  if (!word.includes('\n') && !word.includes('\\n')) return [{ at: 0, text: word }];
  const lines = word.matchAll(/\\n|\n|(?:(?!\\n)[^\n])+/g);
  return Array.from(lines, (match) => ({ at: match.index, text: match[0] }));
}

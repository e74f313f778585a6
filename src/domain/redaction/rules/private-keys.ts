import type { Span } from '../span.ts';
import { type Line, linesFrom } from './lines.ts';

const begin =
  /-----BEGIN (?:(?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?|OpenVPN (?:Static key V\d|tls-crypt-v2 (?:client|server) key))-----/g;
/** One line of a key: base64 or hexadecimal behind what a log, a quote or an indentation puts before it. */
const bodyLine =
  /^(?:[ \t>|+-]{0,40}|"[ \t]*|[ \t]*\d{1,5}[:|][ \t]*)(?:[A-Za-z0-9+/]+={0,2}|=[A-Za-z0-9+/]{4})[ \t",+\\]{0,8}$/;

/** The fields that may stand before the body (RFC 1421, RFC 4880), with what in them is part of the encryption. */
const field = /^[ \t>|]{0,40}(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|MessageID):[^\n]{0,120}$/;
const vector = /^[ \t>|]{0,40}DEK-Info:[ \t]{0,4}[A-Z0-9-]{3,20},(?=[0-9A-F]{8})/;

/** The body in one line with the end mark behind it, and without one, where it ends with what no longer looks like a key. */
const whole = /(?:(?!-----(?:BEGIN|END) )[A-Za-z0-9+/=\s\\",:-])*(?=-----END )/y;
const cut = /(?:\\{1,3}[nr]|[A-Za-z0-9+/=]|\s(?=[A-Za-z0-9+/=]{16}))*/y;

/**
 * The bodies of PEM, OpenSSH, PGP and OpenVPN private keys and of PuTTY's, also indented, in one line with `\n` between, and
 * cut off: up to the end mark, else as far as the lines look like a key.
 */
export function findPrivateKeys(text: string): readonly Span[] {
  const spans: Span[] = [];
  begin.lastIndex = 0;
  for (let match = begin.exec(text); match; match = begin.exec(text)) {
    const start = match.index + match[0].length;
    const found = bodyOf(text, start);
    for (const span of found) spans.push(span);
    begin.lastIndex = Math.max(start, found.at(-1)?.end ?? start);
  }
  return text.includes('Private-Lines:') ? [...spans, ...findPuttyKeys(text)] : spans;
}

function bodyOf(text: string, start: number): readonly Span[] {
  if (/^[ \t\r]{0,40}\n/.test(text.slice(start, start + 48))) return readLines(text, start);
  whole.lastIndex = start;
  cut.lastIndex = start;
  const body = whole.exec(text)?.[0] ?? cut.exec(text)?.[0] ?? '';
  return trimmed(body).map((span) => ({ start: span.start + start, end: span.end + start }));
}

/** All but the line breaks at both ends, written out or as `\n`, so that the key stays in its frame. */
function trimmed(body: string): readonly Span[] {
  const start = /^(?:\\{1,3}[nr]|\s)*/.exec(body)?.[0].length ?? 0;
  const tail = body.slice(Math.max(start, body.length - 64));
  const stop = body.length - (/(?:\\{1,3}[nr]|[\s"',\\])*$/.exec(tail)?.[0].length ?? 0);
  return start < stop ? [{ start, end: stop }] : [];
}

/** From the first line of the body to the last, and the start values of an encryption before it. */
function readLines(text: string, from: number): readonly Span[] {
  const lines = [...keyLines(text, text.indexOf('\n', from) + 1)];
  const fields = lines.filter(({ kind }) => kind === 'field');
  const vectors = fields.flatMap((line) => spanBehind(line, vector.exec(line.text)?.[0].length ?? -1));
  const body = lines.filter(({ kind }) => kind === 'body');
  const [first] = body;
  const start = first ? spanBehind(first, first.text.search(/[A-Za-z0-9+/=]/))[0]?.start : undefined;
  return start === undefined ? vectors : [...vectors, { start, end: body.at(-1)?.end ?? start }];
}

interface KeyLine extends Line {
  readonly kind: 'body' | 'field' | 'blank';
}

/** The lines that belong to a key. */
function* keyLines(text: string, from: number): Generator<KeyLine, void> {
  for (const line of linesFrom(text, from)) {
    const content = line.text.trimEnd();
    const kind = kindOf(content);
    if (kind === 'other') return;
    yield { start: line.start, end: line.start + content.length, text: content, kind };
  }
}

function spanBehind({ start, end }: Line, within: number): readonly Span[] {
  return within < 0 ? [] : [{ start: start + within, end }];
}

function kindOf(line: string): 'body' | 'field' | 'blank' | 'other' {
  if (line.trim() === '') return 'blank';
  if (bodyLine.test(line)) return 'body';
  return field.test(line) ? 'field' : 'other';
}

const puttyLines =
  /Private-Lines:[ \t]{0,4}\d{1,3}[ \t\r]{0,4}\n((?:[A-Za-z0-9+/]{1,64}={0,2}\r?(?:\n|$)){1,200})/g;

function findPuttyKeys(text: string): readonly Span[] {
  return Array.from(text.matchAll(puttyLines), (match) => {
    const stop = match.index + match[0].trimEnd().length;
    return { start: match.index + match[0].length - (match[1]?.length ?? 0), end: stop };
  });
}

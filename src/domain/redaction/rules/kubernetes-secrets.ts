import type { Span } from '../span.ts';
import { type Line, linesFrom } from './lines.ts';

const kind = /^[ \t]*-?[ \t]*["']?kind["']?[ \t]*:[ \t]*["']?(?:Secret|SecretList)["']?[ \t]*,?[ \t\r]*$/m;
const inlineKind = /["']?kind["']?[ \t]{0,4}:[ \t]{0,4}["']Secret["']/;
const separator = /^---[ \t\r]*$/gm;

/** A map of values, up to the next line that is not indented deeper. */
const block =
  /^(?<indent>[ \t]{0,40}(?:- )?)["']?(?:data|stringData)["']?[ \t]{0,4}:[ \t]{0,4}\{?[ \t\r]*\n/gm;
const entry =
  /^[ \t]{1,60}["']?[\w.-]{1,253}["']?[ \t]{0,4}:[ \t]{1,4}["']?(?<value>[^\s"'{}|>][^\n"']{0,65536}?)["']?[ \t]{0,4},?[ \t\r]*$/;
const inlineMap = /["'](?:data|stringData)["'][ \t]{0,4}:[ \t]{0,4}\{(?<map>[^{}]{1,65536})\}/g;
const inlineEntry = /(?<=["'][\w.-]{1,253}["'][ \t]{0,4}:[ \t]{0,4}["'])(?:[^"'\\]|\\.){1,65536}?(?=["'])/g;

/** Every value under `data` and `stringData` of Kubernetes Secrets, in YAML and JSON, whatever its key is called. */
export function findKubernetesSecrets(text: string): readonly Span[] {
  if (!text.includes('Secret') || !/data/i.test(text)) return [];
  const spans: Span[] = [];
  let start = 0;
  for (const match of [...text.matchAll(separator), null]) {
    const end = match?.index ?? text.length;
    const document = text.slice(start, end);
    for (const span of secretsIn(document)) spans.push({ start: span.start + start, end: span.end + start });
    start = end;
  }
  return spans;
}

function secretsIn(document: string): readonly Span[] {
  if (kind.test(document)) return [...blocks(document), ...inline(document)];
  return inlineKind.test(document) ? inline(document) : [];
}

function blocks(document: string): readonly Span[] {
  const spans: Span[] = [];
  block.lastIndex = 0;
  for (let match = block.exec(document); match; match = block.exec(document)) {
    const depth = match.groups?.indent?.length ?? 0;
    for (const line of linesFrom(document, match.index + match[0].length)) {
      if (line.text.trim() !== '' && line.text.search(/[^ \t]/) <= depth) break;
      spans.push(...entryOf(line));
      block.lastIndex = line.end;
    }
  }
  return spans;
}

function entryOf({ text: line, start: at }: Line): readonly Span[] {
  const value = entry.exec(line)?.groups?.value;
  // `key: |` opens a text of several lines, each of which comes here by itself and has no colon to be found by.
  if (value === undefined)
    return /^[ \t]{2,}[^\s:{}"']+[ \t\r]*$/.test(line)
      ? [{ start: at + line.search(/\S/), end: at + line.trimEnd().length }]
      : [];
  const start = at + line.indexOf(value, line.indexOf(':') + 1);
  return /^(?:\*+|<|\[redacted\])/.test(value) ? [] : [{ start, end: start + value.length }];
}

function inline(document: string): readonly Span[] {
  return Array.from(document.matchAll(inlineMap)).flatMap((match) => {
    const map = match.groups?.map ?? '';
    const start = match.index + match[0].length - 1 - map.length;
    return Array.from(map.matchAll(inlineEntry), (value) => ({
      start: start + value.index,
      end: start + value.index + value[0].length,
    }));
  });
}

import { anchor } from '../anchors/anchor.ts';
import { allMatches } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { readValue } from './read-value.ts';
import {
  isCommonWord,
  isReference,
  looksLikeName,
  looksLikePassword,
  looksLikeStrongPassword,
  looksRandom,
} from './value-shapes.ts';

/** Flags of any program whose name says that a password follows. */
const passwords =
  '(?:[a-z0-9]+[-_.]){0,4}(?:password|passwd|passphrase|passcode|pass|pwd|pw)|(?:src|dest|new)?(?:store|key)pass|psk|requirepass|masterauth';
/** Those of which some are names of things: `--secret=db-creds`. */
const tokens =
  '(?:[a-z0-9]+[-_.]){0,4}(?:token|secret|api-?key|access-?key|account-?key|secret-?key|auth-?key|private-?key|encryption-?key|app(?:lication)?-?key|licen[cs]e-?key|client-?key|secret-string|storage-key|admin-key|master-key|secret-access-key|client-?secret|bearer|authkey)';

const flag = anchor(
  new RegExp(
    `(?<![\\w-])--?(?!stdin-)(?:(?<password>${passwords})|(?<token>${tokens}))(?:(?:["'],?)?[ \\t]+|["'],[ \\t]*|=|:)(?=[^\\s-])`,
    'gi',
  ),
);
const slashFlag = anchor(/(?<=[\s"'])\/(?:password|pass|pwd):(?=\S)/gi);
const credentials = anchor(
  /(?<![\w-])--?(?:[a-z]{1,10}-)?(?:creds|credentials|user|auth)[ =]["']?[\w.@-]{1,64}:(?=[^\s:/])/gi,
);

/** An account and its password side by side, whatever the program: `-u admin -p …`, `-x root -P …`. */
const besides = anchor(
  /(?<=[ \t"'])(?:-[uUxl]|--user(?:name)?|-user)[ \t=]?["']?[\w.@\\-]{1,64}["']?,?[ \t]{1,4}["']?-(?:p|P|pw|w)(?:["'],?)?[ \t]{1,4}(?=\S{6})/g,
);
const besidesAttached = anchor(
  /(?<=[ \t"'])(?:-u|--user(?:name)?)[ \t=]?[\w.@\\-]{1,64}[ \t]{1,4}-p(?=[^\s=-]\S{5})/g,
);
/** The form in which the tools of Percona take a data source: `h=db,u=chk,p=…`. */
const dataSource = anchor(/(?<=[\s,])u=[\w.-]{1,64},(?:[A-Za-oq-z]=[^\s,]{1,64},){0,4}p=(?=\S{6})/g);
/** Without an account beside it only what can be nothing else counts: behind `-p` stand ports, paths and names of all kinds. */
const alone = anchor(/(?<=[ \t"'])-(?:[pP]|pw)["']?,?[ \t]{1,4}(?=\S{8})/g);
const before = anchor(/(?<=[ \t])-[pP][ \t]{1,4}(?=\S{6,64}[ \t]{1,4}-[uU][ \t])/g);

/** `--password value`, `--auth-token value`, `/pass:value`, `--creds user:value` of any program. */
export function findNamedFlags(text: string, scan: Scan): readonly Span[] {
  return [
    ...allMatches(text, scan, flag).flatMap((match) => namedValue(text, match)),
    ...allMatches(text, scan, slashFlag).flatMap((match) => namedValue(text, match)),
    ...[besides, besidesAttached, dataSource, before].flatMap((beginning) =>
      allMatches(text, scan, beginning).flatMap((match) => besideOf(text, match)),
    ),
    ...allMatches(text, scan, alone).flatMap((match) => aloneOf(text, match)),
    ...allMatches(text, scan, credentials).flatMap((match) => credentialOf(text, match)),
  ];
}

function namedValue(text: string, match: RegExpExecArray): readonly Span[] {
  const value = readValue(text, match.index + match[0].length, true);
  if (!value || isReference(value.text)) return [];
  const isToken = match.groups?.token !== undefined;
  const isUnlikely = isToken ? isNameOrSource(value.text) : isProse(value.text);
  return isUnlikely ? [] : [{ start: value.start, end: value.end }];
}

/** `--secret db-creds`, and where one is taken from or put: `--secret id=npm,src=.npmrc`, `--secret=pw,type=env`. */
function isNameOrSource(value: string): boolean {
  return /(?:^|,)(?:id|type|source|src|target)=/.test(value) || (looksLikeName(value) && !looksRandom(value));
}

/** "the --password flag is ignored": a plain word behind a flag in a sentence. */
function isProse(value: string): boolean {
  return isCommonWord(value) || /^(?:flag|option|argument|parameter|and|or|with|to|is)$/i.test(value);
}

function besideOf(text: string, match: RegExpExecArray): readonly Span[] {
  const value = readValue(text, match.index + match[0].length, true);
  if (!value || isReference(value.text)) return [];
  // To these, what stands apart from `-p` is a database; only somebody's mistake puts a password there.
  const isOfMysql = /\b(?:mysql|mariadb)\w*\s[^\n|;&]*$/.test(
    text.slice(Math.max(0, match.index - 120), match.index),
  );
  const isLikely = isOfMysql
    ? looksLikeStrongPassword(value.text)
    : looksLikePassword(value.text) || (value.isQuoted && isMixed(value.text));
  return isLikely ? [{ start: value.start, end: value.end }] : [];
}

/** With a sign inside that no port, path, name, range or version has. */
function aloneOf(text: string, match: RegExpExecArray): readonly Span[] {
  const value = readValue(text, match.index + match[0].length, true);
  const isSure = value && looksLikeStrongPassword(value.text) && /\w[!%&]\w/.test(value.text);
  return value && isSure && !isReference(value.text) ? [{ start: value.start, end: value.end }] : [];
}

const longestMixed = 128;

/** With signs in it that a port, a path and a name lack; only a quoted value may have them. */
function isMixed(value: string): boolean {
  return (
    value.length >= 8 &&
    value.length <= longestMixed &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    /[$&;#*()!|<>?%^+=]/.test(value) &&
    !/\s/.test(value)
  );
}

function credentialOf(text: string, match: RegExpExecArray): readonly Span[] {
  const value = readValue(text, match.index + match[0].length, true);
  return !value || isReference(value.text) || /^\d+$/.test(value.text)
    ? []
    : [{ start: value.start, end: value.end }];
}

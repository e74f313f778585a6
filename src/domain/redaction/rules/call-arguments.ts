import { type Anchor, anchor } from '../anchors/anchor.ts';
import { allMatches, matchesIn } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';
import { isReference, looksLikeStrongPassword, looksRandom } from './value-shapes.ts';

/** Calls that log in somewhere, in the languages of scripts and applications; found by their bracket, which is rare. */
const login = anchor(
  /\((?<=(?:\bauth[ \t]{0,4}=[ \t]{0,4}|(?:connect|Connection|PDO|login|[Cc]redentials?|[Aa]uthenticate|BasicAuth|auth)\w{0,12})\()[^\n]{0,3}?(?=["'])/g,
);

/** Calls that set a secret, `.setPassword("…")`, and those that sign with one, of which it is the last text. */
const setter = anchor(
  /\((?<=(?:[Pp]ass(?:word|phrase|wd)|[Ss]ecret(?:Key)?|[Aa]piKey|[Aa]ccessToken|[Aa]uthToken|bcrypt|password_hash|hashpw|hash_password|Hash::make|\b(?:jwt|jsonwebtoken)\.(?:sign|verify|encode|decode))\()[^"'\n]{0,60}(?=["'])/g,
);

/** The same without quotes, as people write calls in a chat. */
const bareLogin = anchor(/\((?<=(?:connect|login|[Aa]uthenticate)\()(?<list>[^()\n"'`]{1,240})\)/g);

/** How far the arguments of one call are read. */
const reach = 240;

const argument = /(["'])((?:(?!\1)[^\\\n]|\\.){1,128})\1/g;

/**
 * `connect("db", "root", "…")`, `auth=('svc', '…')`: of the texts in a call that logs in, all but the first that can only be
 * a password.
 */
export function findCallArguments(text: string, scan: Scan): readonly Span[] {
  return [
    ...argumentsOf(text, scan, login, 1),
    ...argumentsOf(text, scan, setter, 0),
    ...bareArguments(text, scan),
  ];
}

function bareArguments(text: string, scan: Scan): readonly Span[] {
  return allMatches(text, scan, bareLogin).flatMap(({ index, groups }) => {
    const words = [...(groups?.list ?? '').matchAll(/[^\s,]+/g)].slice(1);
    return words
      .filter(([word]) => isNoIdentifier(word) && canOnlyBePassword(word))
      .map((word) => ({ start: index + 1 + word.index, end: index + 1 + word.index + word[0].length }));
  });
}

/** No name of a variable (`oauth2Token`, `cfg.dbV2`): digits in two places, or a sign. */
const isNoIdentifier = (word: string): boolean =>
  !/^[a-z_]+\./.test(word) && (/\d[A-Za-z_.-]+\d/.test(word) || /[!#$%^&*+?~]/.test(word));

function argumentsOf(text: string, scan: Scan, opening: Anchor, skipped: number): readonly Span[] {
  const spans: Span[] = [];
  const next = matchesIn(text, scan, opening);
  let from = 0;
  for (let match = next(); match; match = next(from)) {
    const start = match.index + match[0].length;
    const call = text.slice(start, start + reach).split('\n', 1)[0] ?? '';
    const texts = [...call.matchAll(argument)].slice(skipped);
    for (const { index, 2: value = '' } of texts)
      if (canOnlyBePassword(value))
        spans.push({ start: start + index + 1, end: start + index + 1 + value.length });
    from = start + call.length;
  }
  return spans;
}

/** As mail services make them for programs: sixteen small letters. */
const appPassword = /^[a-z]{16}$/;

function canOnlyBePassword(value: string): boolean {
  if (isReference(value) || /[\s/:=]/.test(value)) return false;
  return (
    looksLikeStrongPassword(value) ||
    looksRandom(value) ||
    appPassword.test(value) ||
    (value.length >= 8 && /\d/.test(value) && /\w[!$%^&*+?#~]\w/.test(value))
  );
}

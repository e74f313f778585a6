import type { MayHave } from '../may-have.ts';
import type { Span } from '../span.ts';
import { isReference, looksLikePassword, looksRandom } from './value-shapes.ts';

/** Addresses that are a password themselves: the pattern up to the secret, and the secret in the path. */
const secretPaths: readonly (readonly [string, RegExp])[] = [
  ['hooks.slack', /(?<=hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/)[\w/-]{8,255}/g],
  ['.k8s.io.', /(?<=bearer\.authorization\.k8s\.io\.)[\w-]{20,8192}/g],
  ['snmp://', /(?<=snmp:\/\/)(?!public@)[A-Za-z0-9][^\s:@/"'`<>]{2,64}(?=@)/g],
  ['/webhooks/', /(?<=discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{5,25}\/)[\w-]{20,255}/g],
  ['webhook', /(?<=\.office(?:365)?\.com\/webhook(?:b2)?\/)[\w@/-]{30,400}/gi],
  ['.logic.azure.com', /(?<=\.logic\.azure\.com\/workflows\/)[0-9a-f]{32}/g],
  ['telegram.org/', /(?<=api\.telegram\.org\/(?:file\/)?bot)\d{6,12}:[\w-]{20,64}/g],
  ['pagerduty.com/', /(?<=events(?:\.eu)?\.pagerduty\.com\/(?:integration|x-ere)\/)\w{16,64}/g],
  ['/hooks/', /(?<=\/hooks\/(?:catch\/\d{1,12}\/)?)[a-zA-Z0-9]{17,64}(?:\/[A-Za-z0-9]{20,64})?(?![\w.-])/g],
  ['hooks.zapier.com', /(?<=hooks\.zapier\.com\/hooks\/(?:catch|standard)\/\d{1,12}\/)\w{5,32}/g],
  ['hc-ping.com/', /(?<=hc-ping\.com\/)[\w-]{20,40}/g],
  ['/hook/', /(?<=\/open-apis\/bot\/v\d\/hook\/)[\w-]{20,64}/g],
  ['ifttt.com', /(?<=maker\.ifttt\.com\/trigger\/\w{1,64}\/(?:json\/)?with\/key\/)[\w-]{15,64}/g],
  ['/webhooks/incoming/', /(?<=\/v1\/webhooks\/incoming\/)[\w-]{30,120}/g],
  ['victorops.com', /(?<=victorops\.com\/integrations\/generic\/\d{1,12}\/alert\/)[\w-]{20,64}/g],
  ['/api/push/', /(?<=\/api\/push\/)[A-Za-z0-9]{10,64}/g],
  ['&p=', /(?<=[?&]u(?:ser(?:name)?)?=[^&\s]{1,64}&p=)[^&\s"'`]{4,128}/g],
  ['jdbc:oracle', /(?<=jdbc:oracle:\w{2,8}:[\w.$]{1,64}\/)[^\s@"'/]{1,128}(?=@)/g],
  ['opsgenie.com', /(?<=opsgenie\.com\/v1\/json\/\w{1,40}\?apiKey=)[\w-]{20,64}/g],
];

/** Passwords in addresses, and the secret parts of addresses that are one by themselves. */
export function findUrlSecrets(text: string, mayHave: MayHave): readonly Span[] {
  const paths = secretPaths.flatMap(([hint, pattern]) =>
    mayHave(hint) && text.includes(hint) ? spansOf(text, pattern) : [],
  );
  return [...paths, ...findInAuthorities(text), ...findWithoutScheme(text)];
}

/**
 * `scheme://user:password@host`: the part between the first colon and the last `@` before the path, or all
 * before the `@` where it can only be a token. A run never contains a slash, so no character is read for two addresses.
 */
function findInAuthorities(text: string): readonly Span[] {
  const spans: Span[] = [];
  const authority = /[^\s/"'`<>]*/y;
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    authority.lastIndex = at + 3;
    const [run = ''] = authority.exec(text) ?? [];
    for (const span of secretsIn(run)) spans.push({ start: at + 3 + span.start, end: at + 3 + span.end });
  }
  return spans;
}

/** The key of a Sentry address stands where the user stands. */
const publicUser = /^[0-9a-f]{32}$/;

function secretsIn(run: string): readonly Span[] {
  const end = run.lastIndexOf('@');
  if (end <= 0) return [];
  const colon = run.slice(0, end).indexOf(':');
  const user = run.slice(0, colon < 0 ? end : colon);
  const isToken =
    publicUser.test(user) ||
    (colon < 0 && looksRandom(user)) ||
    /^(?:gh[pousr]_|github_pat_|glpat-)/.test(user);
  const spans = isToken ? [{ start: 0, end: user.length }] : [];
  if (colon < 0 || end <= colon + 1 || isReference(run.slice(colon + 1, end))) return spans;
  return /^x-oauth-basic$/.test(run.slice(colon + 1, end)) ? spans : [...spans, { start: colon + 1, end }];
}

const withoutScheme =
  /(?<![\w/.@:\\-])(?<user>[A-Za-z][\w.\\-]{0,60}):(?<password>[^\s:@/"'`<>,;(){}[\]]{3,128})@(?=tcp\(|unix\(|\(|[A-Za-z0-9][\w-]{0,62}[.:\s/]|\d{1,3}\.)/g;

/** Words before a colon that say of whom an address is (`mailto:bob@…`), or name an image (`nginx:1.25@sha256:`). */
const noUser =
  /^(?:mailto|sips?|xmpp|acct|tel|from|to|cc|bcc|e?mail|user|username|login|by|author|contact|ssh|scp|git|owner|repo|host)$/i;

/** `root:…@tcp(db:3306)/app` and `root:…@db-01:3306`, as drivers and shells of databases write it. */
function findWithoutScheme(text: string): readonly Span[] {
  if (!text.includes('@')) return [];
  return Array.from(text.matchAll(withoutScheme)).flatMap((match) => {
    const { user = '', password = '' } = match.groups ?? {};
    const start = match.index + user.length + 1;
    const behind = text.slice(start + password.length + 1, start + password.length + 9);
    if (noUser.test(user) || /^sha\d/.test(behind) || isReference(password)) return [];
    const isSure = /^(?:tcp|unix)?\(/.test(behind) || looksLikePassword(password);
    return isSure ? [{ start, end: start + password.length }] : [];
  });
}

function spansOf(text: string, pattern: RegExp): readonly Span[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

import { type Anchor, anchor } from '../anchors/anchor.ts';
import { allMatches } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import { spansAt } from '../anchors/spans-at.ts';
import type { Span } from '../span.ts';
import { isReference, looksLikePassword, looksRandom } from './value-shapes.ts';

/** Addresses that are a password themselves: the pattern up to the secret, and the secret in the path. */
const secretPaths: readonly (readonly [string, Anchor])[] = [
  [
    'hooks.slack',
    anchor(/hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/(?<secret>[\w/-]{8,255})/g),
  ],
  ['.k8s.io.', anchor(/bearer\.authorization\.k8s\.io\.(?<secret>[\w-]{20,8192})/g)],
  ['snmp://', anchor(/snmp:\/\/(?!public@)(?<secret>[A-Za-z0-9][^\s:@/"'`<>]{2,64})(?=@)/g)],
  [
    '/webhooks/',
    anchor(/discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{5,25}\/(?<secret>[\w-]{20,255})/g),
  ],
  ['webhook', anchor(/\.office(?:365)?\.com\/webhook(?:b2)?\/(?<secret>[\w@/-]{30,400})/gi)],
  ['.logic.azure.com', anchor(/\.logic\.azure\.com\/workflows\/(?<secret>[0-9a-f]{32})/g)],
  ['telegram.org/', anchor(/api\.telegram\.org\/(?:file\/)?bot(?<secret>\d{6,12}:[\w-]{20,64})/g)],
  ['pagerduty.com/', anchor(/events(?:\.eu)?\.pagerduty\.com\/(?:integration|x-ere)\/(?<secret>\w{16,64})/g)],
  ['/hooks/', anchor(/\/hooks\/(?<secret>[a-zA-Z0-9]{17,64}(?:\/[A-Za-z0-9]{20,64})?)(?![\w.-])/g)],
  [
    '/hooks/',
    anchor(/\/hooks\/catch\/\d{1,12}\/(?<secret>[a-zA-Z0-9]{17,64}(?:\/[A-Za-z0-9]{20,64})?)(?![\w.-])/g),
  ],
  [
    'hooks.zapier.com',
    anchor(/hooks\.zapier\.com\/hooks\/(?:catch|standard)\/\d{1,12}\/(?<secret>\w{5,32})/g),
  ],
  ['hc-ping.com/', anchor(/hc-ping\.com\/(?<secret>[\w-]{20,40})/g)],
  ['/hook/', anchor(/\/open-apis\/bot\/v\d\/hook\/(?<secret>[\w-]{20,64})/g)],
  [
    'ifttt.com',
    anchor(/maker\.ifttt\.com\/trigger\/\w{1,64}\/(?:json\/)?with\/key\/(?<secret>[\w-]{15,64})/g),
  ],
  ['/webhooks/incoming/', anchor(/\/v1\/webhooks\/incoming\/(?<secret>[\w-]{30,120})/g)],
  [
    'victorops.com',
    anchor(/victorops\.com\/integrations\/generic\/\d{1,12}\/alert\/(?<secret>[\w-]{20,64})/g),
  ],
  ['/api/push/', anchor(/\/api\/push\/(?<secret>[A-Za-z0-9]{10,64})/g)],
  ['&p=', anchor(/[?&]u(?:ser(?:name)?)?=[^&\s]{1,64}&p=(?<secret>[^&\s"'`]{4,128})/g)],
  ['jdbc:oracle', anchor(/jdbc:oracle:\w{2,8}:[\w.$]{1,64}\/(?<secret>[^\s@"'/]{1,128})(?=@)/g)],
  ['opsgenie.com', anchor(/opsgenie\.com\/v1\/json\/\w{1,40}\?apiKey=(?<secret>[\w-]{20,64})/g)],
];

/** Passwords in addresses, and the secret parts of addresses that are one by themselves. */
export function findUrlSecrets(text: string, scan: Scan): readonly Span[] {
  const paths = secretPaths.flatMap(([hint, pattern]) => {
    const spans = spansAt(text, scan, pattern);
    return spans.length > 0 && text.includes(hint) ? spans : [];
  });
  return [...paths, ...findInAuthorities(text), ...findWithoutScheme(text, scan)];
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

/** Found by its `@`, which is rare. */
const withoutScheme = anchor(
  /@(?=tcp\(|unix\(|\(|[A-Za-z0-9][\w-]{0,62}[.:\s/]|\d{1,3}\.)(?<=(?<![\w/.@:\\-])(?<user>[A-Za-z][\w.\\-]{0,60}):(?<password>[^\s:@/"'`<>,;(){}[\]]{3,128})@)/g,
);

/** Words before a colon that say of whom an address is (`mailto:bob@…`), or name an image (`nginx:1.25@sha256:`). */
const noUser =
  /^(?:mailto|sips?|xmpp|acct|tel|from|to|cc|bcc|e?mail|user|username|login|by|author|contact|ssh|scp|git|owner|repo|host)$/i;

/** `root:…@tcp(db:3306)/app` and `root:…@db-01:3306`, as drivers and shells of databases write it. */
function findWithoutScheme(text: string, scan: Scan): readonly Span[] {
  return allMatches(text, scan, withoutScheme).flatMap((match) => {
    const { user = '', password = '' } = match.groups ?? {};
    const end = match.index;
    const behind = text.slice(end + 1, end + 9);
    if (noUser.test(user) || /^sha\d/.test(behind) || isReference(password)) return [];
    const isSure = /^(?:tcp|unix)?\(/.test(behind) || looksLikePassword(password);
    return isSure ? [{ start: end - password.length, end }] : [];
  });
}

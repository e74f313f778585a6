import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { AlertSource } from '#domain/alert/alert.ts';
import type { Headers } from './sender.ts';

/** A request as it came; `raw` is what a signature is over. */
export interface AlertRequest {
  readonly raw: Buffer;
  readonly headers: Headers;
}

/** `stale`: it is signed, and too old or from the future. */
export type Proof = 'proved' | 'forged' | 'stale';

/** How far the clock of a sender may be from ours. */
const freshMs = 5 * 60_000;

type Prove = (request: AlertRequest, secret: string, now: number) => Proof;

const hmac = (secret: string, ...parts: readonly (string | Buffer)[]): string => {
  const made = createHmac('sha256', secret);
  for (const part of parts) made.update(part);
  return made.digest('hex');
};

/** In the same time whatever differs, and wherever. */
function isSame(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

const judge = (isProved: boolean): Proof => (isProved ? 'proved' : 'forged');

/** Senders that sign nothing show the secret itself: as a bearer token, as the password of a login, or in a header of ours. */
const proveToken: Prove = ({ headers }, secret) => {
  const [scheme = '', given = ''] = (headers.authorization ?? '').split(/\s+/, 2);
  const login = scheme.toLowerCase() === 'basic' ? Buffer.from(given, 'base64').toString() : '';
  const shown = [
    scheme.toLowerCase() === 'bearer' ? given : '',
    login.slice(login.indexOf(':') + 1),
    headers['x-recourse-token'] ?? '',
  ];
  // All are looked at, so that the time tells nothing of which one it was.
  return judge(shown.map((one) => one !== '' && isSame(one, secret)).includes(true));
};

/** Grafana signs where it was told to; with a time, the time is signed too. */
const proveGrafana: Prove = (request, secret, now) => {
  const signature = request.headers['x-grafana-alerting-signature'];
  if (signature === undefined) return proveToken(request, secret, now);
  const time = request.headers['x-grafana-alerting-timestamp'];
  const wanted = time === undefined ? hmac(secret, request.raw) : hmac(secret, `${time}:`, request.raw);
  if (!isSame(signature, wanted)) return 'forged';
  return time === undefined || Math.abs(now - Number(time) * 1000) <= freshMs ? 'proved' : 'stale';
};

/** Several signatures stand side by side while a secret is being changed. */
const provePagerDuty: Prove = ({ headers, raw }, secret) => {
  const wanted = `v1=${hmac(secret, raw)}`;
  const given = (headers['x-pagerduty-signature'] ?? '').split(',').slice(0, 10);
  return judge(given.map((one) => isSame(one.trim(), wanted)).includes(true));
};

const signedIn =
  (header: string, prefix: string): Prove =>
  ({ headers, raw }, secret) =>
    judge(isSame(headers[header] ?? '', `${prefix}${hmac(secret, raw)}`));

const proofs = {
  alertmanager: proveToken,
  grafana: proveGrafana,
  pagerduty: provePagerDuty,
  datadog: proveToken,
  newrelic: proveToken,
  opsgenie: proveToken,
  sentry: signedIn('sentry-hook-signature', ''),
  servicenow: proveToken,
  jira: signedIn('x-hub-signature', 'sha256='),
  generic: proveToken,
} as const satisfies Record<Exclude<AlertSource, 'cloudwatch'>, Prove>;

/** Whether a request is from whoever has the secret. `now` is in milliseconds since the epoch. */
export function proveSecret(
  source: keyof typeof proofs,
  secret: string,
  request: AlertRequest,
  now: number,
): Proof {
  return proofs[source](request, secret, now);
}

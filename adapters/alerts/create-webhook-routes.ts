import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type AlertSource, alertSources } from '#domain/alert/alert.ts';
import { Fault } from '#domain/fault.ts';
import type { AlertInbound } from '#ports/alert-inbound.ts';
import type { Logger } from '#ports/logger.ts';
import { deepest, isDeep } from './is-deep.ts';
import { type AlertRequest, type Proof, proveSecret } from './prove-secret.ts';
import { createProveSns, type SnsOptions } from './prove-sns.ts';
import type { AlertTables } from './read-alerts-file.ts';
import { routePayload } from './route-payload.ts';
import type { Headers } from './sender.ts';

export interface WebhookOptions {
  readonly file: AlertTables;
  /** What each sender shows or signs with; whoever has none is not listened to. */
  readonly secrets: Readonly<Record<Exclude<AlertSource, 'cloudwatch'>, string | undefined>>;
  readonly sns: SnsOptions;
  readonly inbound: AlertInbound;
  readonly logger: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const mostBytes = 256 * 1024;
const tooMuch = `is larger than ${mostBytes / 1024} KB`;
const tooDeep = `is nested more than ${deepest} deep`;

/**
 * `POST /webhooks/SENDER` and `POST /webhooks/generic/NAME`. 200 when everything is kept, with how much was new; 401 for
 * a secret or signature that is wrong or stale, with nothing kept; 404 for whom no secret is set; 413 above 256 KB; 400
 * and 422 for a payload that does not fit, which names the field and is kept for inspection; 503 when nothing could be
 * kept, so that the sender comes again.
 */
export function createWebhookRoutes(options: WebhookOptions): Hono {
  const routes = new Hono();
  const tooLarge = async (c: Context): Promise<Response> => {
    await noteTooLarge(options, c).catch((error: unknown) =>
      options.logger.error({ error }, 'that a payload was too large could not be noted'),
    );
    return c.json({ error: `The payload ${tooMuch}.` }, 413);
  };
  routes.use('/webhooks/*', bodyLimit({ maxSize: mostBytes, onError: tooLarge }));
  const proveSns = createProveSns(options.sns);
  const take = async (c: Context, source: string, sender: string): Promise<Response> => {
    const request = { raw: Buffer.from(await c.req.arrayBuffer()), headers: c.req.header() };
    const taking = { options, request, source, sender, proveSns };
    try {
      return respond(c, await takePayload(taking));
    } catch (error) {
      options.logger.error({ error, sender }, 'alerts were not taken, so they were not acknowledged');
      return c.json({ error: 'Not taken; send it again.' }, error instanceof Fault ? 503 : 500, {
        'Retry-After': '5',
      });
    }
  };
  routes.post('/webhooks/generic/:name', (c) => take(c, 'generic', `generic/${c.req.param('name')}`));
  routes.post('/webhooks/:sender', (c) => take(c, c.req.param('sender'), c.req.param('sender')));
  return routes;
}

/** Nobody sends it again, so whoever set the sender up is to see it; of one that signs nobody knows whether it was theirs. */
async function noteTooLarge(options: WebhookOptions, c: Context): Promise<void> {
  const sender = c.req.path.slice(c.req.path.indexOf(root) + root.length);
  const source = alertSources.find((name) => name === sender.split('/')[0]);
  const secret = source && source !== 'cloudwatch' ? options.secrets[source] : undefined;
  if (source === undefined || source === 'cloudwatch' || secret === undefined) return;
  const request = { raw: Buffer.alloc(0), headers: c.req.header() };
  options.logger.warn({ sender }, `a payload in the name of a sender of alerts ${tooMuch}`);
  if (proveSecret(source, secret, request, options.now()) === 'proved')
    await options.inbound.refuse({ sender, field: '', message: tooMuch, payload: '' });
}

const root = '/webhooks/';

const respond = (c: Context, { status, ...rest }: Taken): Response => c.json(rest, status);

type Taken = { readonly status: 200 | 400 | 401 | 404 | 422; readonly [part: string]: unknown };

interface Taking {
  readonly options: WebhookOptions;
  readonly request: AlertRequest;
  readonly source: string;
  readonly sender: string;
  readonly proveSns: (payload: unknown, now: number) => Promise<Proof>;
}

async function takePayload(taking: Taking): Promise<Taken> {
  const { options, request, sender } = taking;
  const source = alertSources.find((name) => name === taking.source);
  if (source === undefined || !isSetUp(options, source))
    return { status: 404, error: `Nobody listens to ${sender} here; docs/alerts.md says how to set it up.` };
  const payload = readJson(request.raw);
  const proof = await proofOf(taking, source, payload?.value);
  if (proof !== 'proved') {
    options.logger.warn({ sender, proof }, 'a payload in the name of a sender of alerts was not proved');
    return {
      status: 401,
      error: proof === 'stale' ? 'The signature is too old.' : 'The secret or the signature is not valid.',
    };
  }
  if (payload === undefined)
    return refuse(taking, { status: 400, field: '', message: whyUnread(request.headers) });
  if (isDeep(decoder.decode(request.raw)))
    return refuse(taking, { status: 422, field: '', message: tooDeep });
  return route(taking, payload.value);
}

const isSetUp = ({ secrets, sns }: WebhookOptions, source: AlertSource): boolean =>
  source === 'cloudwatch' ? sns.topics.length > 0 : secrets[source] !== undefined;

function proofOf(
  { options, request, proveSns }: Taking,
  source: AlertSource,
  payload: unknown,
): Proof | Promise<Proof> {
  if (source === 'cloudwatch') return proveSns(payload, options.now());
  return proveSecret(source, options.secrets[source] ?? '', request, options.now());
}

async function route(taking: Taking, payload: unknown): Promise<Taken> {
  const { options, sender, request } = taking;
  const routed = routePayload(options.file, sender, payload, request.headers);
  if (routed.kind === 'unknown-sender')
    return { status: 404, error: `alerts.yaml has no table for ${sender}.` };
  if (routed.kind === 'wrong')
    return refuse(taking, { status: 422, field: routed.field, message: routed.message });
  const received = await options.inbound.receive(routed.alerts);
  if (received.unrouted > 0)
    options.logger.warn({ sender, ...received }, 'alerts came in that no route takes');
  return { status: 200, ...received };
}

async function refuse(
  { options, request, sender }: Taking,
  wrong: { readonly status: 400 | 422; readonly field: string; readonly message: string },
): Promise<Taken> {
  const { field, message } = wrong;
  await options.inbound.refuse({ sender, field, message, payload: request.raw.toString('utf8') });
  return { ...wrong, error: `${field === '' ? 'The payload' : field} ${message}.` };
}

const decoder = new TextDecoder();

function readJson(raw: Buffer): { readonly value: unknown } | undefined {
  try {
    // Some senders begin with a mark of the byte order, which the decoder leaves out.
    return { value: JSON.parse(decoder.decode(raw)) as unknown };
  } catch {
    return undefined;
  }
}

function whyUnread(headers: Headers): string {
  const encoding = headers['content-encoding'] ?? '';
  return encoding === '' ? 'is not JSON' : `is compressed (${encoding}), and only plain JSON is read`;
}

import { isValidSlackRequest } from '@slack/bolt';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Fault } from '#domain/fault.ts';
import type { Logger } from '#ports/logger.ts';
import type { HearBody } from '../inbound/hear-body.ts';
import { limits } from '../limits.ts';

export interface EventRoutesOptions {
  readonly signingSecret: string;
  readonly logger: Logger;
  /** Undefined while the bot does not know which team it is in. */
  readonly hear: () => HearBody | undefined;
}

const minutes = 5;

/**
 * `POST /slack/events`, for events, buttons, forms, shortcuts and commands alike. 401 for a signature that is wrong or
 * older or newer than five minutes, with nothing stored; 503 when the delivery could not be kept, so that Slack sends it
 * again. The same request twice is one delivery by its id, whoever sends it.
 */
export function createEventRoutes({ signingSecret, logger, hear }: EventRoutesOptions): Hono {
  const routes = new Hono();
  routes.use('/slack/*', bodyLimit({ maxSize: limits.requestBytes }));
  routes.post('/slack/events', async (c) => {
    const raw = await c.req.text();
    if (!isSigned(c, raw, signingSecret)) {
      logger.warn({}, 'a request in the name of Slack had no valid signature');
      return c.text('The signature is not valid.', 401);
    }
    const body = readBody(raw, c.req.header('content-type') ?? '');
    if (body === undefined) return c.text('The body is neither JSON nor a form.', 400);
    const challenge = readChallenge(body);
    return challenge === undefined ? answer(c, hear(), body, logger) : c.json({ challenge });
  });
  return routes;
}

async function answer(
  c: Context,
  hear: HearBody | undefined,
  body: unknown,
  logger: Logger,
): Promise<Response> {
  if (!hear) return c.text('Recourse is not connected to Slack yet.', 503, { 'Retry-After': '5' });
  try {
    const ack = await hear(body);
    return ack === undefined ? c.body(null, 200) : c.json(ack);
  } catch (error) {
    logger.error({ error }, 'a delivery of Slack was not taken, so it was not acknowledged');
    return c.text('Not taken.', error instanceof Fault ? 503 : 500);
  }
}

function isSigned(c: Context, body: string, signingSecret: string): boolean {
  const signature = c.req.header('x-slack-signature') ?? '';
  const seconds = Number(c.req.header('x-slack-request-timestamp') ?? Number.NaN);
  // The SDK compares in constant time and refuses the old; a time ahead of ours it would take.
  const ahead = seconds - Date.now() / 1000;
  return (
    ahead <= minutes * 60 &&
    isValidSlackRequest({
      signingSecret,
      body,
      headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': seconds },
    })
  );
}

/** Events are JSON, commands are a form, everything else is JSON in the field `payload` of a form. */
function readBody(raw: string, type: string): unknown {
  try {
    if (type.startsWith('application/json')) return JSON.parse(raw);
    if (!type.startsWith('application/x-www-form-urlencoded')) return undefined;
    const form = new URLSearchParams(raw);
    const payload = form.get('payload');
    return payload === null ? Object.fromEntries(form) : JSON.parse(payload);
  } catch {
    return undefined;
  }
}

/** What Slack asks once, when the address is entered in the settings of the app. */
function readChallenge(body: unknown): string | undefined {
  const asks = typeof body === 'object' && body !== null && 'challenge' in body && 'type' in body;
  return asks && body.type === 'url_verification' ? String(body.challenge) : undefined;
}

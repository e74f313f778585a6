import { createHmac } from 'node:crypto';
import { buildFrame, isText, textOf } from '../frames.ts';

/** The body of a delivery, as Slack documents it. */
export type Payload = Readonly<Record<string, unknown>>;

/** What happens to deliveries on their way to the bot: nothing, until a test says otherwise. */
export interface DeliveryRules {
  /** How often each delivery reaches the bot, in parallel. */
  deliveries: number;
  /** So many deliveries are gathered and go on together, the newest first. */
  gather: number;
  /** How often a request that the bot did not take is made again, as Slack does. */
  redeliveries: number;
  /** Makes another payload of one that the server sent: for what the server has no way to send. */
  reshape: ((payload: Payload) => Payload) | undefined;
}

/** Between gathered deliveries, so that the older one is the later one for certain. */
const apartMs = 150;

/** Hands on what it is given once `size` have come, the newest first. */
export function createGathering(): (size: number, go: () => void) => void {
  let held: readonly (() => void)[] = [];
  return (size, go) => {
    held = [go, ...held];
    if (held.length < size) return;
    const [newest, ...older] = held;
    held = [];
    newest?.();
    for (const [place, one] of older.entries()) setTimeout(one, (place + 1) * apartMs);
  };
}

/** Whether a frame of Socket Mode carries something for the bot to acknowledge. */
export const isEnvelope = (frame: Buffer): boolean => isText(frame) && frame.includes('envelope_id');

export function reshapeFrame(frame: Buffer, { reshape }: DeliveryRules): Buffer {
  if (!reshape) return frame;
  const envelope = JSON.parse(textOf(frame)) as Payload & { readonly payload: Payload };
  return buildFrame(JSON.stringify({ ...envelope, payload: reshape(envelope.payload) }));
}

interface Request {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** The same for a signed request, which is signed anew. */
export function reshapeRequest(request: Request, { reshape }: DeliveryRules, signingSecret: string): Request {
  if (!reshape) return request;
  const body = Buffer.from(reshapeBody(request.body.toString(), reshape));
  const seconds = request.headers['x-slack-request-timestamp'];
  const signature = createHmac('sha256', signingSecret).update(`v0:${seconds}:${body}`).digest('hex');
  return { body, headers: { ...request.headers, 'x-slack-signature': `v0=${signature}` } };
}

function reshapeBody(body: string, reshape: (payload: Payload) => Payload): string {
  if (body.startsWith('{')) return JSON.stringify(reshape(JSON.parse(body)));
  const form = new URLSearchParams(body);
  const payload = form.get('payload');
  if (payload === null)
    return new URLSearchParams(
      Object.entries(reshape(Object.fromEntries(form))).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
    ).toString();
  return new URLSearchParams({ payload: JSON.stringify(reshape(JSON.parse(payload))) }).toString();
}

import { verify } from 'node:crypto';
import { z } from 'zod';
import type { Proof } from './prove-secret.ts';

/**
 * The signature of a message of SNS. Source: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
const envelope = z.looseObject({
  Type: z.string(),
  MessageId: z.string(),
  TopicArn: z.string(),
  Subject: z.string().nullish(),
  Message: z.string(),
  Timestamp: z.string(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string(),
  SigningCertURL: z.string(),
  SubscribeURL: z.string().optional(),
  Token: z.string().optional(),
});
type Envelope = z.output<typeof envelope>;

export interface SnsOptions {
  /** Topics that may speak; anybody can make a topic of their own that signs as well. */
  readonly topics: readonly string[];
  /** The text at an https address. */
  readonly fetchText: (url: string) => Promise<string>;
}

/** A message is sent again for hours while nobody takes it, but never with another time. */
const freshMs = 60 * 60_000;
const signedFields = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
} as const;
const ofAmazon = /^https:\/\/sns\.[a-z0-9-]{1,40}\.amazonaws\.com(?:\.cn)?\//;
const certificate = /^[\w./:-]+\/SimpleNotificationService-\w+\.pem$/;

/** Whether SNS signed this for one of the topics. A confirmed subscription is one that Amazon was told of. */
export function createProveSns({
  topics,
  fetchText,
}: SnsOptions): (payload: unknown, now: number) => Promise<Proof> {
  const certificates = new Map<string, string>();
  const certificateAt = async (url: string): Promise<string> => {
    const known = certificates.get(url);
    if (known !== undefined) return known;
    const fetched = await fetchText(url);
    if (certificates.size > 20) certificates.clear();
    certificates.set(url, fetched);
    return fetched;
  };
  return async (payload, now) => {
    const { data: message } = envelope.safeParse(payload);
    if (!message || !mayBeOf(message, topics)) return 'forged';
    if (!isSigned(message, await certificateAt(message.SigningCertURL))) return 'forged';
    if (Math.abs(now - Date.parse(message.Timestamp)) > freshMs) return 'stale';
    const { SubscribeURL = '' } = message;
    if (message.Type === 'SubscriptionConfirmation' && ofAmazon.test(SubscribeURL))
      await fetchText(SubscribeURL);
    return 'proved';
  };
}

const mayBeOf = ({ TopicArn, SigningCertURL }: Envelope, topics: readonly string[]): boolean =>
  topics.includes(TopicArn) && ofAmazon.test(SigningCertURL) && certificate.test(SigningCertURL);

function isSigned(message: Envelope, pem: string): boolean {
  const fields =
    message.Type === 'Notification' ? signedFields.Notification : signedFields.SubscriptionConfirmation;
  const text = fields
    .filter((name) => typeof message[name] === 'string')
    .map((name) => `${name}\n${String(message[name])}\n`)
    .join('');
  try {
    const algorithm = message.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256';
    return verify(algorithm, Buffer.from(text), pem, Buffer.from(message.Signature, 'base64'));
  } catch {
    // What is no certificate proves nothing.
    return false;
  }
}

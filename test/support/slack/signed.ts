import { createHmac } from 'node:crypto';

/** The headers with which Slack proves that a request is its own. */
export function signedHeaders(body: string, secret: string, seconds = Math.floor(Date.now() / 1000)) {
  const signature = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return {
    'Content-Type': 'application/json',
    'X-Slack-Request-Timestamp': String(seconds),
    'X-Slack-Signature': `v0=${signature}`,
  };
}

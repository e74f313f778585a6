import type { WebClientOptions } from '@slack/web-api';

/**
 * How a client that posts is made. The outbox decides what is sent again and when, so the client tries once and hands
 * a `Retry-After` on; a call ends within the minute that `ports/chat.ts` promises.
 */
export const clientOptions = {
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: 10_000,
} as const satisfies WebClientOptions;

import type { RESTOptions } from 'discord.js';

/**
 * How a client that posts is made. The outbox decides what is sent again and when, so the client tries once and waits for
 * no limit itself; a call ends within the minute that `ports/chat.ts` promises.
 */
export const restOptions = {
  retries: 0,
  rejectOnRateLimit: () => true,
  timeout: 8000,
} as const satisfies Partial<RESTOptions>;

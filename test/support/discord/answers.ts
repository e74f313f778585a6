/** What is answered instead of asking the server. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The server does what it was asked all the same, and its answer is lost. */
  readonly afterEffect?: boolean;
}

/** A refusal with one of Discord's JSON error codes. */
export const refused = (status: number, code: number, message: string): Answer => ({
  status,
  body: { code, message },
});

export const unauthorized: Answer = refused(401, 0, '401: Unauthorized');
export const missingPermissions: Answer = refused(403, 50013, 'Missing Permissions');
export const missingAccess: Answer = refused(403, 50001, 'Missing Access');
export const cannotSendToUser: Answer = refused(403, 50007, 'Cannot send messages to this user');
export const unknownChannel: Answer = refused(404, 10003, 'Unknown Channel');
export const unknownMessage: Answer = refused(404, 10008, 'Unknown Message');
export const unknownInteraction: Answer = refused(404, 10062, 'Unknown interaction');
export const outOfService: Answer = { status: 503, body: 'upstream connect error' };
/** The message is made, and nobody is told so. */
export const lostAnswer: Answer = { status: 502, body: 'bad gateway', afterEffect: true };

/** Too many calls of one route, or of all (`global`). */
export const rateLimited = (seconds: number, scope: 'user' | 'shared' | 'global' = 'user'): Answer => ({
  status: 429,
  headers: {
    'Retry-After': String(Math.ceil(seconds)),
    'X-RateLimit-Scope': scope,
    ...(scope === 'global'
      ? { 'X-RateLimit-Global': 'true' }
      : {
          'X-RateLimit-Limit': '5',
          'X-RateLimit-Remaining': '0',
          'X-RateLimit-Reset-After': String(seconds),
          'X-RateLimit-Reset': String(Date.now() / 1000 + seconds),
          'X-RateLimit-Bucket': 'the-bucket-of-this-route',
        }),
  },
  body: { message: 'You are being rate limited.', retry_after: seconds, global: scope === 'global' },
});

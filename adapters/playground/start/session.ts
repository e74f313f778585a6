import { createHash, timingSafeEqual } from 'node:crypto';

/** What opens the playground: the start-up token itself, or the cookie that stands for it in a browser. */
export interface Session {
  isToken(text: string): boolean;
  isCookie(text: string): boolean;
  /** The value of the cookie: derived from the token, so that it survives a restart with the same one. */
  readonly cookie: string;
  /** Cookies ignore the port, so the name carries it: two playgrounds on one machine do not log each other out. */
  cookieName(host: string): string;
}

export function createSession(token: string): Session {
  const cookie = createHash('sha256').update(`recourse playground cookie\n${token}`).digest('base64url');
  return {
    isToken: (text) => equal(text, token),
    isCookie: (text) => equal(text, cookie),
    cookie,
    cookieName: (host) => `recourse_playground_${/:(\d+)$/.exec(host)?.[1] ?? '80'}`,
  };
}

/** In constant time, also over the length: what is compared are hashes. */
function equal(left: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}

import type { IncomingMessage } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { type Refused, refuse } from '../errors.ts';
import { renderClosedDoor } from '../render/page.ts';
import { answerProblem, isPage } from './answer.ts';
import { createSession, type Session } from './session.ts';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** `same-origin` and not `no-referrer`: under the latter a browser sends `Origin: null` with our own posts. */
const headers = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/**
 * Lets in only who came from this machine, to a name we answer to, from our own page, with the token or its cookie.
 * The page runs commands on hosts, so each of these stands alone:
 * - the Host header is checked, because a foreign name may resolve to 127.0.0.1 (DNS rebinding);
 * - Origin and Sec-Fetch-Site are checked, because SameSite takes every port of this machine for one site;
 * - the token is checked, because other users of the machine reach the port too.
 */
export function createGuard(options: {
  readonly token: string;
  readonly allowedHosts: readonly string[];
}): MiddlewareHandler {
  const session = createSession(options.token);
  return async (c, next) => {
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    const refused = refuseSource(c, options.allowedHosts);
    if (refused !== undefined) return answerRefusal(c, refused);
    const token = c.req.query('token');
    if (token !== undefined && c.req.method === 'GET' && session.isToken(token)) return enter(c, session);
    if (!isKnown(c, session)) return answerRefusal(c, locked(c.req.header('host') ?? ''));
    return next();
  };
}

function refuseSource(c: Context, allowedHosts: readonly string[]): Refused | undefined {
  if (!isLoopback(c)) return refuse(403, 'The playground answers only to programs on its own machine.');
  const host = c.req.header('host') ?? '';
  if (!allowedHosts.includes(host)) {
    return refuse(403, `The playground does not answer to this name. Open it as http://${allowedHosts[0]}/.`);
  }
  const isPageVisit =
    c.req.method === 'GET' &&
    c.req.header('sec-fetch-mode') === 'navigate' &&
    c.req.header('sec-fetch-dest') === 'document';
  if (isPageVisit || comesFromOwnPage(c, host)) return undefined;
  return refuse(403, 'This request came from another web page. The playground takes them only from its own.');
}

/** What is no browser sends neither header; a browser cannot be made to leave out both. */
function comesFromOwnPage(c: Context, host: string): boolean {
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  return (
    (origin === undefined || origin === `http://${host}`) &&
    (site === undefined || site === 'same-origin' || site === 'none')
  );
}

function isLoopback(c: Context): boolean {
  const { incoming } = c.env as { readonly incoming: IncomingMessage };
  const address = incoming.socket.remoteAddress ?? '';
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}

function isKnown(c: Context, session: Session): boolean {
  const bearer = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer !== undefined) return session.isToken(bearer);
  return session.isCookie(getCookie(c, session.cookieName(c.req.header('host') ?? '')) ?? '');
}

/** Sets the cookie and leads to the same page without the token, which then stays in no history. */
function enter(c: Context, session: Session): Response {
  setCookie(c, session.cookieName(c.req.header('host') ?? ''), session.cookie, {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
  });
  const address = new URL(c.req.url);
  address.searchParams.delete('token');
  return c.redirect(`${address.pathname}${address.search}`, 303);
}

function locked(host: string): Refused {
  return refuse(
    403,
    `Open the address that Recourse printed when it started. It looks like http://${host}/?token=… and opens this browser until Recourse starts with another token.`,
  );
}

function answerRefusal(c: Context, refused: Refused): Response | Promise<Response> {
  if (isPage(c)) return answerProblem(c, refused);
  if ((c.req.header('accept') ?? '').includes('text/html')) {
    return c.html(renderClosedDoor('The playground is closed to you', [refused.error]), refused.status);
  }
  return c.json({ kind: refused.kind, error: refused.error }, refused.status);
}

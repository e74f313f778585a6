import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What `oauth.v2.access` answers for a code. */
export type Grant = Readonly<Record<string, unknown>>;

/**
 * One Slack for several teams: the test server knows one team each, and no OAuth. Calls go to the server of the token's
 * team; `oauth.v2.access` and `auth.revoke` are answered here, as docs.slack.dev/reference/methods describes them.
 */
export interface Switchboard extends AsyncDisposable {
  readonly apiUrl: string;
  /** By token: where its team's server is. A token that is not here is refused. */
  readonly teams: Map<string, string>;
  /** By code; each is good once. */
  readonly grants: Map<string, Grant>;
  readonly calls: { readonly method: string; readonly token: string; readonly body: URLSearchParams }[];
}

export async function startSwitchboard(): Promise<Switchboard> {
  const teams = new Map<string, string>();
  const grants = new Map<string, Grant>();
  const calls: Switchboard['calls'] = [];

  const redeem = (code: string): unknown => {
    const grant = grants.get(code);
    grants.delete(code);
    return grant ? { ok: true, ...grant } : { ok: false, error: 'invalid_code' };
  };
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const raw = await buffer(incoming);
    const method = (incoming.url ?? '').replace(/^\/api\/|\?.*$/g, '');
    const token = (incoming.headers.authorization ?? '').replace('Bearer ', '');
    const body = new URLSearchParams(raw.toString());
    calls.push({ method, token, body });
    const say = (answer: unknown) => {
      outgoing.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
    };
    if (method === 'oauth.v2.access') return say(redeem(body.get('code') ?? ''));
    if (method === 'auth.revoke') return say({ ok: true, revoked: teams.delete(token) });
    const apiUrl = teams.get(token);
    if (apiUrl === undefined) return say({ ok: false, error: 'invalid_auth' });
    const answer = await fetch(new URL(method, apiUrl), {
      method: 'POST',
      headers: { ...wanted(incoming), Authorization: `Bearer ${token}` },
      body: new Uint8Array(raw),
    });
    say(await answer.json());
  };
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    teams,
    grants,
    calls,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const wanted = ({ headers }: IncomingMessage) => ({ 'Content-Type': headers['content-type'] ?? '' });

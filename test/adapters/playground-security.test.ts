import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestPlayground, type TestPlayground, token } from '#test/support/playground.ts';

type Headers = Readonly<Record<string, string>>;

let playground: TestPlayground;
let cookie: string;

/** Node's own client, because `fetch` lets nobody set Host, Origin or Sec-Fetch-*. */
function send(method: string, path: string, headers: Headers, body = '') {
  const [hostname, port] = playground.host.split(':');
  const type = body === '' ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' };
  return new Promise<{ status: number; headers: Headers; text: string }>((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path, headers: { ...type, ...headers } },
      async (response) => {
        let text = '';
        for await (const part of response.setEncoding('utf8')) text += part;
        resolve({ status: response.statusCode ?? 0, headers: response.headers as Headers, text });
      },
    );
    sent.on('error', reject).end(body);
  });
}

beforeAll(async () => {
  playground = await openTestPlayground();
  const entered = await send('GET', `/?token=${token}`, {});
  cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
});
afterAll(() => playground[Symbol.asyncDispose]());

const post = 'person=rae&channel=incidents&text=disk+full';

describe('the door of the playground', () => {
  it('takes the token once, for a strict cookie of its own port, and leads away from it', async () => {
    const entered = await send('GET', `/?channel=general&token=${token}`, {});
    expect(entered.status).toBe(303);
    expect(entered.headers.location).toBe('/?channel=general');
    const set = String(entered.headers['set-cookie']);
    expect(set).toContain(`recourse_playground_${playground.host.split(':')[1]}=`);
    expect(set).toContain('HttpOnly');
    expect(set).toContain('SameSite=Strict');
    expect(set).not.toContain(token);
    expect((await send('GET', '/', { cookie })).status).toBe(200);
  });

  it.each([
    ['/', {}],
    ['/?token=wrong', {}],
    ['/?token=', {}],
    ['/', { cookie: 'recourse_playground_1=x' }],
    ['/', { authorization: 'Bearer wrong' }],
    ['/playground/stream?channel=incidents', {}],
    ['/playground/thread?channel=incidents', {}],
    ['/playground/assets/playground.js', {}],
  ])('is shut for %s with %j', async (path, headers) => {
    const refused = await send('GET', path, { accept: 'text/html', ...headers });
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('Open the address that Recourse printed when it started');
  });

  it('takes the token itself for no cookie', async () => {
    const name = cookie.split('=')[0];
    expect((await send('GET', '/', { cookie: `${name}=${token}` })).status).toBe(403);
  });

  it('takes no token with a post', async () => {
    expect((await send('POST', `/playground/messages?token=${token}`, {}, post)).status).toBe(403);
  });

  it('lets nobody frame the page and nothing foreign load', async () => {
    const { headers } = await send('GET', '/', { cookie });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('other web pages', () => {
  it.each(['evil.example.com', '127.0.0.1', 'localhost.evil.example.com', '127.0.0.1:1', '[::1]:80'])(
    'a name that resolves to this machine does not open it: %s',
    async (host) => {
      const read = await send('GET', '/playground/channel?channel=incidents', { host, cookie });
      expect(read.status).toBe(403);
      expect(read.text).not.toContain('roots');
      expect((await send('GET', `/?token=${token}`, { host })).status).toBe(403);
      expect((await send('POST', '/playground/messages', { host, cookie }, post)).status).toBe(403);
    },
  );

  it.each([
    { origin: 'http://evil.example.com' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('cannot post with the cookie: %j', async (headers) => {
    const before = playground.received.length;
    const refused = await send('POST', '/playground/messages', { cookie, ...headers }, post);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('came from another web page');
    expect(playground.received).toHaveLength(before);
  });

  it('cannot read from another port of this machine, which is the same site to a cookie', async () => {
    const headers = {
      cookie,
      'sec-fetch-site': 'same-site',
      'sec-fetch-mode': 'no-cors',
      'sec-fetch-dest': 'script',
    };
    expect((await send('GET', '/playground/thread?channel=incidents', headers)).status).toBe(403);
  });

  it('may lead here by a link', async () => {
    const headers = {
      cookie,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect((await send('GET', '/', headers)).status).toBe(200);
  });

  it('are told from our own, under both names of the machine', async () => {
    for (const host of [playground.host, playground.host.replace('127.0.0.1', 'localhost')]) {
      const headers = { cookie, host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
      expect((await send('POST', '/playground/messages', headers, post)).status).toBe(202);
    }
    const crossed = { cookie, origin: `http://${playground.host.replace('127.0.0.1', 'localhost')}` };
    expect((await send('POST', '/playground/messages', crossed, post)).status).toBe(403);
  });
});

describe('bodies that are not what they should be', () => {
  const send400 = async (body: string | Uint8Array<ArrayBuffer>, type: string) => {
    const response = await fetch(`http://${playground.host}/playground/messages`, {
      method: 'POST',
      headers: { Cookie: cookie, 'Content-Type': type },
      body,
    });
    return { status: response.status, body: await response.json() };
  };

  it.each(['person=rae&channel=incidents&text=%ff%fe', 'person=rae&channel=incidents&text=%c3'])(
    'broken UTF-8 is refused in a sentence: %s',
    async (body) => {
      const refused = await send400(body, 'application/x-www-form-urlencoded');
      expect(refused).toMatchObject({
        status: 400,
        body: { error: expect.stringContaining('not valid UTF-8') },
      });
    },
  );

  it('raw broken bytes are refused in a sentence', async () => {
    const bytes = Uint8Array.from([...Buffer.from('{"text":"'), 0xc3, 0x28, ...Buffer.from('"}')]);
    const refused = await send400(bytes, 'application/json');
    expect(refused).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('not valid UTF-8') },
    });
  });

  it.each(['', '[', 'null', '7'])('%j is refused as JSON', async (body) => {
    expect((await send400(body, 'application/json')).status).toBe(400);
  });

  it('another content type is refused', async () => {
    expect((await send400('text=a', 'text/plain')).status).toBe(415);
  });

  it('what is far too large is refused', async () => {
    const body = `person=rae&channel=incidents&text=${'a'.repeat(4_000_001)}`;
    expect((await send400(body, 'application/x-www-form-urlencoded')).status).toBe(413);
  });
});

import type { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createInstallRoutes } from '#adapters/slack/start/create-install-routes.ts';
import { Fault } from '#domain/fault.ts';
import { silentLogger } from '#test/support/playground.ts';
import { type Grant, type Switchboard, startSwitchboard } from '#test/support/slack/switchboard.ts';

const token = ['xoxb', 'of', 'the', 'team'].join('-');
const granted: Grant = {
  access_token: token,
  token_type: 'bot',
  team: { id: 'T1', name: 'Team <One>' },
  authed_user: { id: 'U1' },
  is_enterprise_install: false,
};
const publicUrl = 'https://recourse.test/bot';

describe('installing into a team (the test server knows no OAuth: oauth.v2.access is answered as documented)', () => {
  let slack: Switchboard;
  let routes: Hono;
  let kept: unknown[];
  let keep: () => Promise<void>;
  let trouble: string | null;
  beforeEach(async () => {
    slack = await startSwitchboard();
    slack.grants.set('good', granted);
    kept = [];
    keep = async () => undefined;
    trouble = null;
    const claimed = new Set<string>();
    routes = createInstallRoutes({
      settings: {
        clientId: '1.2',
        clientSecret: 'client-secret',
        signingSecret: 'x',
        publicUrl,
        apiUrl: slack.apiUrl,
      },
      logger: silentLogger,
      open: async () => trouble,
      installations: {
        all: async () => [],
        admits: (team) => team === 'T1',
        token: async () => undefined,
        add: async (...given) => {
          await keep();
          kept.push(given);
        },
        remove: async () => undefined,
        claim: async (word) => claimed.size < claimed.add(word).size,
      },
    });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await slack[Symbol.asyncDispose]();
  });

  /** What a browser does: opens the page, keeps the cookie, follows the button. */
  const begin = async () => {
    const response = await routes.request('/slack/install', { headers: { Host: 'evil.test' } });
    const cookie = response.headers.get('set-cookie') ?? '';
    const html = await response.text();
    const link = /href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    return { response, cookie, authorize: new URL(link) };
  };
  const comeBack = async (query: Readonly<Record<string, string>>, cookie?: string) => {
    const response = await routes.request(`/slack/oauth_redirect?${new URLSearchParams(query)}`, {
      headers: { Host: 'evil.test', ...(cookie && { Cookie: cookie.split(';')[0] ?? '' }) },
    });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  const finish = async (query: Readonly<Record<string, string>> = { code: 'good' }) => {
    const { cookie, authorize } = await begin();
    return comeBack({ state: authorize.searchParams.get('state') ?? '', ...query }, cookie);
  };
  const exchanges = () => slack.calls.filter(({ method }) => method === 'oauth.v2.access');

  it('shows a button to Slack, with the scopes, the way back, and a word that only this browser has', async () => {
    const { response, cookie, authorize } = await begin();
    expect(authorize.origin + authorize.pathname).toBe(`${new URL(slack.apiUrl).origin}/oauth/v2/authorize`);
    expect(Object.fromEntries(authorize.searchParams)).toEqual({
      client_id: '1.2',
      scope: expect.stringContaining('chat:write,commands,'),
      redirect_uri: `${publicUrl}/slack/oauth_redirect`,
      state: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(cookie).toMatch(
      /^__Host-recourse-install=.*; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect((await begin()).authorize.searchParams.get('state')).not.toBe(authorize.searchParams.get('state'));
  });

  it('keeps the token of the team, once, and says what to do next', async () => {
    const { status, text, headers } = await finish();
    expect(status).toBe(200);
    expect(text).toContain('Recourse is installed into Team &lt;One&gt;');
    expect(text).toContain('/invite');
    expect(headers.get('set-cookie')).toContain('Max-Age=0');
    expect(kept).toEqual([[{ id: 'T1', name: 'Team <One>' }, token, 'U1']]);
    expect(Object.fromEntries(exchanges()[0]?.body ?? [])).toMatchObject({
      code: 'good',
      redirect_uri: `${publicUrl}/slack/oauth_redirect`,
    });
  });

  it('says why the team is not reached although its token is kept', async () => {
    trouble = 'Slack does not answer.';
    expect((await finish()).text).toContain('Slack does not answer.');
  });

  const own = async () => {
    const { cookie, authorize } = await begin();
    return { cookie, state: authorize.searchParams.get('state') ?? '' };
  };
  it.each([
    ['without a cookie', async () => comeBack({ code: 'good', state: (await own()).state })],
    ['without a word', async () => comeBack({ code: 'good' }, (await own()).cookie)],
    [
      'with the word of another browser',
      async () => comeBack({ code: 'good', state: (await own()).state }, (await own()).cookie),
    ],
    [
      'with a cookie that was made up',
      async () =>
        comeBack({ code: 'good', state: 'w' }, `__Host-recourse-install=w.${Date.now() + 9999}.sig`),
    ],
    [
      'after ten minutes',
      async () => {
        vi.useFakeTimers({ toFake: ['Date'] });
        const { cookie, state } = await own();
        vi.setSystemTime(Date.now() + 600_001);
        return comeBack({ code: 'good', state }, cookie);
      },
    ],
    [
      'a second time',
      async () => {
        const { cookie, state } = await own();
        await comeBack({ code: 'nothing', state }, cookie);
        slack.calls.length = 0;
        return comeBack({ code: 'good', state }, cookie);
      },
    ],
  ])('refuses who comes back %s, and asks Slack nothing', async (_, come) => {
    const { status, text } = await come();
    expect([status, text]).toEqual([403, expect.stringContaining('This link is not valid')]);
    expect(text).toContain(`href="${publicUrl}/slack/install"`);
    expect(kept).toEqual([]);
    expect(exchanges()).toEqual([]);
  });

  it.each([
    ['a whole organisation', { is_enterprise_install: true, team: null }, 'Choose one workspace'],
    ['a token that expires', { refresh_token: 'r', expires_in: 43_200 }, 'token rotation'],
    ['a team that the operator does not name', { team: { id: 'T2', name: 'Two' } }, 'slack:T2/U1'],
  ])('refuses %s, says what to do, and gives the token back', async (_, changes, words) => {
    slack.grants.set('other', { ...granted, ...changes });
    const { status, text } = await finish({ code: 'other' });
    expect([status, text]).toEqual([403, expect.stringContaining(words)]);
    expect(kept).toEqual([]);
    expect(slack.calls.at(-1)).toMatchObject({ method: 'auth.revoke', token });
  });

  it('explains what Slack refuses, whatever the query says', async () => {
    expect((await finish({ error: 'access_denied' })).text).toContain('was cancelled');
    const forged = await finish({ error: '<script>', redirect_uri: 'https://evil.test', url: '//evil.test' });
    expect(forged.text).not.toMatch(/<script>|evil/);
    expect((await finish({ code: 'unknown' })).text).toContain('invalid_code');
    expect(kept).toEqual([]);
  });

  it('explains that the token could not be kept', async () => {
    keep = () =>
      Promise.reject(new Fault('configuration', 'kek-missing', 'No key.', 'Set RECOURSE_KEK_FILE.'));
    const { status, text } = await finish();
    expect([status, text]).toEqual([503, expect.stringContaining('Set RECOURSE_KEK_FILE.')]);
    expect(text).not.toContain(token);
  });
});

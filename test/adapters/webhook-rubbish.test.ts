import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWebhookRoutes } from '#adapters/alerts/create-webhook-routes.ts';
import { isDeep } from '#adapters/alerts/is-deep.ts';
import { createReceiveAlerts } from '#application/receive-alerts.ts';
import { type AlertSource, alertSources } from '#domain/alert/alert.ts';
import { createOwnBot, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { fc } from '#test/support/properties.ts';
import { someRoute } from '#test/support/some-alert.ts';

const secret = ['webhook', 'secret', 'made', 'here'].join('-');

const nested = (depth: number, inside = ''): string => '['.repeat(depth) + inside + ']'.repeat(depth);
const alerting = (fields: string): string =>
  `{"groupKey":"g","alerts":[{"status":"firing","fingerprint":"f","labels":{"alertname":"Odd"},${fields}}]}`;

/** What a sender that is broken, or hostile, may post with the right secret. */
describeOnEmbedded('rubbish in a webhook', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  let post: (
    body: string | Uint8Array<ArrayBuffer>,
    headers?: Record<string, string>,
  ) => Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
  beforeAll(async () => {
    db = await open();
    bot = await createOwnBot(db);
    const own = (await db.workspaces.all()).find(({ id }) => id === bot.workspace);
    if (!own) throw new Error('no workspace');
    const routes = createWebhookRoutes({
      file: { routes: [someRoute(own)], generic: {} },
      secrets: {
        ...(Object.fromEntries(alertSources.map((name) => [name, undefined])) as Record<
          AlertSource,
          undefined
        >),
        alertmanager: secret,
      },
      sns: { topics: [], fetchText: () => Promise.reject(new Error('nothing is fetched')) },
      inbound: createReceiveAlerts({ ...bot.core, alertsWaiting: () => undefined }),
      logger: bot.core.logger,
      now: Date.now,
    });
    post = async (body, headers = {}) => {
      const answer = await routes.request('/webhooks/alertmanager', {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${secret}`, ...headers },
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
  });
  const taken = () => bot.within(({ alerts }) => alerts.take(100));
  const kept = async () => {
    const [oldest] = await db.workspaces.all();
    const refused = oldest ? await db.unitOfWork.within(oldest.id, ({ alerts }) => alerts.refused(1)) : [];
    return refused[0];
  };

  it.each([
    ['nested deeper than could be written again', alerting(`"x":${nested(60_000)}`)],
    ['nested deep in a label', alerting(`"annotations":{"a":${nested(60_000)}}`)],
  ])('is refused when it is %s', async (_, body) => {
    expect(await post(body)).toMatchObject({
      status: 422,
      body: { field: '', message: 'is nested more than 64 deep' },
    });
    expect((await kept())?.message).toBe('is nested more than 64 deep');
  });

  it.each([
    ['a list', '[]', '', 'must be an object'],
    ['null', 'null', '', 'must be an object'],
    ['a number', '1e999', '', 'must be an object'],
    ['an alert that is a text', '{"groupKey":"g","alerts":["x"]}', 'alerts[0]', 'must be an object'],
    ['without alerts', '{"groupKey":"g","alerts":[]}', 'alerts', 'is an empty list'],
    ['with another state', alerting('"status":"odd"'), 'alerts[0].status', 'must be firing or resolved'],
    ['with a time that is a number', alerting('"startsAt":1e999'), 'alerts[0].startsAt', 'must be a text'],
  ])('is refused by its field when it is %s', async (_, body, field, message) => {
    expect(await post(body)).toMatchObject({ status: 422, body: { field, message } });
  });

  it('that is compressed is told so, and what is no UTF-8 is read as far as it can be', async () => {
    const body = alerting('"startsAt":"2026-11-20T03:00:00Z"');
    const zipped = await post(new Uint8Array(gzipSync(body)), { 'content-encoding': 'gzip' });
    expect(zipped).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('compressed (gzip)') },
    });
    const [before, after] = body.split('Odd') as [string, string];
    const bytes = Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xc3, 0x28]), Buffer.from(after)]);
    expect(await post(new Uint8Array(bytes))).toMatchObject({ status: 200, body: { accepted: 1 } });
    expect(await taken()).toMatchObject([{ alert: { name: '\uFFFD\uFFFD(' } }]);
  });

  it('that begins with a mark of the byte order is read', async () => {
    expect(await post(`\uFEFF${alerting('"startsAt":"2026-11-20T03:01:00Z"')}`)).toMatchObject({
      status: 200,
    });
    expect(await taken()).toHaveLength(1);
  });

  it('with names of prototypes, halves of letters and NUL is kept as text', async () => {
    const labels =
      '{"alertname":"Odd","__proto__":{"polluted":true},"constructor":"c","a\\u0000b":"x\\ud800y"}';
    const body = `{"groupKey":"g","alerts":[{"status":"firing","fingerprint":"p\\u0000","labels":${labels}}]}`;
    expect(await post(body)).toMatchObject({ status: 200, body: { accepted: 1 } });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const [event] = await taken();
    expect(event?.alert.fingerprint).toBe('p\uFFFD');
    expect(event?.alert.labels).toMatchObject({ constructor: 'c', 'a\uFFFDb': 'x\uFFFDy' });
  });

  it.each(['9999-12-31T23:59:59Z', '2285-01-01T00:00:00Z', '-271821-04-20T00:00:00Z'])(
    'with a beginning of %s has none',
    async (startsAt) => {
      expect(await post(alerting(`"startsAt":"${startsAt}"`))).toMatchObject({ status: 200 });
      for (const { alert } of await taken())
        expect(alert).toMatchObject({ startedAt: null, changedAt: null });
    },
  );
});

describe('how deep a text of JSON goes', () => {
  it('is that of its lists and objects, whatever its texts hold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.string(), (depth, text) => {
        expect(isDeep(nested(depth, JSON.stringify(`[[{"\\${text}`)))).toBe(depth > 64);
      }),
    );
    expect(isDeep(JSON.stringify({ a: '\\"'.repeat(50_000), b: '['.repeat(100_000) }))).toBe(false);
  });
});

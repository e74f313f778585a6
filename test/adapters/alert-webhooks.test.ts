import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWebhookRoutes } from '#adapters/alerts/create-webhook-routes.ts';
import { createReceiveAlerts } from '#application/receive-alerts.ts';
import type { AlertSource } from '#domain/alert/alert.ts';
import { Fault } from '#domain/fault.ts';
import type { AlertInbound } from '#ports/alert-inbound.ts';
import { alertPayloads } from '#test/fixtures/alert-payloads.ts';
import { createOwnBot, knownSecret, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { someRoute } from '#test/support/some-alert.ts';

const secret = ['webhook', 'secret', 'made', 'here'].join('-');
const topic = 'arn:aws:sns:eu-west-1:123456789012:alarms';
const now = Date.UTC(2026, 10, 20, 3, 10);
const amazon = 'https://sns.eu-west-1.amazonaws.com';
const signing = generateKeyPairSync('rsa', { modulusLength: 2048 });
const others = generateKeyPairSync('rsa', { modulusLength: 2048 });

const none = null;
const emptyTable = {
  ...{ alerts: none, state: none, severity: none, summary: none, description: none, labels: none },
  ...{ group: none, startedAt: none, changedAt: none, link: none, runbookUrl: none },
  resolved: ['ok'],
  acknowledged: [],
};

type Sender = Exclude<AlertSource, 'generic'>;
const payloadOf = (sender: Sender): object =>
  alertPayloads.find((one) => one.sender === sender)?.payload ?? {};

const hex = (text: string, key = secret) => createHmac('sha256', key).update(text).digest('hex');

/** The headers with which each sender proves itself. */
const proofs: Record<Exclude<Sender, 'cloudwatch'>, (raw: string, key: string) => Record<string, string>> = {
  alertmanager: (_, key) => ({ authorization: `Bearer ${key}` }),
  grafana: (raw, key) => ({ 'x-grafana-alerting-signature': hex(raw, key) }),
  pagerduty: (raw, key) => ({ 'x-pagerduty-signature': `v1=${hex(raw, 'older')},v1=${hex(raw, key)}` }),
  datadog: (_, key) => ({ 'x-recourse-token': key }),
  newrelic: (_, key) => ({ authorization: `Basic ${Buffer.from(`any:${key}`).toString('base64')}` }),
  opsgenie: (_, key) => ({ 'x-recourse-token': key }),
  sentry: (raw, key) => ({ 'sentry-hook-signature': hex(raw, key) }),
  servicenow: (_, key) => ({ authorization: `Basic ${Buffer.from(`recourse:${key}`).toString('base64')}` }),
  jira: (raw, key) => ({ 'x-hub-signature': `sha256=${hex(raw, key)}` }),
};
const senders = Object.keys(proofs) as (keyof typeof proofs)[];

/** The two versions of its signature, and what each is made with. */
const algorithms: Readonly<Record<string, string>> = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' };

function signSns(message: Record<string, string>, key = signing.privateKey): object {
  const signed: Record<string, string> = {
    Timestamp: new Date(now).toISOString(),
    SignatureVersion: '2',
    SigningCertURL: `${amazon}/SimpleNotificationService-1.pem`,
    ...message,
  };
  const names =
    message.Type === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const text = names
    .filter((name) => name in signed)
    .map((name) => `${name}\n${signed[name]}\n`)
    .join('');
  const algorithm = algorithms[signed.SignatureVersion ?? ''] ?? 'RSA-SHA256';
  return { ...signed, Signature: sign(algorithm, Buffer.from(text), key).toString('base64') };
}

const probe = { ...emptyTable, fingerprint: 'id', name: 'what' };

describeOnEmbedded('webhooks', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  let fetched: string[];
  let inbound: AlertInbound;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    fetched = [];
    bot = await createOwnBot(db);
    inbound = createReceiveAlerts({ ...bot.core, alertsWaiting: () => undefined });
  });

  const routes = async (changes: { readonly inbound?: AlertInbound; readonly unset?: boolean } = {}) => {
    const own = (await db.workspaces.all()).find(({ id }) => id === bot.workspace);
    if (!own) throw new Error('no workspace');
    const listening = changes.unset ? undefined : secret;
    return createWebhookRoutes({
      file: { routes: [someRoute(own)], generic: { probe } },
      secrets: Object.fromEntries([...senders, 'generic'].map((name) => [name, listening])) as Record<
        Exclude<AlertSource, 'cloudwatch'>,
        string | undefined
      >,
      sns: {
        topics: changes.unset ? [] : [topic],
        fetchText: async (url) => {
          fetched.push(url);
          return signing.publicKey.export({ type: 'spki', format: 'pem' }).toString();
        },
      },
      inbound: changes.inbound ?? inbound,
      logger: bot.core.logger,
      now: () => now,
    });
  };

  const post = async (
    sender: string,
    raw: string,
    headers: Record<string, string> = {},
    changes?: Parameters<typeof routes>[0],
  ) => {
    const answer = await (await routes(changes)).request(`/webhooks/${sender}`, {
      method: 'POST',
      body: raw,
      headers,
    });
    return {
      status: answer.status,
      body: (await answer.json()) as Record<string, unknown>,
      retryAfter: answer.headers.get('retry-after'),
    };
  };
  const kept = () => bot.within(({ alerts }) => alerts.take(100));
  const refused = async () => {
    const [oldest] = await db.workspaces.all();
    return oldest ? db.unitOfWork.within(oldest.id, ({ alerts }) => alerts.refused(100)) : [];
  };

  describe.each(senders)('of %s', (sender) => {
    const raw = JSON.stringify(payloadOf(sender));
    const proof = proofs[sender];

    it('are kept before they are acknowledged, and once', async () => {
      expect(await post(sender, raw, proof(raw, secret))).toMatchObject({
        status: 200,
        body: { accepted: 1, repeated: 0, unrouted: 0 },
      });
      expect(await post(sender, raw, proof(raw, secret))).toMatchObject({
        status: 200,
        body: { accepted: 0, repeated: 1 },
      });
      expect(await kept()).toMatchObject([{ channel: 'incidents', alert: { source: sender } }]);
    });

    it('are refused with another secret, none, or another body than was signed', async () => {
      const forged = [
        proof(raw, `${secret}x`),
        {},
        { authorization: 'Bearer' },
        { authorization: `Bearer ${secret.slice(0, -1)}` },
      ];
      for (const headers of forged) expect(await post(sender, raw, headers)).toMatchObject({ status: 401 });
      if (['grafana', 'pagerduty', 'sentry', 'jira'].includes(sender))
        expect(await post(sender, `${raw} `, proof(raw, secret))).toMatchObject({ status: 401 });
      expect(await kept()).toEqual([]);
    });

    it('larger than 256 KB are refused, however well they are signed', async () => {
      const large = JSON.stringify({ ...payloadOf(sender), padding: 'x'.repeat(256 * 1024) });
      expect(await post(sender, large, proof(large, secret))).toMatchObject({ status: 413 });
      expect(await kept()).toEqual([]);
    });

    it('that do not fit are told by their field, and kept for inspection without secrets', async () => {
      const wrong = JSON.stringify({ hello: knownSecret });
      const answer = await post(sender, wrong, proof(wrong, secret));
      expect(answer).toMatchObject({
        status: 422,
        body: { field: expect.stringMatching(/\w/), message: expect.stringMatching(/is missing|must be/) },
      });
      const [newest] = await refused();
      expect(newest).toMatchObject({ sender, field: answer.body.field });
      expect(newest?.payload).toContain('hello');
      expect(newest?.payload).not.toContain(knownSecret);
    });
  });

  it('are not listened to where no secret is set, nor from senders that nobody knows', async () => {
    const raw = JSON.stringify(payloadOf('alertmanager'));
    const headers = proofs.alertmanager(raw, secret);
    for (const sender of [...senders, 'cloudwatch'])
      expect(await post(sender, raw, headers, { unset: true })).toMatchObject({ status: 404 });
    for (const sender of ['nagios', 'constructor', 'generic/none'])
      expect(await post(sender, raw, headers)).toMatchObject({ status: 404 });
    expect(await kept()).toEqual([]);
  });

  it('larger than 256 KB are told to whoever set the sender up, where the secret was shown', async () => {
    const large = 'x'.repeat(256 * 1024 + 1);
    const before = (await refused()).length;
    const forged = [
      ['alertmanager', proofs.alertmanager('', `${secret}x`)],
      ['alertmanager', {}],
      ['pagerduty', proofs.pagerduty(large, secret)],
      ['nagios', proofs.alertmanager('', secret)],
    ] as const;
    for (const [sender, headers] of forged)
      expect(await post(sender, large, headers)).toMatchObject({ status: 413 });
    expect(await refused()).toHaveLength(before);
    for (const sender of ['alertmanager', 'generic/nagios']) {
      expect(await post(sender, large, proofs.alertmanager('', secret))).toMatchObject({ status: 413 });
      expect((await refused())[0]).toMatchObject({ sender, message: 'is larger than 256 KB', payload: '' });
    }
  });

  it('larger than 256 KB are refused unread, and what is no JSON is kept for inspection', async () => {
    const headers = proofs.alertmanager('', secret);
    expect(await post('alertmanager', 'x'.repeat(256 * 1024 + 1), headers)).toMatchObject({ status: 413 });
    expect(await post('alertmanager', '{"alerts":', headers)).toMatchObject({
      status: 400,
      body: { message: 'is not JSON' },
    });
    expect((await refused())[0]).toMatchObject({ payload: '{"alerts":' });
  });

  it('of Grafana that sign a time are refused when it is not now', async () => {
    const raw = JSON.stringify(payloadOf('grafana'));
    const at = (ms: number) => {
      const time = String(Math.floor((now + ms) / 1000));
      return { 'x-grafana-alerting-timestamp': time, 'x-grafana-alerting-signature': hex(`${time}:${raw}`) };
    };
    expect(await post('grafana', raw, at(-301_000))).toMatchObject({
      status: 401,
      body: { error: 'The signature is too old.' },
    });
    expect(await post('grafana', raw, at(301_000))).toMatchObject({ status: 401 });
    expect(await post('grafana', raw, { ...at(0), 'x-grafana-alerting-timestamp': '1' })).toMatchObject({
      status: 401,
    });
    expect(await post('grafana', raw, at(-290_000))).toMatchObject({ status: 200 });
  });

  it('that cannot be kept are to be sent again', async () => {
    const raw = JSON.stringify(payloadOf('alertmanager'));
    const down = () =>
      Promise.reject(new Fault('unavailable', 'database-away', 'The database does not answer.', 'Wait.'));
    const answer = await post('alertmanager', raw, proofs.alertmanager(raw, secret), {
      inbound: { receive: down, refuse: down },
    });
    expect(answer).toMatchObject({ status: 503, retryAfter: '5' });
  });

  it('of a table of one’s own are kept, proved, and told what is wrong, as any others', async () => {
    const raw = JSON.stringify({ id: 'web-01', what: 'load' });
    const proved = { authorization: `Bearer ${secret}` };
    const sender = 'generic/probe';
    expect(await post(sender, raw, { authorization: 'Bearer wrong' })).toMatchObject({ status: 401 });
    expect(await post(sender, raw, proved)).toMatchObject({ status: 200, body: { accepted: 1 } });
    expect(await post(sender, raw, proved)).toMatchObject({ status: 200, body: { repeated: 1 } });
    expect(await post(sender, `{"what":"${knownSecret}"}`, proved)).toMatchObject({
      status: 422,
      body: { field: 'id', message: expect.stringContaining('is missing') },
    });
    expect((await refused())[0]?.payload).not.toContain(knownSecret);
    expect(await kept()).toMatchObject([{ alert: { source: 'generic', name: 'load' } }]);
  });

  describe('of SNS', () => {
    const notification = {
      Type: 'Notification',
      MessageId: 'm-1',
      TopicArn: topic,
      Message: (payloadOf('cloudwatch') as { Message: string }).Message,
    };
    const send = (message: object) =>
      post('cloudwatch', JSON.stringify(message), { 'content-type': 'text/plain' });

    it('are taken when they are signed, in both versions and with a subject', async () => {
      expect(await send(signSns({ ...notification, Subject: 'ALARM' }))).toMatchObject({
        status: 200,
        body: { accepted: 1 },
      });
      const over = { ...notification, Message: notification.Message.replace('"ALARM"', '"OK"') };
      expect(await send(signSns({ ...over, SignatureVersion: '1' }))).toMatchObject({
        status: 200,
        body: { accepted: 1 },
      });
      expect(new Set(fetched)).toEqual(new Set([`${amazon}/SimpleNotificationService-1.pem`]));
    });

    it('that hold no alarm are told so, and kept for inspection', async () => {
      const wrong = signSns({ ...notification, Message: `{"hello":"${knownSecret}"}` });
      expect(await send(wrong)).toMatchObject({ status: 422, body: { field: 'Message.AlarmName' } });
      const [newest] = await refused();
      expect(newest).toMatchObject({ sender: 'cloudwatch', payload: expect.stringContaining('hello') });
      expect(newest?.payload).not.toContain(knownSecret);
    });

    it.each([
      ['changed', { ...signSns(notification), Message: '{}' }],
      ['signed by another key', signSns(notification, others.privateKey)],
      ['of another topic', signSns({ ...notification, TopicArn: `${topic}x` })],
      [
        'signed by a certificate from elsewhere',
        signSns({
          ...notification,
          SigningCertURL: 'https://evil.example.com/SimpleNotificationService-1.pem',
        }),
      ],
      [
        'signed by something else of Amazon',
        signSns({ ...notification, SigningCertURL: `${amazon}/?x=SimpleNotificationService-1.pem#.pem` }),
      ],
      [
        'more than an hour old',
        signSns({ ...notification, Timestamp: new Date(now - 3_601_000).toISOString() }),
      ],
      ['signed in a way that nobody knows', signSns({ ...notification, SignatureVersion: '3' })],
      ['without a signature', notification],
    ])('are refused when they are %s', async (_, message) => {
      expect(await send(message)).toMatchObject({ status: 401 });
      expect(await kept()).toEqual([]);
    });

    it('confirm a subscription to a topic of ours, and to no other', async () => {
      const asking = {
        Type: 'SubscriptionConfirmation',
        MessageId: 'm-2',
        TopicArn: topic,
        Token: 't',
        Message: 'You have chosen …',
        SubscribeURL: `${amazon}/?Action=ConfirmSubscription&Token=t`,
      };
      expect(await send(signSns({ ...asking, TopicArn: `${topic}x` }))).toMatchObject({ status: 401 });
      expect(await send({ ...signSns(asking), SubscribeURL: 'https://evil.example.com/' })).toMatchObject({
        status: 401,
      });
      expect(fetched.filter((url) => url.includes('ConfirmSubscription'))).toEqual([]);
      expect(await send(signSns(asking))).toMatchObject({ status: 200, body: { accepted: 0 } });
      expect(fetched.at(-1)).toBe(asking.SubscribeURL);
    });
  });
});

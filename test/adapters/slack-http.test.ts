import { afterEach, beforeEach, expect, it } from 'vitest';
import { Fault } from '#domain/fault.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { channels, tokens, users } from '#test/support/slack/local-slack.ts';
import { openTestSlack, type TestSlack } from '#test/support/slack/open-test-slack.ts';
import { signedHeaders } from '#test/support/slack/signed.ts';

const message = (id = 'Ev1') =>
  JSON.stringify({
    type: 'event_callback',
    event_id: id,
    event: {
      type: 'message',
      channel: channels.incidents,
      user: users.rae,
      text: 'disk full',
      ts: '1790000000.000100',
    },
  });

const sign = (body: string, seconds: number) =>
  signedHeaders(body, tokens.signing, seconds)['X-Slack-Signature'];

const now = () => Math.floor(Date.now() / 1000);

describeWithPeer('slack', 'requests in the name of Slack', () => {
  let slack: TestSlack;
  let databaseIsUp = true;
  beforeEach(async () => {
    databaseIsUp = true;
    slack = await openTestSlack('http', async () => {
      if (!databaseIsUp) throw new Fault('unavailable', 'database-away', 'The database is away.', 'Wait.');
      return { kind: 'accepted' };
    });
  });
  afterEach(() => slack[Symbol.asyncDispose]());

  const post = (body: string, headers: Readonly<Record<string, string>>) =>
    fetch(`http://${slack.address}/slack/events`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body,
    });
  const signed = (body: string, seconds = now(), secret = tokens.signing) =>
    post(body, signedHeaders(body, secret, seconds));

  it('are taken with a good signature', async () => {
    expect((await signed(message())).status).toBe(200);
    expect(slack.received).toHaveLength(1);
  });

  it.each([
    ['made with another secret', () => signed(message(), now(), 'another')],
    ['older than five minutes', () => signed(message(), now() - 301)],
    ['from the future', () => signed(message(), now() + 360)],
    [
      'for another body',
      () =>
        post(message('Ev2'), {
          'X-Slack-Request-Timestamp': String(now()),
          'X-Slack-Signature': sign(message(), now()),
        }),
    ],
    [
      'of another version',
      () =>
        post(message(), {
          'X-Slack-Request-Timestamp': String(now()),
          'X-Slack-Signature': sign(message(), now()).replace('v0', 'v1'),
        }),
    ],
    ['without a time', () => post(message(), { 'X-Slack-Signature': sign(message(), now()) })],
    ['without a signature', () => post(message(), { 'X-Slack-Request-Timestamp': String(now()) })],
  ])('are refused with a signature %s, and nothing is stored', async (_, request) => {
    expect((await request()).status).toBe(401);
    expect(slack.received).toEqual([]);
  });

  it('have one effect when the same one is played again', async () => {
    await Promise.all([signed(message()), signed(message()), signed(message())]);
    expect(slack.received).toHaveLength(1);
  });

  it('are answered with 503 while the database is down, and taken when they come again', async () => {
    databaseIsUp = false;
    expect((await signed(message())).status).toBe(503);
    databaseIsUp = true;
    expect((await signed(message())).status).toBe(200);
    expect(slack.received).toHaveLength(1);
  });

  it('are refused when they are too long', async () => {
    expect((await signed(JSON.stringify({ type: 'x', filler: 'x'.repeat(1_100_000) }))).status).toBe(413);
  });

  it('carry message shortcuts, which the test server cannot make itself', async () => {
    const shortcut = (callback_id: string) =>
      JSON.stringify({
        type: 'message_action',
        callback_id,
        trigger_id: '1.2',
        action_ts: '1790000009.000100',
        user: { id: users.ada, name: 'ada' },
        channel: { id: channels.incidents, name: 'incidents' },
        message: {
          type: 'message',
          user: users.rae,
          ts: '1790000002.000100',
          thread_ts: '1790000001.000100',
          text: 'disk &lt;full&gt;',
        },
      });
    expect((await signed(shortcut('ask_recourse'))).status).toBe(200);
    expect((await signed(shortcut('save_case'))).status).toBe(200);
    const place = { channel: channels.incidents, channelName: 'incidents', thread: '1790000001.000100' };
    const speaker = { externalId: users.ada };
    expect(slack.received.map(({ intent }) => intent)).toMatchObject([
      { kind: 'message-posted', place, speaker, text: 'disk <full>', mentionsBot: true },
      { kind: 'button-pressed', place, speaker, action: { verb: 'save-case', id: '1790000001.000100' } },
    ]);
  });

  it('are acknowledged when they mean nothing here', async () => {
    const joined = {
      type: 'event_callback',
      event_id: 'Ev3',
      event: { type: 'member_joined_channel', user: users.rae },
    };
    expect((await signed(JSON.stringify(joined))).status).toBe(200);
    expect((await signed('{"type":"something_new"}')).status).toBe(200);
    expect(slack.received).toEqual([]);
  });

  it('answer the question that proves the address', async () => {
    const response = await signed(JSON.stringify({ type: 'url_verification', challenge: 'c4' }));
    expect(await response.json()).toEqual({ challenge: 'c4' });
  });
});

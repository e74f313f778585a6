import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithPeer } from '#test/support/peers.ts';
import { channels, tokens, users } from '#test/support/slack/local-slack.ts';
import { type Answer, openTestSlack, type TestSlack } from '#test/support/slack/open-test-slack.ts';
import { outOfService, refused } from '#test/support/slack/proxy.ts';
import { signedHeaders } from '#test/support/slack/signed.ts';
import { eventually } from '#test/support/slack/team.ts';

const reply = { summary: 'for you', tone: 'plain', blocks: [] } as const;
const action = { verb: 'run', id: '00000000-0000-7000-8000-00000000000a' } as const;
const form = { action, title: 'Start', intro: '', fields: [], submitLabel: 'Go' };

const answer: Answer = async (intent) => {
  if (intent.kind === 'button-pressed' && intent.action.verb === 'run') return { kind: 'form', form };
  return { kind: 'shown', reply };
};

/** Payloads as Slack documents them, for what the test server cannot send itself. */
describeWithPeer('slack', 'a press that the test server cannot make', () => {
  let slack: TestSlack;
  beforeEach(async () => {
    slack = await openTestSlack('http', answer);
  });
  afterEach(() => slack[Symbol.asyncDispose]());

  const send = async (payload: Readonly<Record<string, unknown>>) => {
    const body = JSON.stringify(payload);
    const headers = signedHeaders(body, tokens.signing);
    return (await fetch(`http://${slack.address}/slack/events`, { method: 'POST', headers, body })).status;
  };
  const press = (container: Readonly<Record<string, unknown>>, action_id = `more:${action.id}`) =>
    send({
      type: 'block_actions',
      user: { id: users.rae },
      channel: { id: channels.incidents, name: 'incidents' },
      container: { type: 'message', message_ts: '1790000002.000100', ...container },
      trigger_id: '1.2',
      actions: [{ action_id, action_ts: '1790000003.000100' }],
    });
  const place = () => slack.received.at(-1)?.intent;

  it('is in no thread when it was shown to one person alone, unless that was in one', async () => {
    await press({ is_ephemeral: true });
    expect(place()).toMatchObject({ place: { channel: channels.incidents, thread: null } });
    await press({ is_ephemeral: true, thread_ts: '1790000001.000100' });
    expect(place()).toMatchObject({ place: { thread: '1790000001.000100' } });
    await press({});
    expect(place()).toMatchObject({ place: { thread: '1790000002.000100' } });
  });

  it.each([
    ['views.open', 'expired_trigger_id', () => press({}, `run:${action.id}`)],
    ['views.publish', 'not_enabled', () => openHome()],
    ['chat.postEphemeral', 'missing_scope', () => press({})],
  ])('is acknowledged when %s is refused, and not when Slack is away', async (method, error, act) => {
    slack.server.proxy.rules = [(call) => (call.method === method ? refused(error) : undefined)];
    expect(await act()).toBe(200);
    slack.server.proxy.rules = [(call) => (call.method === method ? outOfService : undefined)];
    expect(await act()).toBe(503);
  });

  const openHome = () =>
    send({
      type: 'event_callback',
      event_id: 'Ev1',
      event: { type: 'app_home_opened', user: users.rae, tab: 'home' },
    });

  it('is not named by the words that Slack puts where a private name should be', async () => {
    const command = (channel_id: string, channel_name: string) => ({
      command: '/recourse',
      text: 'mode',
      user_id: users.rae,
      channel_id,
      channel_name,
      trigger_id: '1.3',
    });
    await send(command(channels.incidents, 'privategroup'));
    expect(place()).toMatchObject({ place: { channelName: 'incidents', direct: false } });
    await send(command('D0OTHERS', 'directmessage'));
    expect(place()).toMatchObject({ place: { channel: 'D0OTHERS', direct: false } });
  });

  it('that saves a case says whether everybody may read along, as far as Slack tells', async () => {
    // A form does not wait for Slack: an answer that came late says nothing, and pressing again asks again.
    const tells = (told: object, open: boolean) => {
      slack.server.proxy.rules = [
        ({ method }) =>
          method === 'conversations.info'
            ? { status: 200, body: { ok: true, channel: { id: 'C', ...told } } }
            : undefined,
      ];
      return eventually(async () => {
        await press({}, 'save-case:1790000002.000100');
        expect(place()).toMatchObject({ place: { open } });
      });
    };
    await tells({ is_private: false }, true);
    await tells({ is_private: true }, false);
    await tells({ is_private: false, is_ext_shared: true }, false);
    slack.server.proxy.rules = [
      ({ method }) => (method === 'conversations.info' ? refused('missing_scope') : undefined),
    ];
    await press({}, 'save-case:1790000002.000100');
    expect(place()).toMatchObject({ place: { open: undefined } });
  });
});

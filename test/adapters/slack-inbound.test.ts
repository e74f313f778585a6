import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChatIntent } from '#domain/intent.ts';
import type { Form } from '#domain/reply.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { bot, channels, users } from '#test/support/slack/local-slack.ts';
import { type Answer, openTestSlack, type TestSlack } from '#test/support/slack/open-test-slack.ts';

const recommendation = '00000000-0000-7000-8000-00000000000a';

const form: Form = {
  action: { verb: 'parameters', id: recommendation },
  title: 'Disk full',
  intro: 'On which host?',
  fields: [
    { name: 'host', kind: 'text', lines: 'one', label: 'Host', hint: '', initial: 'web-01', required: true },
  ],
  submitLabel: 'Show step 1',
};

const replies: Answer = async (intent) => {
  if (intent.kind === 'button-pressed' && intent.action.verb === 'use') return { kind: 'form', form };
  if (intent.kind === 'form-submitted' && intent.values.host === 'nowhere')
    return { kind: 'invalid', errors: { host: 'there is no such host' } };
  if (intent.kind === 'command-given' || intent.kind === 'home-opened')
    return {
      kind: 'shown',
      reply: { summary: 'for you', tone: 'plain', blocks: [{ kind: 'heading', text: 'Hello' }] },
    };
  return { kind: 'accepted' };
};

const rae = { externalId: users.rae, name: 'rae', standing: 'member', groups: [] };
const incidents = { channel: channels.incidents, thread: null, channelName: 'incidents', direct: false };

for (const mode of ['socket', 'http'] as const)
  describeWithPeer('slack', `Slack over ${mode === 'http' ? 'signed HTTP' : 'Socket Mode'}`, () => {
    let slack: TestSlack;
    beforeEach(async () => {
      slack = await openTestSlack(mode, replies);
    });
    afterEach(() => slack[Symbol.asyncDispose]());

    const intents = (): readonly ChatIntent[] => slack.received.map(({ intent }) => intent);
    const press = (action: string, messageTs: string) =>
      slack.server.act('interact', {
        channel: channels.incidents,
        messageTs,
        user: users.rae,
        action: { type: 'button', action_id: action, block_id: 'b' },
      });

    it('hears messages, in a thread or not, with mentions, links and the three escapes as people read them', async () => {
      const ts = await slack.server.say(
        'rae',
        '500s on &lt;web-01&gt; &amp; <http://web-02.example|web-02.example>',
      );
      await slack.server.say('ada', `<@${bot.user}> see <#${channels.general}|general> <@${users.ben}>`, {
        thread: ts,
      });
      expect(intents()).toMatchObject([
        {
          kind: 'message-posted',
          place: incidents,
          speaker: rae,
          id: ts,
          text: '500s on <web-01> & web-02.example',
          mentionsBot: false,
          at: Math.round(Number(ts) * 1000),
        },
        {
          kind: 'message-posted',
          place: { ...incidents, thread: ts },
          text: `see #general @${users.ben}`,
          mentionsBot: true,
        },
      ]);
    });

    it('hears a message with a mention once, although Slack sends it twice', async () => {
      await slack.server.say('rae', `<@${bot.user}> disk full`);
      expect(intents()).toMatchObject([{ text: 'disk full', mentionsBot: true }]);
    });

    it('takes whatever is said in a conversation with it alone as said to it', async () => {
      await slack.server.act('message', { user: users.rae, channel: bot.user, text: 'disk full' });
      expect(intents()).toMatchObject([{ mentionsBot: true, place: { direct: true } }]);
    });

    it('does not hear itself, and hears other programs as programs', async () => {
      await slack
        .chat()
        .post(
          { workspace: '' as never, channel: channels.incidents, thread: null },
          { summary: 'mine', tone: 'plain', blocks: [] },
          '00000000-0000-7000-8000-0000000000ff',
          false,
        );
      expect(intents()).toEqual([]);
    });

    it('hears edits and deletions', async () => {
      const ts = await slack.server.say('rae', 'disk fool');
      await slack.server.act('edit-message', {
        channel: channels.incidents,
        ts,
        user: users.rae,
        text: 'disk full',
      });
      await slack.server.act('edit-message', {
        channel: channels.incidents,
        ts,
        user: users.rae,
        text: 'disk full',
      });
      await slack.server.act('delete-message', { channel: channels.incidents, ts, user: users.rae });
      expect(intents().slice(1)).toMatchObject([
        { kind: 'message-edited', id: ts, text: 'disk full', speaker: rae },
        { kind: 'message-deleted', id: ts, speaker: rae },
      ]);
    });

    it('hears reactions added and removed', async () => {
      const ts = await slack.server.say('rae', 'hello');
      const react = { channel: channels.incidents, ts, user: users.ada, name: '+1::skin-tone-2' };
      await slack.server.act('reaction', { ...react, present: true });
      await slack.server.act('reaction', { ...react, present: false });
      expect(intents().slice(1)).toMatchObject([
        { kind: 'reaction-changed', messageId: ts, emoji: '+1::skin-tone-2', change: 'added' },
        { kind: 'reaction-changed', messageId: ts, change: 'removed', speaker: { externalId: users.ada } },
      ]);
    });

    it('opens a form, shows what is wrong beside the field, and closes it when it is right', async () => {
      const ts = await slack.server.say('rae', 'disk full');
      await press(`use:${recommendation}`, ts);
      const modal = await slack.server.screen.modal();
      expect(modal.title?.text).toBe('Disk full');
      const submit = (value: string) =>
        slack.server.screen.submit(users.rae, { host: { value: { type: 'plain_text_input', value } } });
      submit('nowhere');
      await expect.poll(() => slack.server.screen.errors()).toEqual({ host: 'there is no such host' });
      submit('web-02');
      await expect.poll(() => slack.server.screen.openModals()).toBe(0);
      expect(intents().at(-1)).toMatchObject({
        kind: 'form-submitted',
        place: { channel: channels.incidents, thread: ts },
        speaker: rae,
        action: { verb: 'parameters', id: recommendation },
        values: { host: 'web-02' },
      });
    });

    it('answers a command to the person alone', async () => {
      await slack.server.act('command', {
        channel: channels.incidents,
        user: users.rae,
        command: '/recourse',
        text: 'help',
      });
      expect(intents()).toMatchObject([
        { kind: 'command-given', place: incidents, speaker: rae, text: 'help' },
      ]);
      expect((await slack.server.messages()).at(-1)).toMatchObject({ ephemeral_to: users.rae });
    });

    it('draws the App Home when it is opened', async () => {
      await slack.server.act('open-home', { user: users.rae });
      expect((await slack.server.screen.home(users.rae)).blocks).toHaveLength(1);
    });

    it('has one effect when everything is delivered four times in parallel', async () => {
      slack.server.proxy.deliveries = 4;
      const ts = await slack.server.say('rae', `<@${bot.user}> disk full`);
      await press(`approve:${recommendation}`, ts);
      await slack.server.act('reaction', { channel: channels.incidents, ts, user: users.ada, name: '+1' });
      await expect.poll(() => intents().length).toBe(3);
    });
  });

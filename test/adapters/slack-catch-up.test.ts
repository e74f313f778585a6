import { expect, it } from 'vitest';
import type { HeardSoFar } from '#adapters/slack/start/options.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { channels, users } from '#test/support/slack/local-slack.ts';
import { openTestSlack } from '#test/support/slack/open-test-slack.ts';

const workspace = '00000000-0000-7000-8000-000000000001' as never;
const card = { summary: 'a card', tone: 'plain', blocks: [] } as const;

describeWithPeer('slack', 'what was missed while there was no connection', () => {
  it('is read back: messages, replies, and reactions added and removed, each once', async () => {
    let heard: HeardSoFar = { lastAt: null, threads: [], reactions: [] };
    await using slack = await openTestSlack('socket', undefined, () => heard);
    const { server } = slack;
    const channel = channels.incidents;
    const thread = await server.say('rae', 'disk full');
    const ts = await slack
      .chat()
      .post({ workspace, channel, thread }, card, '00000000-0000-7000-8000-0000000000ff');
    const react = (name: string, user: string, present: boolean) =>
      server.act('reaction', { channel, ts, name, user, present });
    await react('+1', users.ada, true);
    const before = slack.received.length;
    heard = {
      lastAt: Date.now(),
      threads: [{ channel, thread }],
      reactions: [{ channel, messageId: ts, personExternalId: users.ada, emoji: '+1' }],
    };

    server.proxy.dropSockets();
    await expect.poll(() => slack.slack.status().connected).toBe(false);
    await server.say('ben', 'web-02 is slow');
    await server.say('ada', 'it still is', { thread });
    await server.say('vic', 'nobody listens here', { channel: channels.elsewhere });
    await react('+1', users.ada, false);
    await react('-1', users.ben, true);
    expect(slack.received).toHaveLength(before);

    await expect.poll(() => slack.received.length).toBe(before + 4);
    expect(slack.received.slice(before).map(({ intent }) => intent)).toMatchObject([
      { kind: 'message-posted', text: 'web-02 is slow', speaker: { externalId: users.ben } },
      { kind: 'message-posted', text: 'it still is', place: { thread } },
      { kind: 'reaction-changed', messageId: ts, emoji: '-1', change: 'added' },
      { kind: 'reaction-changed', messageId: ts, emoji: '+1', change: 'removed' },
    ]);
  });
});

import { expect, it } from 'vitest';
import type { HeardSoFar } from '#ports/heard-so-far.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { bot, channels, users } from '#test/support/slack/local-slack.ts';
import { openTestSlack } from '#test/support/slack/open-test-slack.ts';
import { refused } from '#test/support/slack/proxy.ts';

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
      .post({ workspace, channel, thread }, card, '00000000-0000-7000-8000-0000000000ff', false);
    const react = (name: string, user: string, present: boolean) =>
      server.act('reaction', { channel, ts, name, user, present });
    await react('+1', users.ada, true);
    const before = slack.received.length;
    heard = {
      lastAt: Date.now(),
      threads: [{ channel, thread }],
      reactions: [{ channel, messageId: ts, personExternalId: users.ada, emoji: '+1' }],
    };

    // A scope that was not given keeps nothing else from being read.
    let firstAsked = Number.POSITIVE_INFINITY;
    server.proxy.rules = [
      (call) => {
        if (call.arguments.has('types')) firstAsked = Math.min(firstAsked, Date.now());
        return call.arguments.get('types') === 'private_channel' ? refused('missing_scope') : undefined;
      },
    ];
    await expect.poll(() => slack.hearing).toEqual(['caught up']);
    server.proxy.dropSockets();
    await expect.poll(() => slack.slack.status().connected).toBe(false);
    // Before anything that is said now is read back, whoever calls people knows that it is missing.
    expect(slack.hearing).toEqual(['caught up', 'unheard']);
    await server.say('ben', 'web-02 is slow');
    await server.say('ada', 'it still is', { thread });
    await server.say('vic', 'nobody listens here', { channel: channels.elsewhere });
    await server.act('edit-message', { channel, ts: thread, user: users.rae, text: 'disk full on web-01' });
    await react('+1', users.ada, false);
    await react('-1', users.ben, true);
    for (const name of ['eyes', 'white_check_mark'])
      await server.act('reaction', { channel, ts: thread, name, user: users.ben, present: true });
    expect(slack.received).toHaveLength(before);

    await expect.poll(() => slack.received.length).toBe(before + 6);
    await expect.poll(() => slack.hearing).toEqual(['caught up', 'unheard', 'caught up']);
    expect(slack.received.slice(before).map(({ intent }) => intent)).toMatchObject([
      { kind: 'message-posted', text: 'web-02 is slow', speaker: { externalId: users.ben } },
      { kind: 'message-edited', id: thread, text: 'disk full on web-01', speaker: { externalId: users.rae } },
      { kind: 'message-posted', text: 'it still is', place: { thread } },
      { kind: 'reaction-changed', messageId: thread, emoji: 'white_check_mark', change: 'added' },
      { kind: 'reaction-changed', messageId: ts, emoji: '-1', change: 'added' },
      { kind: 'reaction-changed', messageId: ts, emoji: '+1', change: 'removed' },
    ]);
    // What is heard while it is read back is newer.
    const changed = slack.received
      .slice(before)
      .flatMap(({ intent }) => (intent.kind === 'reaction-changed' ? [intent.at] : []));
    expect(changed).toHaveLength(3);
    for (const at of changed) expect(at).toBeLessThanOrEqual(firstAsked);
  });

  it('does not hold what was said before the bot was invited', async () => {
    let heard: HeardSoFar = { lastAt: null, threads: [], reactions: [] };
    await using slack = await openTestSlack('socket', undefined, () => heard);
    const ts = (place: number) => `${Math.floor(Date.now() / 1000)}.00000${place}`;
    const messages = [
      { type: 'message', user: users.rae, ts: ts(3), text: 'after' },
      { type: 'message', subtype: 'channel_join', user: bot.user, ts: ts(2), text: 'joined' },
      { type: 'message', user: users.rae, ts: ts(1), text: 'before' },
    ];
    slack.server.proxy.rules = [
      ({ method, arguments: given }) =>
        method === 'conversations.history' && given.get('channel') === channels.incidents
          ? { status: 200, body: { ok: true, messages } }
          : undefined,
    ];
    heard = { ...heard, lastAt: Date.now() };
    slack.server.proxy.dropSockets();
    await expect.poll(() => slack.received.map(({ intent }) => intent)).toMatchObject([{ text: 'after' }]);
  });

  it('is read back past a thread that is gone, and a question that was deleted is told by what Slack leaves', async () => {
    const gone = { channel: channels.incidents, thread: '1700000000.000100' };
    const left = { channel: channels.incidents, thread: '1700000001.000100' };
    let heard: HeardSoFar = { lastAt: null, threads: [], reactions: [] };
    await using slack = await openTestSlack('socket', undefined, () => heard);
    // The server keeps nothing of what is deleted, so what Slack would answer is put in.
    slack.server.proxy.rules = [
      ({ method, arguments: given }) => {
        if (method !== 'conversations.replies') return undefined;
        if (given.get('ts') === gone.thread) return refused('thread_not_found');
        const tombstone = { type: 'message', subtype: 'tombstone', user: 'USLACKBOT', ts: left.thread };
        return { status: 200, body: { ok: true, messages: [{ ...tombstone, thread_ts: left.thread }] } };
      },
    ];
    heard = { lastAt: Date.now(), threads: [gone, left], reactions: [] };
    slack.server.proxy.dropSockets();
    await expect
      .poll(() => slack.received.map(({ intent }) => intent))
      .toMatchObject([{ kind: 'message-deleted', id: left.thread }]);
  });
});

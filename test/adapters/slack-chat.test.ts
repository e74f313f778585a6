import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { clientOptions } from '#adapters/slack/chat/client-options.ts';
import { createSlackChat } from '#adapters/slack/chat/create-slack-chat.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Place } from '#domain/intent.ts';
import type { Reply } from '#domain/reply.ts';
import type { Chat } from '#ports/chat.ts';
import { everyReply } from '#test/fixtures/every-reply.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { someReply } from '#test/support/rows.ts';
import {
  channels,
  type LocalSlack,
  startLocalSlack,
  tokens,
  users,
} from '#test/support/slack/local-slack.ts';
import { outOfService, type Rule, rateLimited, refused } from '#test/support/slack/proxy.ts';
import { textsIn } from '#test/support/slack-blocks.ts';

const workspace = 'workspace' as WorkspaceId;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const noisyOutput: Reply = {
  summary: 'Output',
  tone: 'plain',
  blocks: [{ kind: 'file', name: 'output.txt', text: 'line\n'.repeat(500) }],
};
/** A read-back in which one message carries the key. */
const withMetadata =
  (key: string, ts: string): Rule =>
  (call) => {
    const readsBack = call.method === 'conversations.replies' && call.arguments.has('include_all_metadata');
    const metadata = { event_type: 'recourse_post', event_payload: { key } };
    return readsBack ? { status: 200, body: { ok: true, messages: [{ ts, metadata }] } } : undefined;
  };

let keys = 0;
const newKey = () => `key-${++keys}`;

describeWithPeer('slack', 'Slack as the outbox sees it', () => {
  let slack: LocalSlack;
  let chat: Chat;
  let place: Place;
  const calls = () => slack.proxy.calls.map(({ method, status }) => `${method} ${status}`);
  const thread = async () => {
    const messages = await slack.messages();
    return messages.filter(({ thread_ts }) => thread_ts === place.thread);
  };
  beforeAll(async () => {
    slack = await startLocalSlack();
    const client = new WebClient(tokens.bot, { ...clientOptions, slackApiUrl: slack.apiUrl });
    chat = createSlackChat({ client, logger: silent });
  });
  afterAll(() => slack[Symbol.asyncDispose]());
  beforeEach(async () => {
    slack.proxy.rules = [];
    place = { workspace, channel: channels.incidents, thread: await slack.say('rae', 'the disk is full') };
  });

  it('posts into the thread, looks for no names and links, and edits what it posted', async () => {
    const ts = await chat.post(place, everyReply.answer ?? someReply(), newKey(), false);
    const [posted] = await thread();
    expect(posted).toMatchObject({ ts, thread_ts: place.thread });
    expect(posted?.text).toBe('One solution fits: Disk full');
    expect(posted?.blocks?.length).toBeGreaterThan(2);
    const sent = slack.proxy.calls.findLast(({ method }) => method === 'chat.postMessage')?.arguments;
    expect(['parse', 'link_names', 'unfurl_links', 'unfurl_media'].map((name) => sent?.get(name))).toEqual([
      'none',
      'false',
      'false',
      'false',
    ]);

    await chat.edit(place, ts, someReply('changed'));
    const [edited] = await thread();
    expect(edited?.text).toBe('changed');
    expect(textsIn(edited?.blocks)).toEqual(['changed']);
  });

  it('tells somebody directly who asked in a conversation that the bot has no part in', async () => {
    await chat.notify({ ...place, channel: 'D0OTHERS', thread: null }, users.vic, someReply('just for you'));
    expect(slack.proxy.calls.some(({ method }) => method === 'conversations.open')).toBe(true);
  });

  it('posts outside a thread', async () => {
    const ts = await chat.post({ ...place, thread: null }, someReply('hello all'), newKey(), false);
    expect((await slack.messages()).find((message) => message.ts === ts)).not.toHaveProperty('thread_ts');
  });

  it('takes a message that is gone as edited', async () => {
    await chat.edit(place, '1.000001', someReply());
  });

  it('uploads a file once, with the post and with no edit', async () => {
    const ts = await chat.post(place, noisyOutput, newKey(), false);
    await chat.edit(place, ts, noisyOutput);
    const files = (await thread()).flatMap((message) => message.files ?? []);
    expect(files).toMatchObject([{ name: 'output.txt', size: 2500 }]);
  });

  it('keeps a message whose file Slack refuses', async () => {
    slack.proxy.rules = [
      ({ method }) => (method.startsWith('files.') ? refused('missing_scope') : undefined),
    ];
    const ts = await chat.post(place, noisyOutput, newKey(), false);
    expect((await thread()).map((message) => message.ts)).toEqual([ts]);
  });

  it('adds the file later, without a second message, when Slack was away in between', async () => {
    const key = newKey();
    slack.proxy.rules = [({ method }) => (method.startsWith('files.') ? outOfService : undefined)];
    await expect(chat.post(place, noisyOutput, key, false)).rejects.toMatchObject({ kind: 'unavailable' });
    const [stands] = await thread();
    // The server keeps no metadata, so what Slack would answer is put in.
    slack.proxy.rules = [withMetadata(key, stands?.ts ?? '')];
    expect(await chat.post(place, { ...noisyOutput, summary: 'Newer' }, key, true)).toBe(stands?.ts);
    const after = await thread();
    expect(after[0]?.text).toBe('Newer');
    expect(after.filter(({ files }) => files === undefined)).toHaveLength(1);
    expect(after.filter(({ files }) => files !== undefined)).toHaveLength(1);
  });

  it('asks whether a message stands before it posts one that may', async () => {
    const key = newKey();
    slack.proxy.rules = [({ method }) => (method === 'chat.postMessage' ? outOfService : undefined)];
    await expect(chat.post(place, someReply('once'), key, false)).rejects.toMatchObject({
      kind: 'unavailable',
    });
    slack.proxy.rules = [];
    const before = calls().length;
    await chat.post(place, someReply('once'), key, true);
    expect(calls().slice(before)).toEqual(['conversations.replies 200', 'chat.postMessage 200']);
    expect(await thread()).toHaveLength(1);

    await chat.post(place, someReply('twice'), newKey(), false);
    expect(calls().slice(before + 2)).toEqual(['chat.postMessage 200']);
  });

  it('takes what it finds, whichever process posted it', async () => {
    const key = '01890000-0000-7000-8000-000000000001';
    slack.proxy.rules = [withMetadata(key, '1700000000.000100')];
    expect(await chat.post(place, someReply(), key, true)).toBe('1700000000.000100');
    expect(await thread()).toEqual([]);
  });

  it('posts when it may not read back', async () => {
    slack.proxy.rules = [
      ({ method }) => (method === 'conversations.replies' ? refused('missing_scope') : undefined),
    ];
    await chat.post(place, someReply(), '01890000-0000-7000-8000-000000000002', true);
    expect(await thread()).toHaveLength(1);
  });

  it('shows a notice to one person alone', async () => {
    await chat.notify(place, users.vic, someReply('only you'));
    expect((await thread()).at(-1)).toMatchObject({ subtype: 'ephemeral', ephemeral_to: users.vic });
  });

  it.each(['user_not_in_channel', 'not_in_channel'])('writes to a person directly on %s', async (name) => {
    slack.proxy.rules = [({ method }) => (method === 'chat.postEphemeral' ? refused(name) : undefined)];
    const before = calls().length;
    await chat.notify(place, users.vic, someReply('only you'));
    expect(calls().slice(before)).toEqual([
      'chat.postEphemeral 200',
      'conversations.open 200',
      'chat.postMessage 200',
    ]);
    const channel = slack.proxy.calls.at(-1)?.arguments.get('channel') ?? '';
    expect((await slack.messages(channel)).at(-1)?.text).toBe('only you');
    slack.proxy.rules = [];
    await chat.notify({ ...place, channel, thread: null }, users.vic, someReply('again'));
    expect((await slack.messages(channel)).at(-1)?.text).toBe('again');
  });

  it('posts to a person and edits there, by the conversation with them', async () => {
    const direct = { ...place, channel: users.ben, thread: null };
    const ts = await chat.post(direct, someReply('first'), newKey(), false);
    await chat.edit(direct, ts, someReply('second'));
    const channel = slack.proxy.calls.at(-1)?.arguments.get('channel') ?? '';
    expect(channel).toMatch(/^D/);
    expect((await slack.messages(channel)).map(({ text }) => text)).toEqual(['second']);
    expect(
      slack.proxy.calls.filter(
        ({ method, arguments: sent }) => method === 'conversations.open' && sent.get('users') === users.ben,
      ),
    ).toHaveLength(1);
  });

  it('hands the wait that Slack asks for on, and tries nothing by itself', async () => {
    slack.proxy.rules = [() => rateLimited(7)];
    const before = calls().length;
    const fault = { kind: 'unavailable', code: 'slack-rate-limited', retryAfterMs: 7000 };
    await expect(chat.post(place, someReply(), newKey(), false)).rejects.toMatchObject(fault);
    await expect(chat.edit(place, '1.1', someReply())).rejects.toMatchObject(fault);
    await expect(chat.notify(place, users.vic, someReply())).rejects.toMatchObject(fault);
    expect(calls().slice(before)).toEqual([
      'chat.postMessage 429',
      'chat.update 429',
      'chat.postEphemeral 429',
    ]);
  });

  it('lets anybody read along in an open channel, and in a private one its members', async () => {
    const may = (channel: string, person: string) => chat.mayRead(channel, person);
    const isPrivate = { [channels.incidents]: true, [channels.general]: false };
    slack.proxy.rules = [
      ({ method, arguments: given }) => {
        const [id, is_private] =
          Object.entries(isPrivate).find(([one]) => one === given.get('channel')) ?? [];
        return method === 'conversations.info' && id
          ? { status: 200, body: { ok: true, channel: { id, is_private } } }
          : undefined;
      },
    ];
    expect(await may(channels.incidents, users.rae)).toBe(true);
    expect(await may(channels.incidents, 'U0STRANGER')).toBe(false);
    expect(await may(channels.general, 'U0STRANGER')).toBe(true);
    slack.proxy.rules = [() => refused('channel_not_found')];
    expect(await may('C0GONE', users.rae)).toBe(false);
    slack.proxy.rules = [() => refused('missing_scope')];
    await expect(may('C0UNTOLD', users.rae)).rejects.toMatchObject({ code: 'slack-unavailable' });
  });

  it.each([
    ['channel_not_found', 'rejected', 'Invite the bot'],
    ['is_archived', 'rejected', 'archived'],
    ['a_new_error', 'rejected', 'report'],
    ['internal_error', 'unavailable', 'later'],
    ['token_revoked', 'configuration', 'SLACK_BOT_TOKEN'],
    ['missing_scope', 'configuration', 'slack-manifest.yaml'],
  ])('tells what to do about %s', async (name, kind, advice) => {
    slack.proxy.rules = [() => refused(name)];
    await expect(chat.post(place, someReply(), newKey(), false)).rejects.toMatchObject({
      kind,
      code: `slack-${name.replaceAll('_', '-')}`,
      advice: expect.stringContaining(advice),
    });
  });
});

it('a Slack that cannot be reached is unavailable, not a defect', async () => {
  const client = new WebClient(tokens.bot, { ...clientOptions, slackApiUrl: 'http://127.0.0.1:9/' });
  const chat = createSlackChat({ client, logger: silent });
  const place = { workspace, channel: 'C1', thread: null };
  await expect(chat.post(place, someReply(), newKey(), false)).rejects.toMatchObject({
    code: 'slack-unavailable',
  });
});

import { type APIMessage, InteractionType, REST } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordChat } from '#adapters/discord/chat/create-discord-chat.ts';
import { createStandingRest } from '#adapters/discord/chat/create-standing-rest.ts';
import {
  createInteractionTokens,
  type InteractionTokens,
} from '#adapters/discord/chat/interaction-tokens.ts';
import { restOptions } from '#adapters/discord/chat/rest-options.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Place } from '#domain/intent.ts';
import type { Reply } from '#domain/reply.ts';
import type { Chat } from '#ports/chat.ts';
import { everyReply } from '#test/fixtures/every-reply.ts';
import {
  cannotSendToUser,
  lostAnswer,
  missingPermissions,
  outOfService,
  rateLimited,
  refused,
  unauthorized,
} from '#test/support/discord/answers.ts';
import { bot, botToken, channels, guild, people } from '#test/support/discord/guild.ts';
import { send } from '#test/support/discord/interact.ts';
import { type LocalDiscord, startLocalDiscord } from '#test/support/discord/local-discord.ts';
import { permission } from '#test/support/discord/plays/permissions.ts';
import type { Rule } from '#test/support/discord/proxy.ts';
import { buttonsOf, wordsOf } from '#test/support/discord/screen.ts';
import { someReply } from '#test/support/rows.ts';

/** The client itself refuses calls over fifty a second, which a test on a fast machine makes. */
const unhurried = { ...restOptions, globalRequestsPerSecond: 10_000 };
const workspace = 'workspace' as WorkspaceId;
const postRoute = 'POST /channels/:id/messages';
const withFile: Reply = {
  summary: 'Output',
  tone: 'plain',
  blocks: [{ kind: 'file', name: 'output.txt', text: 'line\n'.repeat(500) }],
};
/** A key as the outbox makes it: a UUIDv7 of this moment. */
let keys = 0;
const newKey = () => {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(++keys).padStart(12, '0')}`;
};
const once = (route: string, answer: ReturnType<Rule>): Rule => {
  let used = false;
  return (call) => {
    if (used || call.route !== route) return undefined;
    used = true;
    return answer;
  };
};

describe('Discord as the outbox sees it', () => {
  let discord: LocalDiscord;
  let chat: Chat;
  let tokens: InteractionTokens;
  let place: Place & { readonly thread: string };
  const calls = (from = 0) =>
    discord.proxy.calls.slice(from).map(({ route, status }) => `${route} ${status}`);
  const inThread = async () =>
    (await discord.screen.messages(place.thread)).filter(({ author }) => author.id === bot.id);
  beforeAll(async () => {
    discord = await startLocalDiscord();
    tokens = createInteractionTokens();
    const rest = createStandingRest(botToken, { ...unhurried, api: discord.apiUrl });
    chat = createDiscordChat({ rest, applicationId: bot.id, tokens, hearsDirectly: false });
  });
  afterAll(() => discord[Symbol.asyncDispose]());
  beforeEach(async () => {
    discord.proxy.rules = [];
    discord.world.denied.clear();
    const { id } = await discord.people.say(people.rae, 'the disk is full');
    place = { workspace, channel: channels.incidents, thread: id };
  });

  it('opens the thread on the message with its first post, and edits what it posted', async () => {
    const before = calls().length;
    const id = await chat.post(place, everyReply.answer ?? someReply(), newKey(), false);
    expect(calls(before)).toEqual([
      `${postRoute} 404`,
      'POST /channels/:id/messages/:id/threads 201',
      `${postRoute} 200`,
    ]);
    const [posted, ...others] = await inThread();
    expect(others).toEqual([]);
    expect(posted?.id).toBe(id);
    expect(wordsOf(posted as APIMessage)).toContain('Disk full');
    const thread = await discord.world.twin.channel(place.thread).getChannel();
    expect(thread).toMatchObject({ name: 'One solution fits: Disk full', parent_id: channels.incidents });

    await chat.edit(place, id, someReply('changed'));
    const [edited] = await inThread();
    expect(edited).toMatchObject({ content: 'changed', embeds: [] });
    expect(buttonsOf(edited as APIMessage)).toEqual([]);
    await chat.post(place, someReply('next'), newKey(), false);
    expect(await inThread()).toHaveLength(2);
  });

  it('never calls anybody, in posts and in edits', async () => {
    const id = await chat.post(place, someReply('@everyone'), newKey(), false);
    await chat.edit(place, id, someReply(`<@${people.rae}>`));
    const sent = discord.proxy.calls.slice(-2).map(({ body }) => body);
    for (const body of sent) expect(body).toMatchObject({ allowed_mentions: { parse: [] } });
    expect(discord.world.pings).toEqual([]);
  });

  it('names the thread within a hundred characters of one line', async () => {
    await chat.post(place, someReply(`${'long '.repeat(50)}\nmore`), newKey(), false);
    const thread = await discord.world.twin.channel(place.thread).getChannel();
    expect(thread?.name).toHaveLength(100);
  });

  it('is not stopped by a thread that somebody else has just opened', async () => {
    const opened = refused(400, 160_004, 'A thread has already been created for this message');
    await discord.people.startThread(place.thread, place.channel);
    discord.proxy.rules = [
      once(postRoute, refused(404, 10_003, 'Unknown Channel')),
      once('POST /channels/:id/messages/:id/threads', opened),
    ];
    await chat.post(place, someReply(), newKey(), false);
    expect(await inThread()).toHaveLength(1);
  });

  it('says that the message is gone whose thread it would open', async () => {
    await discord.people.remove(place.thread);
    await expect(chat.post(place, someReply(), newKey(), false)).rejects.toMatchObject({
      ...{ kind: 'rejected', code: 'discord-unknown-message', undone: true },
    });
  });

  it('posts outside a thread, and opens none', async () => {
    const id = await chat.post({ ...place, thread: null }, someReply('hello all'), newKey(), false);
    const all = await discord.screen.messages(channels.incidents);
    expect(all.some((message) => message.id === id)).toBe(true);
    expect(calls().at(-1)).toBe(`${postRoute} 200`);
  });

  it('opens an archived thread by posting, and by editing (an answer of ours)', async () => {
    const id = await chat.post(place, someReply(), newKey(), false);
    await discord.people.setThread(place.thread, { archived: true });
    await chat.post(place, someReply('again'), newKey(), false);
    expect(await inThread()).toHaveLength(2);

    const archived = refused(400, 50_083, 'Tried to perform an operation on an archived thread');
    discord.proxy.rules = [once('PATCH /channels/:id/messages/:id', archived)];
    const before = calls().length;
    await chat.edit(place, id, someReply('edited'));
    expect(calls(before)).toEqual([
      'PATCH /channels/:id/messages/:id 400',
      'PATCH /channels/:id 200',
      'PATCH /channels/:id/messages/:id 200',
    ]);
  });

  it('says what to do about a locked thread', async () => {
    await chat.post(place, someReply(), newKey(), false);
    await discord.people.setThread(place.thread, { locked: true, archived: true });
    await expect(chat.post(place, someReply(), newKey(), false)).rejects.toMatchObject({
      ...{ kind: 'rejected', code: 'discord-thread-locked', advice: expect.stringContaining('unlock') },
    });
  });

  it('takes a message that is gone as edited, alone or with its thread', async () => {
    const id = await chat.post(place, someReply(), newKey(), false);
    await discord.people.remove(id, place.thread);
    await chat.edit(place, id, someReply());
    discord.proxy.rules = [() => refused(404, 10_003, 'Unknown Channel')];
    await chat.edit(place, id, someReply());
  });

  it('attaches a file to the post, and to no edit', async () => {
    const id = await chat.post(place, withFile, newKey(), false);
    await chat.edit(place, id, withFile);
    const [message] = await inThread();
    expect(message?.files).toMatchObject([{ name: 'output.txt', text: 'line\n'.repeat(500) }]);
  });

  it('shows as much of a file as there is room for where the bot may attach none', async () => {
    await chat.post(place, someReply(), newKey(), false);
    discord.world.denied.set(place.channel, permission.attachFiles);
    await chat.post(place, withFile, newKey(), false);
    const message = (await inThread()).at(-1);
    expect(message?.files).toEqual([]);
    expect(wordsOf(message as APIMessage)).toContain('line\nline');
  });

  it('answers in a direct message as a reply to the first one, for there are no threads', async () => {
    const channel = await discord.people.direct(people.rae);
    const { id: root } = await discord.people.say(people.rae, 'help', channel);
    const direct = { ...place, channel, thread: root, direct: true };
    const id = await chat.post(direct, someReply('for you'), newKey(), false);
    await chat.edit(direct, id, someReply('for you alone'));
    await chat.notify(direct, people.rae, someReply('a notice'));
    const said = (await discord.screen.messages(channel)).filter(({ author }) => author.id === bot.id);
    expect(said.map((message) => [wordsOf(message), message.message_reference?.message_id])).toEqual([
      ['for you alone', root],
      ['a notice', root],
    ]);
  });

  describe('when it is in doubt whether a message arrived', () => {
    it('makes one of two by the nonce within minutes', async () => {
      const key = newKey();
      await chat.post(place, someReply('before'), newKey(), false);
      discord.proxy.rules = [once(postRoute, lostAnswer)];
      await expect(chat.post(place, someReply('once'), key, false)).rejects.toMatchObject({
        ...{ kind: 'unavailable', undone: false },
      });
      await chat.post(place, someReply('once'), key, false);
      expect(await inThread()).toHaveLength(2);
      const nonces = discord.proxy.calls.slice(-2).map(({ body }) => (body as { nonce: string }).nonce);
      expect(nonces[0]).toBe(nonces[1]);
      expect(nonces[0]?.length).toBeLessThanOrEqual(25);
    });

    it('takes what says the same later, whichever process posted it', async () => {
      const key = newKey();
      const id = await chat.post(place, everyReply.answer ?? someReply(), key, false);
      discord.world.nonces.clear();
      const before = calls().length;
      expect(await chat.post(place, everyReply.answer ?? someReply(), key, true)).toBe(id);
      expect(calls(before).filter((call) => call.startsWith('POST'))).toEqual([]);
      await chat.post(place, someReply('another'), newKey(), true);
      expect(await inThread()).toHaveLength(2);
    });

    it('takes nothing that somebody else said, or that was said before', async () => {
      await chat.post({ ...place, thread: null }, someReply('same'), newKey(), false);
      const later = Date.now() + 600_000;
      const time = later.toString(16).padStart(12, '0');
      const key = `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
      const before = calls().length;
      await chat.post({ ...place, thread: null }, someReply('same'), key, true);
      expect(calls(before)).toContain(`${postRoute} 200`);
    });

    it('takes no other message that says the same', async () => {
      await chat.post(place, someReply('same'), newKey(), false);
      await chat.post(place, someReply('same'), newKey(), true);
      expect(await inThread()).toHaveLength(2);
    });

    it('opens the thread where there is none yet', async () => {
      await chat.post(place, someReply('once'), newKey(), true);
      expect(await inThread()).toHaveLength(1);
    });

    it('posts where it may not read back, and waits while Discord is away', async () => {
      const list = 'GET /channels/:id/messages';
      await chat.post(place, someReply('first'), newKey(), false);
      discord.proxy.rules = [({ route }) => (route === list ? missingPermissions : undefined)];
      await chat.post(place, someReply('second'), newKey(), true);
      expect(await inThread()).toHaveLength(2);
      discord.proxy.rules = [({ route }) => (route === list ? rateLimited(3) : undefined)];
      await expect(chat.post(place, someReply('third'), newKey(), true)).rejects.toMatchObject({
        ...{ kind: 'unavailable', undone: false },
      });
      expect(await inThread()).toHaveLength(2);
    });
  });

  describe('a notice to one person', () => {
    const pressed = async (person: string, channel: string): Promise<string> => {
      const data = { custom_id: 'use:1', component_type: 2 };
      const id = await send(discord.world, {
        ...{ type: InteractionType.MessageComponent, person, where: { channel, guild: guild.id }, data },
      });
      const { interactionToken: token } =
        await discord.world.twin.prisma.interactionResponse.findUniqueOrThrow({
          where: { interactionId: id },
        });
      // No bot is connected here, through which Discord would have told whose it is.
      discord.world.interactions.set(token, { id, person, at: performance.now() });
      return token;
    };

    it('is shown where they pressed, to them alone', async () => {
      await chat.post(place, someReply(), newKey(), false);
      tokens.remember(place.thread, people.vic, await pressed(people.vic, place.thread));
      await chat.notify(place, people.vic, someReply('only you'));
      const shown = await discord.screen.ephemerals(people.vic);
      expect(shown.map(wordsOf)).toEqual(['only you']);
    });

    it.each([
      [404, 10_015],
      [401, 50_027],
      [404, 10_062],
    ])(
      'is a direct message that names the place where the token is no good any more: %i, %i',
      async (status, code) => {
        tokens.remember(place.thread, people.ben, 'expired');
        discord.proxy.rules = [
          ({ path }) => (path.startsWith('/webhooks/') ? refused(status, code, 'No') : undefined),
        ];
        await chat.notify(place, people.ben, someReply('only you'));
        const direct = await discord.screen.messages(await discord.people.direct(people.ben));
        expect(wordsOf(direct.at(-1) as APIMessage)).toBe(`only you\n-# About <#${place.thread}>`);
        expect(await chat.post(place, someReply(), newKey(), false)).toBeTruthy();
      },
    );

    it('is a direct message where they did nothing lately', async () => {
      await chat.notify({ ...place, thread: null }, people.max, someReply('only you'));
      const direct = await discord.screen.messages(await discord.people.direct(people.max));
      expect(wordsOf(direct.at(-1) as APIMessage)).toContain(`<#${channels.incidents}>`);
    });

    it('is given up for somebody who takes no direct messages', async () => {
      discord.proxy.rules = [({ route }) => (route === postRoute ? cannotSendToUser : undefined)];
      await expect(chat.notify(place, people.max, someReply())).rejects.toMatchObject({
        ...{ kind: 'rejected', advice: expect.stringContaining('privacy settings') },
      });
    });
  });

  it('hands the wait that Discord asks for on, and tries nothing by itself', async () => {
    const limited = rateLimited(7);
    discord.proxy.rules = [() => limited];
    const fault = { kind: 'unavailable', code: 'discord-rate-limited', undone: true };
    const before = calls().length;
    await expect(chat.post(place, someReply(), newKey(), false)).rejects.toMatchObject({
      ...fault,
      holdsUp: 'channel',
    });
    await expect(chat.edit({ ...place, thread: null }, place.thread, someReply())).rejects.toMatchObject({
      ...fault,
      holdsUp: 'edits',
    });
    expect(calls(before)).toHaveLength(2);
    discord.proxy.rules = [() => refused(400, 30_046, 'Maximum number of edits reached')];
    const old = chat.edit(place, place.thread, someReply());
    await expect(old).rejects.toMatchObject({ kind: 'unavailable', undone: true, holdsUp: 'edits' });
    discord.proxy.rules = [() => limited];
    const waited = await chat.post(place, someReply(), newKey(), false).catch((error) => error);
    expect(waited.retryAfterMs).toBeGreaterThan(5000);
    expect(waited.retryAfterMs).toBeLessThanOrEqual(7200);
  });
});

describe('a Discord that does not let the bot in', () => {
  const place = { workspace, channel: channels.incidents, thread: null };
  const open = async (token = botToken) => {
    const discord = await startLocalDiscord();
    const rest = createStandingRest(token, { ...restOptions, api: discord.apiUrl });
    const tokens = createInteractionTokens();
    return {
      discord,
      chat: createDiscordChat({ rest, applicationId: bot.id, tokens, hearsDirectly: false }),
    };
  };

  it('holds everything up where the limit is that of all calls', async () => {
    const { discord, chat } = await open();
    await using _ = discord;
    discord.proxy.rules = [() => rateLimited(7, 'global')];
    await expect(chat.post(place, someReply(), newKey(), false)).rejects.toMatchObject({
      ...{ kind: 'unavailable', code: 'discord-rate-limited-globally', holdsUp: 'workspace', undone: true },
    });
  });

  it('waits for an operator when the token is refused, and goes on by itself when that was a mistake', async () => {
    const { discord, chat } = await open();
    await using _ = discord;
    discord.proxy.rules = [() => unauthorized];
    for (const attempt of [1, 2])
      await expect(
        chat.post(place, someReply(), newKey(), false),
        `attempt ${attempt}`,
      ).rejects.toMatchObject({
        ...{
          kind: 'configuration',
          code: 'discord-unauthorized',
          holdsUp: 'workspace',
          retryAfterMs: 60_000,
        },
      });
    discord.proxy.rules = [];
    expect(await chat.post(place, someReply(), newKey(), false)).toBeTruthy();
  });

  it('leaves open whether something was posted when it fails, or cannot be reached', async () => {
    const { discord, chat } = await open();
    await using _ = discord;
    discord.proxy.rules = [() => outOfService];
    const fault = { kind: 'unavailable', code: 'discord-unavailable', undone: false };
    await expect(chat.post(place, someReply(), newKey(), false)).rejects.toMatchObject(fault);
    const nowhere = new REST({ ...restOptions, api: 'http://127.0.0.1:9/api' }).setToken(botToken);
    const lost = createDiscordChat({
      rest: nowhere,
      applicationId: bot.id,
      tokens: createInteractionTokens(),
      hearsDirectly: false,
    });
    await expect(lost.post(place, someReply(), newKey(), false)).rejects.toMatchObject(fault);
  });
});

import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createMigratedDatabase } from '#test/support/fresh-database.ts';
import { problem } from '#test/support/main-story.ts';
import { openKillable } from '#test/support/open-killable.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { channels, startLocalSlack, tokens, type User, users } from '#test/support/slack/local-slack.ts';
import { outOfService, rateLimited, refused } from '#test/support/slack/proxy.ts';
import { createSlackResponder, wordsOf } from '#test/support/slack/responder.ts';
import { playSlackStory, startSlackBot, workspaceOf } from '#test/support/slack/story.ts';
import { modes, openTeam } from '#test/support/slack/team.ts';
import { startBot } from '#test/support/start-bot.ts';

const answersIn = async (responder: ReturnType<typeof createSlackResponder>, thread: string) =>
  (await responder.thread(thread)).filter((message) => responder.hasButton(message, 'use')).length;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

describeWithPeer('slack', 'Slack on a bad day', () => {
  it('gets one answer a problem: events come four times, calls are refused, and the socket is cut', async () => {
    await using slack = await startLocalSlack();
    const bot = await startSlackBot(slack, 'socket');
    await using stack = new AsyncDisposableStack();
    stack.defer(bot.stop);
    slack.proxy.deliveries = 4;
    slack.proxy.rules = [
      ({ method, number }) => {
        if (method !== 'chat.postMessage') return undefined;
        if (number % 3 === 0) return rateLimited(1);
        return number % 5 === 0 ? outOfService : undefined;
      },
    ];
    const ready = async () => (await fetch(`http://${bot.localAddress}/readyz`)).status;
    expect(await ready()).toBe(200);

    const people: readonly User[] = ['rae', 'ada', 'ben'];
    const ask = (user: User, number: number) =>
      slack.say(user, `${problem}, number ${number}`, { channel: channels.incidents });
    const heard = await Promise.all(people.map(ask));
    slack.proxy.dropSockets();
    await expect.poll(ready).toBe(503);
    // Nobody listens now: this one is only found by reading back.
    const missed = await ask('vic', 4);
    await expect.poll(ready).toBe(200);

    const responder = createSlackResponder(slack);
    for (const thread of [...heard, missed]) await responder.waitForButton(thread, 'use');
    const { id } = await workspaceOf(bot);
    const waiting = () =>
      bot.open.core.unitOfWork.within(id, async ({ operations }) => (await operations.read()).outboxWaiting);
    await expect.poll(waiting).toBe(0);
    for (const thread of [...heard, missed]) expect(await answersIn(responder, thread)).toBe(1);
  });

  it.each(modes)(
    'has one effect of what comes four times and in the wrong order, over %s',
    async (_, mode) => {
      await using team = await openTeam(mode);
      const { slack, responder } = team;
      const channel = channels.incidents;
      const { answer, thread } = await responder.ask(problem);
      await responder.press('rae', answer, 'use');
      responder.submit('rae', await slack.screen.modal());
      await responder.press('rae', await responder.waitForButton(thread, 'approve'), 'stop');
      const verdict = await responder.waitForButton(thread, 'worked');

      slack.proxy.deliveries = 4;
      slack.proxy.gather = 2;
      const said = async (text: string) => {
        const find = async () => (await slack.messages()).find((message) => message.text === text);
        await expect.poll(find).toBeDefined();
        return (await find())?.ts ?? '';
      };
      // Not awaited one by one: the first is only let through once the second is there.
      const gone = slack.say('ada', `${problem}, a mistake`);
      const goneTs = await said(`${problem}, a mistake`);
      await slack.act('delete-message', { channel, ts: goneTs, user: users.ada });
      await gone;
      const added = responder.react('ada', verdict, '+1', true);
      await sleep(50);
      await responder.react('ada', verdict, '+1', false);
      await added;
      const twice = [slack.say('rae', `${problem}, one`), slack.say('ben', `${problem}, two`)];
      const threads = await Promise.all(twice);
      slack.proxy.gather = 1;

      for (const one of threads) await responder.waitForButton(one, 'use');
      await responder.react('ben', verdict, '-1', true);
      const card = await responder.waitFor(
        thread,
        'the vote of ben',
        (message) => message.ts === verdict.ts && wordsOf(message).includes('👎 ben'),
      );
      expect(wordsOf(card)).not.toContain('ada');
      for (const one of threads) expect(await answersIn(responder, one)).toBe(1);
      expect(await responder.thread(goneTs)).toEqual([]);
    },
  );

  it('goes on with an approval that waited while the socket was cut', async () => {
    await using team = await openTeam('socket');
    const { slack, bot, responder } = team;
    const { answer, thread } = await responder.ask(problem);
    await responder.press('rae', answer, 'use');
    responder.submit('rae', await slack.screen.modal());
    const card = await responder.waitForButton(thread, 'approve');
    const ready = async () => (await fetch(`http://${bot.localAddress}/readyz`)).status;
    slack.proxy.dropSockets();
    await expect.poll(ready).toBe(503);
    await expect.poll(ready).toBe(200);
    await responder.press('rae', card, 'approve');
    await responder.waitFor(
      thread,
      'the end of the step',
      (message) => message.ts === card.ts && wordsOf(message).includes('succeeded, approved by rae'),
    );
  });

  it('starts with a revoked token, says so, and works on without Slack', async () => {
    await using slack = await startLocalSlack();
    slack.proxy.rules = [() => refused('token_revoked')];
    const bot = await startBot({
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: ['xoxb', 'revoked'].join('-'),
      SLACK_APP_TOKEN: ['xapp', 'any'].join('-'),
      RECOURSE_PLAYGROUND: 'on',
      RECOURSE_SANDBOX: 'off',
    });
    await using stack = new AsyncDisposableStack();
    stack.defer(bot.stop);
    const ready = await fetch(`http://${bot.localAddress}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({
      failing: [{ name: 'slack', detail: expect.stringContaining('token_revoked') }],
    });
    expect((await fetch(`http://${bot.localAddress}/healthz`)).status).toBe(200);
    const metrics = await (await fetch(`http://${bot.localAddress}/metrics`)).text();
    expect(metrics).toContain('recourse_chat_connected{platform="slack"} 0');
    expect(metrics).toContain('recourse_chat_connected{platform="playground"} 1');
  });
});

describeWithPeer('slack', 'a bot that is killed', () => {
  describeWithPeer('postgres', 'between receipt and commit', (serverUrl) => {
    it('has acknowledged nothing, and what is delivered again has one effect', async () => {
      await using slack = await startLocalSlack('events');
      const address = `127.0.0.1:${await freePort()}`;
      slack.proxy.botUrls = [`http://${address}/slack/events`];
      slack.proxy.redeliveries = 200;
      await using bot = await openKillable(serverUrl, {
        RECOURSE_PUBLIC_ADDRESS: address,
        SLACK_API_URL: slack.apiUrl,
        SLACK_BOT_TOKEN: tokens.bot,
        SLACK_SIGNING_SECRET: tokens.signing,
      });
      let asked: Promise<string> | undefined;
      await bot.dieWritingInto('inbox', () => {
        asked = slack.say('rae', problem);
      });
      await bot.start();
      const thread = (await asked) ?? '';
      const responder = createSlackResponder(slack);
      await responder.waitForButton(thread, 'use');
      expect(await answersIn(responder, thread)).toBe(1);
    });
  });
});

describeWithPeer('slack', 'two replicas of the bot behind one address', () => {
  describeWithPeer('postgres', 'on one database', (serverUrl) => {
    it('play the main job together, each delivery reaching both twice, as one', async () => {
      await using slack = await startLocalSlack('events');
      await using stack = new AsyncDisposableStack();
      const database = await createMigratedDatabase(serverUrl);
      stack.defer(database.drop);
      const environment = { DATABASE_URL: database.url };
      const bot = await startSlackBot(slack, 'http', environment);
      stack.defer(bot.stop);
      const other = await startSlackBot(slack, 'http', {
        ...environment,
        RECOURSE_DATA_DIR: bot.dataDirectory,
      });
      stack.defer(() => other.close());
      slack.proxy.deliveries = 4;
      await playSlackStory(slack, bot);
      const responder = createSlackResponder(slack);
      const problems = (await slack.messages()).filter(({ text }) => text.startsWith(problem));
      expect(problems).toHaveLength(2);
      for (const { ts } of problems) expect(await answersIn(responder, ts)).toBe(1);
    });
  });
});

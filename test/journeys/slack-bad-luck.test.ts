import { expect, it } from 'vitest';
import { createFreshDatabase } from '#test/support/fresh-database.ts';
import { problem } from '#test/support/main-story.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { channels, startLocalSlack, type User } from '#test/support/slack/local-slack.ts';
import { outOfService, rateLimited, refused } from '#test/support/slack/proxy.ts';
import { createSlackResponder } from '#test/support/slack/responder.ts';
import { playSlackStory, startSlackBot, workspaceOf } from '#test/support/slack/story.ts';
import { startBot } from '#test/support/start-bot.ts';

const answersIn = async (responder: ReturnType<typeof createSlackResponder>, thread: string) =>
  (await responder.thread(thread)).filter((message) => responder.hasButton(message, 'use')).length;

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

describeWithPeer('slack', 'two replicas of the bot behind one address', () => {
  describeWithPeer('postgres', 'on one database', (serverUrl) => {
    it('play the main job together, each delivery reaching both twice, as one', async () => {
      await using slack = await startLocalSlack('events');
      await using stack = new AsyncDisposableStack();
      const database = await createFreshDatabase(serverUrl);
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

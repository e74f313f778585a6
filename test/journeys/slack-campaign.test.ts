import { WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import type { PostId } from '#domain/ids.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { someReply } from '#test/support/rows.ts';
import { startLocalSlack, tokens } from '#test/support/slack/local-slack.ts';
import { rateLimited } from '#test/support/slack/proxy.ts';
import { startSlackBot, workspaceOf } from '#test/support/slack/story.ts';

/** A short slice; `npm run test:campaign` plays all thousand. */
const updates = Number(process.env.RECOURSE_CAMPAIGN_UPDATES ?? 60);
const patienceMs = 900_000;
const roomCount = 10;

describeWithPeer('slack', 'a Slack that refuses every third call', () => {
  it(
    `gets ${updates} updates: none lost, in order, the last state of each card right`,
    async () => {
      await using slack = await startLocalSlack();
      const bot = await startSlackBot(slack, 'socket');
      await using stack = new AsyncDisposableStack();
      stack.defer(bot.stop);
      const client = new WebClient(tokens.bot, { slackApiUrl: slack.apiUrl });
      const rooms: string[] = [];
      for (let room = 0; room < roomCount; room += 1) {
        const { channel } = await client.conversations.create({ name: `room-${room}` });
        rooms.push(channel?.id ?? '');
      }
      let calls = 0;
      slack.proxy.rules = [
        ({ method }) => {
          if (!method.startsWith('chat.')) return undefined;
          calls += 1;
          return calls % 3 === 0 ? rateLimited(1) : undefined;
        },
      ];

      const { unitOfWork, ids, postsWaiting } = bot.open.core;
      const { id: workspace } = await workspaceOf(bot);
      const cards = new Map(rooms.map((room) => [room, ids.next<PostId>()]));
      const roomOf = (number: number): string => rooms[number % roomCount] ?? '';
      const write = (number: number) =>
        unitOfWork.within(workspace, async ({ outbox }) => {
          const channel = roomOf(number);
          const card = cards.get(channel) ?? ids.next();
          const place = { channel, thread: null };
          if (number < roomCount) await outbox.post(card, place, someReply(`card ${number}`), 'answer');
          else if (Math.floor(number / roomCount) % 2 === 1)
            await outbox.post(ids.next(), place, someReply(`answer ${number}`), 'answer');
          else await outbox.revise(card, someReply(`card ${number}`), 'progress');
        });
      for (let number = 0; number < updates; number += 1) {
        await write(number);
        postsWaiting();
      }
      const waiting = () =>
        unitOfWork.within(workspace, async ({ operations }) => (await operations.read()).outboxWaiting);
      await expect.poll(waiting, { timeout: patienceMs }).toBe(0);

      const numbersIn = (room: string) =>
        Array.from({ length: updates }, (_, number) => number).filter((number) => roomOf(number) === room);
      const isAnswer = (number: number) => Math.floor(number / roomCount) % 2 === 1;
      for (const room of rooms) {
        const numbers = numbersIn(room);
        const lastCard = numbers.findLast((number) => !isAnswer(number));
        const said = (await slack.messages(room)).map(({ text }) => text);
        expect(said).toEqual([
          `card ${lastCard}`,
          ...numbers.filter(isAnswer).map((number) => `answer ${number}`),
        ]);
        const edits = slack.proxy.calls
          .filter(({ method, status, arguments: given }) => {
            return method === 'chat.update' && status === 200 && given.get('channel') === room;
          })
          .map(({ arguments: given }) => Number(given.get('text')?.replace('card ', '')));
        expect(edits).toEqual(edits.toSorted((one, other) => one - other));
      }
      const refusals = slack.proxy.calls.filter(({ status }) => status === 429).length;
      expect(refusals).toBeGreaterThan(roomCount / 3);
    },
    patienceMs,
  );
});

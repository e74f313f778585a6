import { expect } from 'vitest';
import type { PostId, WorkspaceId } from '#domain/ids.ts';
import { someReply } from '#test/support/rows.ts';
import type { TestBot } from '#test/support/start-bot.ts';

/** A short slice; `npm run test:campaign` plays all thousand. */
export const updates = Number(process.env.RECOURSE_CAMPAIGN_UPDATES ?? 60);
export const campaignMs = 900_000;
export const roomCount = 10;

/** The bot in a chat that refuses every third call for new messages and edits. */
export interface Campaign {
  readonly bot: TestBot;
  readonly workspace: WorkspaceId;
  /** Channels, `roomCount` of them. */
  readonly rooms: readonly string[];
  /** What stands in a room, the oldest first. */
  said(room: string): Promise<readonly string[]>;
  /** What messages of a room were changed to, in the order in which the chat took it. */
  edits(room: string): readonly string[];
  /** How many calls were refused. */
  refusals(): number;
}

/** A card and answers by turns in every room: none may be lost, all come in order, and each card ends in its last state. */
export async function playCampaign(campaign: Campaign): Promise<void> {
  const { bot, workspace, rooms } = campaign;
  const { unitOfWork } = bot.open.core;
  await writeAll(campaign);
  const waiting = () =>
    unitOfWork.within(workspace, async ({ operations }) => (await operations.read()).outboxWaiting);
  await expect.poll(waiting, { timeout: campaignMs }).toBe(0);
  for (const [n, room] of rooms.entries()) await judgeRoom(campaign, n, room);
  expect(campaign.refusals()).toBeGreaterThan(roomCount / 3);
}

const isAnswer = (number: number): boolean => Math.floor(number / roomCount) % 2 === 1;

async function writeAll({ bot, workspace, rooms }: Campaign): Promise<void> {
  const { unitOfWork, ids, postsWaiting } = bot.open.core;
  const cards = rooms.map(() => ids.next<PostId>());
  for (let number = 0; number < updates; number += 1) {
    const place = { channel: rooms[number % roomCount] ?? '', thread: null };
    const card = cards[number % roomCount] ?? ids.next();
    await unitOfWork.within(workspace, async ({ outbox }) => {
      if (number < roomCount) await outbox.post(card, place, someReply(`card ${number}`), 'answer');
      else if (isAnswer(number))
        await outbox.post(ids.next(), place, someReply(`answer ${number}`), 'answer');
      else await outbox.revise(card, someReply(`card ${number}`), 'progress');
    });
    postsWaiting();
  }
}

async function judgeRoom(campaign: Campaign, n: number, room: string): Promise<void> {
  const numbers = Array.from({ length: updates }, (_, number) => number).filter(
    (number) => number % roomCount === n,
  );
  const lastCard = numbers.findLast((number) => !isAnswer(number));
  expect(await campaign.said(room)).toEqual([
    `card ${lastCard}`,
    ...numbers.filter(isAnswer).map((number) => `answer ${number}`),
  ]);
  const edits = campaign.edits(room).map((text) => Number(text.replace('card ', '')));
  expect(edits).toEqual(edits.toSorted((one, other) => one - other));
}

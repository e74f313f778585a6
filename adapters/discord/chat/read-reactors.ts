import { type APIMessage, type APIUser, type REST, Routes } from 'discord.js';
import type { ThreadReaction } from '#domain/capture/thread.ts';

/** What people tick off a message with. */
const ticks: readonly (string | null)[] = ['✅', '☑️', '☑', '✔️', '✔'];

/** Each is a call of its own, so only so many are asked about. */
const mostAsked = 5;

/** Who ticked off what, by message; the newest are asked about first, since that is where a thread ends. */
export async function readReactors(
  rest: REST,
  messages: readonly APIMessage[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly ThreadReaction[]>> {
  const ticked = messages
    .flatMap((message) =>
      (message.reactions ?? [])
        .filter(({ emoji }) => emoji.id === null && ticks.includes(emoji.name))
        .map(({ emoji }) => ({ message, emoji: emoji.name ?? '' })),
    )
    .slice(-mostAsked);
  const found = await Promise.all(
    ticked.map(async ({ message: { channel_id, id }, emoji }) => {
      const route = Routes.channelMessageReaction(channel_id, id, encodeURIComponent(emoji));
      const users = (await rest.get(route, { signal })) as APIUser[];
      return { id, reaction: { emoji, users: users.map((user) => user.id) } };
    }),
  );
  return new Map(
    [...Map.groupBy(found, ({ id }) => id)].map(([id, all]) => [id, all.map(({ reaction }) => reaction)]),
  );
}

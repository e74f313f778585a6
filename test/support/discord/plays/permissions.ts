import { type Answer, missingAccess, missingPermissions } from '../answers.ts';
import { bot } from '../guild.ts';
import { isJson, type Json, type World } from '../world.ts';

/** The permissions that the bot asks of Discord, as bits (discord.com/developers/docs/topics/permissions). */
export const permission = {
  addReactions: 1n << 6n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readHistory: 1n << 16n,
  createThreads: 1n << 35n,
  sendInThreads: 1n << 38n,
} as const;

/** A refusal where the bot lacks one of these in a channel, or in the parent of a thread. */
export async function lacks(
  world: World,
  channel: string,
  ...needed: readonly bigint[]
): Promise<Answer | undefined> {
  const denied = world.denied.get((await parentOf(world, channel)) ?? channel) ?? 0n;
  if ((denied & permission.viewChannel) !== 0n) return missingAccess;
  return needed.some((bit) => (denied & bit) !== 0n) ? missingPermissions : undefined;
}

const parentOf = async ({ twin }: World, id: string) =>
  (await twin.prisma.channel.findUnique({ where: { id } }))?.parentId;

/** A channel with what the bot is denied in it, which the server knows nothing of. */
export const withOverwrites = (channel: Json, { denied }: World): Json => ({
  ...channel,
  permission_overwrites: [
    { id: bot.id, type: 1, allow: '0', deny: String(denied.get(String(channel.id)) ?? 0n) },
  ],
});

export const withOverwritesEach = (channels: unknown, world: World): unknown =>
  Array.isArray(channels)
    ? channels.filter(isJson).map((channel) => withOverwrites(channel, world))
    : channels;

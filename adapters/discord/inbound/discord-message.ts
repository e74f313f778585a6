import type { GatewayMessageCreateDispatchData } from 'discord.js';

/** A message as events bring it; one that is read back says neither the guild nor what its author is there. */
export type DiscordMessage = GatewayMessageCreateDispatchData;

/** When Discord's ids begin, in milliseconds since the epoch. Source: discord.com/developers/docs/reference, "Snowflakes" */
const discordEpoch = 1_420_070_400_000n;
const timeShift = 22n;

/** When something with this id was made, in milliseconds since the epoch. */
export function idTime(id: string): number {
  return Number((BigInt(id) >> timeShift) + discordEpoch);
}

import { GatewayCloseCodes } from 'discord.js';
import { Fault } from '#domain/fault.ts';

interface Refusal {
  readonly code: string;
  readonly what: string;
  readonly advice: string;
}

const portal = 'https://discord.com/developers/applications';
const unknown: Refusal = {
  code: 'discord-gateway-refused',
  what: 'it closed the connection for good',
  advice: 'Please report this with the log.',
};

/** Why the gateway closes a connection and takes no other one until an operator changed something. */
const refusals: Readonly<Record<number, Refusal>> = {
  [GatewayCloseCodes.AuthenticationFailed]: {
    code: 'discord-token-refused',
    what: 'it refuses the token',
    advice: `Make a new token at ${portal}, Bot, Reset Token, and put it into DISCORD_TOKEN.`,
  },
  [GatewayCloseCodes.DisallowedIntents]: {
    code: 'discord-intents-disallowed',
    what: 'the application may not have the intents that the bot needs',
    advice: `Turn on Message Content Intent at ${portal}, Bot, Privileged Gateway Intents.`,
  },
  [GatewayCloseCodes.InvalidIntents]: {
    code: 'discord-intents-invalid',
    what: 'it does not know the intents that the bot asks for',
    advice: 'Is DISCORD_API_URL the address of Discord? Please report this with the log otherwise.',
  },
  [GatewayCloseCodes.ShardingRequired]: {
    code: 'discord-sharding-required',
    what: 'the bot is in too many guilds for this number of shards',
    advice: 'Set DISCORD_SHARDS to auto or to a greater number.',
  },
  [GatewayCloseCodes.InvalidShard]: {
    code: 'discord-shard-invalid',
    what: 'it does not know this shard',
    advice: 'Give all processes the same count in DISCORD_SHARDS, each its own number below it.',
  },
};

/** A connection that the gateway closed with a code after which none is made by itself. */
export function gatewayFault(closeCode: number): Fault {
  const { code, what, advice } = refusals[closeCode] ?? unknown;
  return new Fault('configuration', code, `The gateway of Discord says ${closeCode}: ${what}.`, advice);
}

export const gatewayAway = (): Fault =>
  new Fault(
    'unavailable',
    'discord-gateway-away',
    'The gateway of Discord does not answer.',
    'It is tried again. See https://discordstatus.com and the network of this machine.',
  );

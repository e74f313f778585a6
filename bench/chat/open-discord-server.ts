import { guild } from '#test/support/discord/guild.ts';
import { furtherChannel } from '#test/support/discord/twin.ts';
import { type Calls, type ChatServer, channelCount, type Stored } from './chat-server.ts';
import { forkDiscordServer } from './fork-discord-server.ts';

/** The Discord server, at which people press buttons too. */
export interface DiscordServer extends ChatServer {
  /** The administrator presses a button of a message in a thread; resolves with the first answer to it. */
  press(thread: string, message: string, verb: string): Promise<void>;
}

/** The Discord server with the bench's channels. */
export async function openDiscordServer(): Promise<DiscordServer> {
  const stored: Stored[] = [];
  const acknowledged: number[] = [];
  const child = await forkDiscordServer((one) => stored.push(one));
  const { environment, order } = child;
  return {
    environment,
    workspace: guild.id,
    channels: Array.from({ length: channelCount }, (_, n) => furtherChannel(n)),
    stored,
    acknowledged,
    calls: async () => (await order({ kind: 'tell calls' })) as Calls,
    play: async (rules) => void (await order({ kind: 'play', rules })),
    ask: async (channel, text) => String(await order({ kind: 'ask', channel, text })),
    press: async (channel, message, verb) => {
      acknowledged.push(Number(await order({ kind: 'press', channel, message, verb })));
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}

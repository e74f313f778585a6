import { mkdtemp, rm } from 'node:fs/promises';
import { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChannelType } from 'discord.js';
import { DigitalDiscord } from 'discord-digital-twin';
import {
  alertBot,
  bot,
  botToken,
  channels,
  guild,
  otherChannel,
  otherGuild,
  people,
  roles,
  rolesOf,
  webhook,
} from './guild.ts';

export interface Twin {
  readonly server: DigitalDiscord;
  broadcast(event: string, data: unknown): void;
  close(): Promise<void>;
}

/** Starts the server with its guilds and people, on the loopback alone. `more` are names of further channels. */
export async function startTwin(gatewayUrl: string, more: readonly string[]): Promise<Twin> {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-discord-'));
  const server = new DigitalDiscord({
    dbUrl: `file:${join(folder, 'discord.db')}`,
    gatewayUrlOverride: gatewayUrl,
    botToken,
    botUser: { id: bot.id, username: bot.name },
    users: [
      ...Object.entries(people).map(([username, id]) => ({ id, username })),
      { id: alertBot, username: 'alertbot', bot: true },
      { id: webhook, username: 'hook', bot: true },
    ],
    guilds: [
      { ...guild, ownerId: people.max, channels: [...textChannels(channels), ...more.map(textChannel)] },
      { ...otherGuild, ownerId: people.max, channels: textChannels({ incidents: otherChannel }) },
    ],
  });
  await onLoopback(() => server.start());
  await seedRoles(server);
  return {
    server,
    broadcast: (event, data) => inside(server).gateway.broadcast(event, data),
    close: async () => {
      await server.stop();
      await server.prisma.$disconnect();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The id that a further channel has. */
export const furtherChannel = (number: number): string =>
  `7000000000000006${String(number).padStart(2, '0')}`;
const textChannel = (name: string, number: number) => ({
  id: furtherChannel(number),
  name,
  type: ChannelType.GuildText,
});

const textChannels = (named: Readonly<Record<string, string>>) =>
  Object.entries(named).map(([name, id]) => ({ id, name, type: ChannelType.GuildText }));

/** The server has no public way to say anything to the bots but what its people do. */
const inside = (server: DigitalDiscord) =>
  (server as unknown as { readonly server: { readonly gateway: DigitalDiscordGateway } }).server;
interface DigitalDiscordGateway {
  broadcast(event: string, data: unknown): void;
}

/** The server listens on every interface and cannot be told otherwise; while it starts, `listen` means the loopback. */
async function onLoopback(start: () => Promise<void>): Promise<void> {
  const { listen } = Server.prototype;
  Server.prototype.listen = function (this: Server, ...given: unknown[]) {
    const [port, told] = given;
    const asked = typeof told === 'function' ? [port, '127.0.0.1', told] : given;
    return Reflect.apply(listen, this, asked) as Server;
  };
  try {
    await start();
  } finally {
    Server.prototype.listen = listen;
  }
}

async function seedRoles({ prisma }: DigitalDiscord): Promise<void> {
  for (const [position, [name, id]] of Object.entries(roles).entries())
    await prisma.role.create({ data: { id, guildId: guild.id, name, position: position + 1 } });
  for (const [name, given] of Object.entries(rolesOf))
    await prisma.guildMember.update({
      where: { guildId_userId: { guildId: guild.id, userId: people[name as keyof typeof people] } },
      data: { roles: JSON.stringify(given) },
    });
}

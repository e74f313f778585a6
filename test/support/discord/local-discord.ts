import { guild } from './guild.ts';
import { createPeople, type People } from './people.ts';
import { type DiscordProxy, startDiscordProxy } from './proxy.ts';
import { createScreen, type Screen } from './screen.ts';
import { startTwin } from './twin.ts';
import type { World } from './world.ts';

export interface LocalDiscord extends AsyncDisposable {
  /** What the bot is started with, for `DISCORD_API_URL`. */
  readonly apiUrl: string;
  readonly proxy: DiscordProxy;
  readonly world: World;
  readonly people: People;
  readonly screen: Screen;
}

/** Discord: the server that nobody here wrote, and what it lacks. `more` are names of further channels of the guild. */
export async function startLocalDiscord(more: readonly string[] = []): Promise<LocalDiscord> {
  const proxy = await startDiscordProxy();
  const twin = await startTwin(proxy.gatewayUrl, more);
  const world: World = {
    twin: twin.server,
    broadcast: twin.broadcast,
    interactions: new Map(),
    callbacks: [],
    ephemerals: new Map(),
    uploads: new Map(),
    commands: new Map(),
    nonces: new Map(),
    pings: [],
    application: {},
    denied: new Map(),
    closedDms: new Set(),
    guilds: new Map(),
    dms: new Map(),
  };
  proxy.attach(world, twin.server.port);
  return {
    apiUrl: proxy.apiUrl,
    proxy,
    world,
    people: createPeople(world),
    screen: createScreen(world),
    [Symbol.asyncDispose]: async () => {
      await proxy.close();
      await twin.close();
    },
  };
}

/** What the bot is told to be admin by. */
export const admins = (person: string): string => `discord:${guild.id}/${person}`;

import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, Events, type REST } from 'discord.js';
import type { Chat } from '#ports/chat.ts';
import type { Connection, ConnectionStatus } from '#ports/keeping.ts';
import type { InteractionTokens } from '../chat/interaction-tokens.ts';
import { discordFault } from '../errors.ts';
import { catchUp } from '../inbound/catch-up.ts';
import type { Hearing } from '../inbound/hearing.ts';
import { listen } from '../inbound/listen.ts';
import { chooseIntents } from '../intents.ts';
import { createClient } from './create-client.ts';
import { type EnteredGuilds, enterGuilds } from './enter-guilds.ts';
import { followGuilds, type GuildsOptions } from './follow-guilds.ts';
import { gatewayAway } from './gateway-fault.ts';
import { ownsGuild } from './owns-guild.ts';
import { paceShards } from './pace-shards.ts';
import { readApplication } from './read-application.ts';
import { registerCommands } from './register-commands.ts';
import { createPatientRest } from './rest-clients.ts';
import type { DiscordOptions } from './start-discord.ts';
import { tellLosses } from './tell-losses.ts';
import { type Shards, watchShards } from './watch-shards.ts';

const partingMs = 2000;
const patienceMs = 60_000;

export interface GatewayOptions extends DiscordOptions {
  /** Gives up at once when Discord takes nothing now. */
  readonly rest: REST;
  readonly tokens: InteractionTokens;
  readonly chat: Chat;
}

export interface Gateway extends Connection {
  /** Also tells of the short losses that the SDK mends by itself. */
  status(): ConnectionStatus;
}

/** Makes the guilds ready, connects every shard of this process, and hears until it is closed. Throws when one does not connect. */
export async function connectGateway(options: GatewayOptions, signal: AbortSignal): Promise<Gateway> {
  const { settings, logger, rest } = options;
  const { flags = 0, interactions_endpoint_url: endpoint } = await readApplication(
    rest,
    settings.applicationId,
  );
  if (endpoint) logger.warn({ endpoint }, endpointTakesAll);
  await keepRegistered(options);
  const entered = await enterGuilds(options);
  const pace = paceShards();
  const intents = chooseIntents({ directMessages: settings.directMessages !== null, flags });
  const client = createClient({ settings, intents, buildStrategy: pace.buildStrategy, logger });
  const shards = watchShards({ client, logger, stands: pace.stands });
  tellLosses({ ...options, client, workspaceOf: entered.workspaceOf });
  const stopHearing = hear(options, client, entered);
  const close = async (): Promise<void> => {
    pace.end();
    shards.close();
    await stopHearing();
    await Promise.race([client.destroy(), sleep(partingMs)]);
  };
  try {
    await logIn(client, settings.token, shards, signal);
  } catch (error) {
    await close();
    throw error;
  }
  return { ended: shards.ended, status: shards.status, close };
}

const endpointTakesAll =
  'an Interactions Endpoint URL is set at Discord, so clicks, forms and commands do not come to the bot; recourse doctor tells where to empty it';

/** Commands that could not be registered are no reason to hear nothing; the next connection tries again. */
async function keepRegistered({ rest, settings, logger }: GatewayOptions): Promise<void> {
  try {
    const changed = await registerCommands(rest, settings);
    if (changed) logger.info({}, 'the commands were registered at Discord');
  } catch (error) {
    const fault = discordFault(error);
    logger.warn({ error: fault, advice: fault.advice }, 'the commands could not be registered at Discord');
  }
}

function hear(options: GatewayOptions, client: Client, entered: EnteredGuilds): () => Promise<void> {
  const { settings, admitted, inbound, logger, keeping, tokens, rest } = options;
  const hearing: Hearing = {
    inbound,
    logger,
    tokens,
    prompt: rest,
    patient: createPatientRest(settings),
    workspaceOf: entered.workspaceOf,
    directGuild: settings.directMessages,
    missed: (guild, at) => guilds.missed(guild, at),
  };
  const guilds = followGuilds({
    client,
    keeping,
    logger,
    before: entered.before,
    serves: (id) => admitted.includes(id) && ownsGuild(settings.shards, id),
    leave: entered.leave,
    readBack: createReadBack(options, hearing, client, entered),
  });
  const listening = listen(client, hearing);
  return async () => {
    // A call that waits for a rate limit must not hold up the end.
    await Promise.race([Promise.all([guilds.close(), listening.close()]), sleep(partingMs)]);
  };
}

function createReadBack(
  { heardSoFar, caughtUp }: GatewayOptions,
  hearing: Hearing,
  client: Client,
  entered: EnteredGuilds,
): GuildsOptions['readBack'] {
  return async (name, since, signal) => {
    const workspace = await entered.enter(name);
    const heard = await heardSoFar(workspace, since);
    const guild = await client.guilds.fetch(name.id);
    await catchUp({ guild, hearing, heard, signal });
    await caughtUp(workspace);
  };
}

/** Resolves when every shard stands. The first loss ends it: how long to wait before the next attempt is not the SDK's choice. */
async function logIn(client: Client, token: string, shards: Shards, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const tooLong = Promise.withResolvers<never>();
  const giveUp = () => tooLong.reject(gatewayAway());
  const timer = setTimeout(giveUp, patienceMs);
  signal.addEventListener('abort', giveUp);
  client.on(Events.ShardReady, () => timer.refresh());
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  const refused = shards.ended.then((fault) => {
    throw fault ?? gatewayAway();
  });
  const lost = shards.lost.then(() => {
    throw gatewayAway();
  });
  try {
    const loggedIn = client.login(token).then(() => ready);
    await Promise.race([loggedIn, refused, lost, tooLong.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

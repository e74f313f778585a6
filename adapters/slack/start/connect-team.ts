import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Fault } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Chat } from '#ports/chat.ts';
import type { HeardSoFar } from '#ports/heard-so-far.ts';
import type { Inbound } from '#ports/inbound.ts';
import type { CaughtUp, Connection, ConnectionStatus, Keeping } from '#ports/keeping.ts';
import type { Logger } from '#ports/logger.ts';
import { createSlackChat } from '../chat/create-slack-chat.ts';
import { slackFault } from '../errors.ts';
import { catchUp } from '../inbound/catch-up.ts';
import { createDirectory } from '../inbound/directory.ts';
import { createHearBody, type HearBody } from '../inbound/hear-body.ts';
import type { Hearing } from '../inbound/hearing.ts';
import { type ClientSettings, createClient, createPatientClient } from './create-client.ts';
import { createShow } from './create-show.ts';
import { openSocket, type SocketOptions } from './open-socket.ts';
import type { Team } from './options.ts';
import { watchToken } from './watch-token.ts';

/** For what a person or an acknowledgement waits for; Slack gives both three seconds. */
export const promptMs = 2000;
const partingMs = 1000;
const name = 'Slack';

export interface TeamOptions {
  /** Null means Slack's own. */
  readonly apiUrl: string | null;
  /** Null for signed requests. */
  readonly appToken: string | null;
  /** Asked before every connection: there may be a new one. */
  readonly botToken: () => Promise<string>;
  readonly inbound: Inbound;
  readonly logger: Logger;
  readonly keeping: Keeping;
  /**
   * Asked before something is read back: what was missed since the last delivery, or earlier where that was not read
   * back yet, or since `missedAt` (milliseconds since the epoch).
   */
  readonly heardSoFar: (workspace: WorkspaceId, missedAt?: number) => Promise<HeardSoFar>;
  /** Told when all of that was read back. */
  readonly caughtUp: (workspace: WorkspaceId) => Promise<void>;
  /** Told at once when nothing is heard from there any more, until it was read back. */
  readonly unheard: (workspace: WorkspaceId) => void;
  /** Whether channels are chosen by patterns of their names. */
  readonly namesMatter: boolean;
  /** Called whenever a connection is made: makes the team's workspace ready, with the chat to reach it by. */
  readonly enter: (team: Team, chat: Chat) => Promise<WorkspaceId>;
}

export interface TeamConnection {
  /** Undefined while there is no connection. */
  hear(): HearBody | undefined;
  status(): ConnectionStatus;
  /** Stops hearing; deliveries in hand are finished first. */
  close(): Promise<void>;
}

/**
 * Connects to one team and stays connected. Resolves after the first attempt, whether or not it succeeded: a wrong
 * token or a Slack that is away must not keep the rest of the bot from working.
 */
export async function connectTeam(options: TeamOptions): Promise<TeamConnection> {
  const { appToken, apiUrl, logger, keeping } = options;
  let hear: HearBody | undefined;
  const connect = async (): Promise<Connection> => {
    const settings = { botToken: await options.botToken(), apiUrl };
    const client = createClient(settings, logger);
    const hearing = await getReady(options, settings);
    let reading: CaughtUp | undefined;
    hear = tellingLosses(createHearBody(hearing, logger), () => reading?.missed(Date.now()));
    const token = watchToken(client);
    const connection = appToken === null ? token : await addSocket(token, { appToken, apiUrl, logger, hear });
    void connection.ended.then(() => options.unheard(hearing.workspace));
    const readBack = createReadBack(options, hearing, createPatientClient(settings, logger));
    return alongside(connection, (signal) => {
      reading = keeping.caughtUp({ name, readBack: (since) => readBack(since, signal), logger, signal });
      return reading.ended;
    });
  };
  const kept = keeping.connected({ name, connect, faultOf: slackFault, logger });
  await kept.attempted;
  return {
    hear: () => (kept.status().connected ? hear : undefined),
    status: kept.status,
    close: kept.close,
  };
}

/** Finds out which team the token is of, brings its workspace up, and makes what hears its deliveries. */
async function getReady(
  { inbound, logger, enter, heardSoFar, namesMatter }: TeamOptions,
  settings: ClientSettings,
): Promise<Hearing> {
  const client = createClient(settings, logger);
  const self = await client.auth.test();
  const team = { id: self.team_id ?? '', name: self.team ?? 'Slack' };
  const chat: Chat = createSlackChat({ client, logger });
  const workspace = await enter(team, chat);
  const prompt = createClient(settings, logger, promptMs);
  // The first delivery that comes would hide what was missed, so it is noted before.
  await heardSoFar(workspace);
  return {
    workspace,
    self: { user: self.user_id ?? '', bot: self.bot_id },
    directory: createDirectory({ client: prompt, team: team.id, logger, namesMatter }),
    inbound,
    show: createShow(prompt, chat, logger),
  };
}

function tellingLosses(hear: HearBody, lost: () => void): HearBody {
  return async (body) => {
    try {
      return await hear(body);
    } catch (error) {
      lost();
      throw error;
    }
  };
}

function createReadBack({ heardSoFar, caughtUp }: TeamOptions, hearing: Hearing, client: WebClient) {
  return async (since: number | undefined, signal: AbortSignal): Promise<void> => {
    const heard = await heardSoFar(hearing.workspace, since);
    await catchUp({ client, hearing, heard, signal });
    await caughtUp(hearing.workspace);
  };
}

/** Stands while both do: the token is looked at too, since the socket hangs on the app's own token alone. */
async function addSocket(token: Connection, options: SocketOptions): Promise<Connection> {
  const socket = await openSocket(options).catch(async (error: unknown) => {
    await token.close();
    throw error;
  });
  return {
    ended: Promise.race<Fault | undefined>([token.ended, socket.ended]),
    close: async () => {
      await Promise.all([token.close(), socket.close()]);
    },
  };
}

/** Does `work` while the connection stands; closing it ends the work first. */
function alongside(connection: Connection, work: (signal: AbortSignal) => Promise<void>): Connection {
  const stopping = new AbortController();
  const done = work(stopping.signal);
  return {
    ended: connection.ended,
    close: async () => {
      stopping.abort();
      await connection.close();
      // A call that waits for a rate limit must not hold up the end.
      await Promise.race([done, sleep(partingMs)]);
    },
  };
}

import { Hono } from 'hono';
import { Fault } from '#domain/fault.ts';
import type { Logger } from '#ports/logger.ts';
import { slackFault } from '../errors.ts';
import type { HearBody } from '../inbound/hear-body.ts';
import { readFarewell, readTeam } from '../inbound/read-team.ts';
import { connectTeam, promptMs, type TeamOptions } from './connect-team.ts';
import { createClient } from './create-client.ts';
import { createEventRoutes } from './create-event-routes.ts';
import { createInstallRoutes } from './create-install-routes.ts';
import { followInstallations, type Teams } from './follow-installations.ts';
import type { Installations, SharedAppSettings, Team } from './options.ts';
import type { Slack } from './start-slack.ts';

export interface SharedAppOptions
  extends Pick<
    TeamOptions,
    'inbound' | 'logger' | 'keeping' | 'enter' | 'heardSoFar' | 'caughtUp' | 'unheard' | 'namesMatter'
  > {
  readonly settings: SharedAppSettings;
  readonly installations: Installations;
  /** The opposite of `enter`: no longer sends into this team. */
  readonly leave: (team: string) => void;
}

/**
 * One app that many teams install at `/slack/install`. Each delivery goes to the team that it is for, with that team's
 * own client, chat and workspace; one of a team that does not have the app is acknowledged and has no effect.
 */
export async function startSharedApp(options: SharedAppOptions): Promise<Slack> {
  const { settings, installations, leave, logger } = options;
  const teams = followInstallations({
    installations,
    leave,
    logger,
    connect: (team) => connect(options, team),
  });
  await teams.refresh();
  const hear = createHearTeams(options, teams);
  const events = createEventRoutes({ signingSecret: settings.signingSecret, logger, hear: () => hear });
  const open = async (team: string): Promise<string | null> => {
    await teams.refresh();
    const status = (await teams.find(team))?.status();
    return status?.connected ? null : (status?.detail ?? 'It is not installed any more.');
  };
  const install = createInstallRoutes({ settings, installations, logger, open });
  const routes = new Hono().route('/', events).route('/', install);
  return { routes, status: teams.status, close: teams.close };
}

function connect({ settings, installations, logger, enter, ...options }: SharedAppOptions, team: Team) {
  return connectTeam({
    ...options,
    apiUrl: settings.apiUrl,
    appToken: null,
    logger: naming(logger, team),
    botToken: async () => {
      const token = await installations.token(team.id);
      if (token === undefined) throw notInstalled(settings);
      return token;
    },
    // The workspace is that of the team which gave the token, whatever the token says of itself.
    enter: ({ name }, chat) => enter({ id: team.id, name }, chat),
  });
}

function createHearTeams(options: SharedAppOptions, teams: Teams): HearBody {
  return async (body) => {
    const team = readTeam(body);
    if (team === undefined) return undefined;
    const farewell = readFarewell(body);
    if (farewell !== undefined) {
      await part(options, team, farewell);
      await teams.refresh();
      return undefined;
    }
    const connection = await teams.find(team);
    if (!connection) {
      options.logger.debug({ team }, 'a delivery of Slack is for a team that does not have the app');
      return undefined;
    }
    const hear = connection.hear();
    if (!hear) throw teamAway(connection.status().detail);
    return hear(body);
  };
}

/**
 * A team no longer has the app: its token is forgotten, its data stays. The event may be late and the app be installed
 * again already, so Slack is asked; a token that still works is kept, and Slack tells again.
 */
async function part(
  { installations, settings: { apiUrl }, logger }: SharedAppOptions,
  team: string,
  why: string,
): Promise<void> {
  const botToken = await installations.token(team);
  if (botToken !== undefined) {
    const client = createClient({ botToken, apiUrl }, logger, promptMs);
    const fault = await client.auth.test().then(() => undefined, slackFault);
    if (fault?.kind !== 'configuration') throw fault ?? stillInstalled(team, why);
  }
  await installations.remove(team, why);
}

/** Every line about a team names it. */
function naming(logger: Logger, { id: team }: Team): Logger {
  return {
    debug: (fields, message) => logger.debug({ team, ...fields }, message),
    info: (fields, message) => logger.info({ team, ...fields }, message),
    warn: (fields, message) => logger.warn({ team, ...fields }, message),
    error: (fields, message) => logger.error({ team, ...fields }, message),
  };
}

const notInstalled = ({ publicUrl }: SharedAppSettings): Fault =>
  new Fault(
    'configuration',
    'slack-not-installed',
    'The team has given no token.',
    `Install the app again at ${publicUrl}/slack/install.`,
  );

const teamAway = (detail: string): Fault =>
  new Fault('unavailable', 'slack-team-away', detail, 'Slack sends it again until the team is connected.');

const stillInstalled = (team: string, why: string): Fault =>
  new Fault(
    'unavailable',
    'slack-still-installed',
    `Slack told ${why} of the team ${team}, but its token works.`,
    'Nothing: the app was installed again, or Slack tells again.',
  );

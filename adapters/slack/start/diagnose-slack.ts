import { WebClient } from '@slack/web-api';
import type { Logger } from '#ports/logger.ts';
import { slackFault } from '../errors.ts';
import { scopes } from '../scopes.ts';
import { apiOptions, createClient } from './create-client.ts';
import { socketFault } from './open-socket.ts';
import type { SlackSettings } from './options.ts';

export interface SlackFinding {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly message: string;
  readonly advice: string | null;
}

const patienceMs = 10_000;

/** Tries what a connection needs, without making one: token, scopes, the way in, and a channel to listen to. */
export async function diagnoseSlack(
  settings: SlackSettings,
  logger: Logger,
): Promise<readonly SlackFinding[]> {
  const client = createClient(settings, logger, patienceMs);
  const self = await client.auth.test().catch((error: unknown) => slackFault(error));
  if (self instanceof Error) return [failed('slack token', self)];
  return [
    ok('slack token', `works for the team ${self.team} (${self.team_id}), as @${self.user}`),
    judgeScopes(self.response_metadata?.scopes),
    await checkWayIn(settings, logger),
    await checkChannels(client),
  ];
}

const ok = (name: string, message: string): SlackFinding => ({ name, status: 'ok', message, advice: null });

function failed(name: string, { message, advice }: ReturnType<typeof slackFault>): SlackFinding {
  return { name, status: 'failed', message, advice };
}

function judgeScopes(given: readonly string[] | undefined): SlackFinding {
  const name = 'slack scopes';
  if (given === undefined) return ok(name, 'Slack does not tell them');
  const missing = Object.entries(scopes).filter(([scope]) => !given.includes(scope));
  if (missing.length === 0) return ok(name, 'all are given');
  return {
    name,
    status: 'warning',
    message: missing.map(([scope, without]) => `${scope} is missing: ${without}`).join('; '),
    advice:
      'Add them under OAuth & Permissions, Bot Token Scopes, and install the app again; slack-manifest.yaml has them all.',
  };
}

async function checkWayIn(settings: SlackSettings, logger: Logger): Promise<SlackFinding> {
  if (settings.mode === 'http')
    return ok('slack requests', 'are taken at /slack/events of the public address, with the signing secret');
  const client = new WebClient(settings.appToken, apiOptions(settings.apiUrl, logger));
  const fault = await client.apps.connections.open().then(
    () => undefined,
    (error: unknown) => socketFault(error),
  );
  return fault ? failed('slack socket', fault) : ok('slack socket', 'can be opened');
}

async function checkChannels(client: WebClient): Promise<SlackFinding> {
  const name = 'slack channels';
  try {
    const { channels } = await client.users.conversations({
      types: 'public_channel,private_channel',
      exclude_archived: true,
      limit: 200,
    });
    const count = channels?.length ?? 0;
    if (count > 0) return ok(name, `the bot is in ${count === 200 ? '200 or more' : count}`);
    return {
      name,
      status: 'warning',
      message: 'the bot is in no channel, so it hears only what is said to it directly',
      advice: 'Type /invite @recourse in a channel where problems are told.',
    };
  } catch (error) {
    return failed(name, slackFault(error));
  }
}

import { readConfig } from '#adapters/config/read-config.ts';
import type { Finding } from '#commands/command.ts';
import { checkSlack } from '#src/composition/check-slack.ts';
import { startBot, type TestBot } from '#test/support/start-bot.ts';
import { type LocalSlack, startLocalSlack, tokens, users } from './local-slack.ts';
import { signedHeaders } from './signed.ts';
import { type Switchboard, startSwitchboard } from './switchboard.ts';

/** Two teams whose channels and people have the same ids, and two tokens. */
export const teams = {
  one: { id: 'T01ONE', name: 'Team One', botToken: ['xoxb', 'of', 'team', 'one'].join('-') },
  two: { id: 'T02TWO', name: 'Team Two', botToken: ['xoxb', 'of', 'team', 'two'].join('-') },
} as const;
export type TeamName = keyof typeof teams;

export interface TwoTeams {
  readonly switchboard: Switchboard;
  readonly one: LocalSlack;
  readonly two: LocalSlack;
  /** A bot with the app of both, which neither has installed yet. */
  start(environment?: Readonly<Record<string, string>>): Promise<TestBot>;
  /** What doctor says of Slack. */
  doctor(bot: TestBot): Promise<readonly Finding[]>;
  /** Requests of Slack's servers go to this bot from now on. */
  reach(bot: TestBot): void;
  /** Goes through the page and Slack's consent; returns what the browser shows at the end. */
  install(bot: TestBot, team: TeamName, botToken?: string): Promise<string>;
  /** Sends a delivery in Slack's name; returns the status. */
  deliver(bot: TestBot, body: Readonly<Record<string, unknown>>): Promise<number>;
}

export async function openTwoTeams(stack: AsyncDisposableStack): Promise<TwoTeams> {
  const switchboard = stack.use(await startSwitchboard());
  const one = stack.use(await startLocalSlack('events', { own: teams.one }));
  const two = stack.use(await startLocalSlack('events', { own: teams.two }));
  const servers = { one, two };
  const app = {
    SLACK_API_URL: switchboard.apiUrl,
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'client-secret-of-this-test',
    SLACK_SIGNING_SECRET: tokens.signing,
    RECOURSE_PUBLIC_URL: 'http://127.0.0.1:1',
    RECOURSE_ADMINS: `slack:${teams.one.id}/${users.ada},slack:${teams.two.id}/${users.ada}`,
  };
  return {
    switchboard,
    one,
    two,
    start: (environment = {}) => startBot({ ...app, ...environment }),
    doctor: ({ open }) => checkSlack(readConfig(app), open),
    reach: ({ publicAddress }) => {
      for (const { proxy } of Object.values(servers))
        proxy.botUrls = [`http://${publicAddress}/slack/events`];
    },
    install: async (bot, team, botToken = teams[team].botToken) => {
      switchboard.teams.set(botToken, servers[team].apiUrl);
      const { id, name } = teams[team];
      const grant = { access_token: botToken, team: { id, name }, authed_user: { id: users.ada } };
      switchboard.grants.set('code', grant);
      const page = await fetch(`http://${bot.publicAddress}/slack/install`);
      const state = /state=([\w-]+)/.exec(await page.text())?.[1];
      const done = await fetch(`http://${bot.publicAddress}/slack/oauth_redirect?code=code&state=${state}`, {
        headers: { Cookie: page.headers.get('set-cookie')?.split(';')[0] ?? '' },
      });
      return done.text();
    },
    deliver: async (bot, body) => {
      const raw = JSON.stringify(body);
      const response = await fetch(`http://${bot.publicAddress}/slack/events`, {
        method: 'POST',
        headers: signedHeaders(raw, tokens.signing),
        body: raw,
      });
      return response.status;
    },
  };
}

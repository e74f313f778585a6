import { Hono } from 'hono';
import type { ConnectionStatus } from '#ports/keeping.ts';
import { connectTeam, type TeamOptions } from './connect-team.ts';
import { createEventRoutes } from './create-event-routes.ts';
import type { SlackSettings } from './options.ts';

export interface Slack {
  /** What the public listener has to serve; nothing in Socket Mode. */
  readonly routes: Hono;
  status(): ConnectionStatus;
  /** Stops hearing; deliveries in hand are finished first. */
  close(): Promise<void>;
}

export type SlackOptions = Pick<
  TeamOptions,
  'inbound' | 'logger' | 'keeping' | 'enter' | 'heardSoFar' | 'caughtUp' | 'unheard' | 'namesMatter'
> & {
  readonly settings: SlackSettings;
};

/** Connects to the one team that the token is of. */
export async function startSlack({ settings, ...options }: SlackOptions): Promise<Slack> {
  const { hear, status, close } = await connectTeam({
    ...options,
    apiUrl: settings.apiUrl,
    appToken: settings.mode === 'socket' ? settings.appToken : null,
    botToken: async () => settings.botToken,
  });
  const { logger } = options;
  const routes =
    settings.mode === 'http'
      ? createEventRoutes({ signingSecret: settings.signingSecret, logger, hear })
      : new Hono();
  return { routes, status, close };
}

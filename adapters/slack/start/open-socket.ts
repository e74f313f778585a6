import { setTimeout as sleep } from 'node:timers/promises';
import { SocketModeReceiver } from '@slack/bolt';
import { Fault } from '#domain/fault.ts';
import type { Connection } from '#ports/keeping.ts';
import type { Logger } from '#ports/logger.ts';
import { slackErrorName, slackFault } from '../errors.ts';
import type { HearBody } from '../inbound/hear-body.ts';
import type { Ack } from '../inbound/hearing.ts';
import { apiOptions } from './create-client.ts';
import { createSdkLogger } from './sdk-logger.ts';

export interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl: string | null;
  readonly logger: Logger;
  readonly hear: HearBody;
}

/** An envelope of Socket Mode, as the SDK hands it over. */
interface Envelope {
  readonly body: unknown;
  readonly ack: (answer?: Ack) => Promise<void>;
}

const partingMs = 2000;

/**
 * Opens one Socket Mode connection. Bolt's receiver would acknowledge through an `App`, before its listeners have run;
 * here its envelopes go to `hear` first, and only what is durable is acknowledged. Reconnecting is ours as well, since
 * what was missed has to be read back each time.
 */
export async function openSocket({ appToken, apiUrl, logger, hear }: SocketOptions): Promise<Connection> {
  const { client } = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: createSdkLogger(logger),
    installerOptions: { clientOptions: apiOptions(apiUrl, logger) },
  });
  const ended = Promise.withResolvers<undefined>();
  const inHand = new Set<Promise<void>>();
  let closing = false;
  client.on('disconnected', () => ended.resolve(undefined));
  client.on('slack_event', (envelope: Envelope) => {
    // What is not acknowledged comes again, to whoever is connected then.
    if (closing) return;
    const work = take(envelope, hear, logger).finally(() => inHand.delete(work));
    inHand.add(work);
  });
  await client.start().catch((error: unknown) => {
    throw socketFault(error);
  });
  return {
    ended: ended.promise,
    close: async () => {
      closing = true;
      await Promise.allSettled(inHand);
      await Promise.race([client.disconnect(), sleep(partingMs)]);
    },
  };
}

async function take({ body, ack }: Envelope, hear: HearBody, logger: Logger): Promise<void> {
  try {
    const answer = await hear(body);
    await ack(answer);
  } catch (error) {
    logger.error({ error }, 'a delivery of Slack was not taken, so it was not acknowledged');
  }
}

const refusedTokens: readonly (string | undefined)[] = [
  'invalid_auth',
  'not_authed',
  'not_allowed_token_type',
  'token_revoked',
  'account_inactive',
  'missing_scope',
];

/** The app's own token has another place to be made than the bot's. */
export function socketFault(error: unknown): Fault {
  const name = slackErrorName(error);
  if (!refusedTokens.includes(name)) return slackFault(error);
  return new Fault(
    'configuration',
    `slack-app-token-${name?.replaceAll('_', '-')}`,
    `Slack refuses the app token: ${name}.`,
    'Make an app-level token with the scope connections:write (Basic Information, App-Level Tokens) and put it into SLACK_APP_TOKEN.',
    error,
  );
}

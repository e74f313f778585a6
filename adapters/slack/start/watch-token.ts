import type { WebClient } from '@slack/web-api';
import type { Fault } from '#domain/fault.ts';
import type { Connection } from '#ports/keeping.ts';
import { slackFault } from '../errors.ts';

const everyMs = 60_000;

/** Stands as long as Slack takes the bot's token; a Slack that does not answer says nothing about that. */
export function watchToken(client: WebClient): Connection {
  const ended = Promise.withResolvers<Fault | undefined>();
  const look = async () => {
    const fault = await client.auth.test().then(() => undefined, slackFault);
    if (fault?.kind === 'configuration') ended.resolve(fault);
  };
  const timer = setInterval(() => void look(), everyMs);
  return { ended: ended.promise, close: async () => clearInterval(timer) };
}

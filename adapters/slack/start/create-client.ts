import { WebClient } from '@slack/web-api';
import type { Logger } from '#ports/logger.ts';
import { clientOptions } from '../chat/client-options.ts';
import { createSdkLogger } from './sdk-logger.ts';

export interface ClientSettings {
  readonly botToken: string;
  readonly apiUrl: string | null;
}

/** Options that every client of Slack's API has here, the one of Socket Mode too. */
export function apiOptions(apiUrl: string | null, logger: Logger) {
  return { ...clientOptions, ...(apiUrl && { slackApiUrl: apiUrl }), logger: createSdkLogger(logger) };
}

/** A client for work in the background, which waits until Slack takes more. */
export function createPatientClient({ botToken, apiUrl }: ClientSettings, logger: Logger): WebClient {
  const { timeout, ...options } = apiOptions(apiUrl, logger);
  return new WebClient(botToken, {
    ...options,
    timeout,
    rejectRateLimitedCalls: false,
    retryConfig: { retries: 3 },
  });
}

/** A client of the Web API. `timeout` is in milliseconds, for what somebody waits for. */
export function createClient(
  { botToken, apiUrl }: ClientSettings,
  logger: Logger,
  timeout?: number,
): WebClient {
  return new WebClient(botToken, { ...apiOptions(apiUrl, logger), ...(timeout && { timeout }) });
}

import type { REST, RESTOptions } from 'discord.js';
import { createStandingRest } from '../chat/create-standing-rest.ts';
import { restOptions } from '../chat/rest-options.ts';
import type { DiscordSettings } from './options.ts';

const version = '10';

const patienceMs = 15_000;

const shared = ({ apiUrl }: Pick<DiscordSettings, 'apiUrl'>): Partial<RESTOptions> => ({
  version,
  ...(apiUrl && { api: apiUrl.replace(/\/+$/, '') }),
});

/** For what is heard: who somebody is, what was missed. It waits until Discord takes more. */
export const patientOptions = (settings: Pick<DiscordSettings, 'apiUrl'>): Partial<RESTOptions> => ({
  ...shared(settings),
  retries: 3,
  timeout: patienceMs,
});

/** The same apart from the gateway's own client, which forgets its token for good after one refusal. */
export function createPatientRest(settings: Pick<DiscordSettings, 'apiUrl' | 'token'>): REST {
  return createStandingRest(settings.token, patientOptions(settings));
}

/** For what is sent: one try, and no waiting, so that the outbox keeps the order and lets approvals pass. */
export function createPromptRest(settings: Pick<DiscordSettings, 'apiUrl' | 'token'>): REST {
  return createStandingRest(settings.token, { ...shared(settings), ...restOptions });
}

import { WebClient } from '@slack/web-api';
import type { Logger } from '#ports/logger.ts';
import { slackErrorName, slackFault } from '../errors.ts';
import { apiOptions } from './create-client.ts';
import {
  failed,
  notAdmitted,
  type Page,
  refusedBySlack,
  rotating,
  wholeOrganisation,
} from './install-pages.ts';
import type { Installations, SharedAppSettings, Team } from './options.ts';

/** What a team gives with its installation. */
export interface Grant {
  readonly team: Team;
  readonly token: string;
  /** The person who installed. */
  readonly by: string;
}

export interface RedeemOptions {
  readonly settings: SharedAppSettings;
  readonly admits: Installations['admits'];
  readonly logger: Logger;
  readonly again: Page['link'];
}

type Answer = Awaited<ReturnType<WebClient['oauth']['v2']['access']>>;

export const redirectUri = ({ publicUrl }: SharedAppSettings): string => `${publicUrl}/slack/oauth_redirect`;

/** Changes the code that a browser brought back from Slack for the team's token, or tells why there is none. */
export async function redeemCode(code: string, options: RedeemOptions): Promise<Grant | Page> {
  const { settings, logger, again } = options;
  const client = new WebClient(undefined, apiOptions(settings.apiUrl, logger));
  try {
    const answer = await client.oauth.v2.access({
      code,
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
      redirect_uri: redirectUri(settings),
    });
    const judged = judge(answer, options);
    if ('status' in judged && answer.access_token) await giveBack(answer.access_token, options);
    return judged;
  } catch (error) {
    const name = slackErrorName(error);
    logger.error({ reason: name ?? slackFault(error).message }, 'an installation into Slack failed');
    return name === undefined ? failed(slackFault(error), again) : refusedBySlack(name, again);
  }
}

function judge(
  { is_enterprise_install, team, access_token, refresh_token, authed_user }: Answer,
  { admits, logger, again }: RedeemOptions,
): Grant | Page {
  if (is_enterprise_install || !team?.id) return wholeOrganisation(again);
  const known = { id: team.id, name: team.name ?? team.id };
  const by = authed_user?.id ?? 'unknown';
  if (!admits(known.id)) {
    logger.warn({ team: known.id, by }, 'a team of Slack that RECOURSE_ADMINS does not name was refused');
    return notAdmitted(known, by);
  }
  if (refresh_token) return rotating(again);
  if (!access_token) return refusedBySlack('no bot token was given', again);
  return { team: known, token: access_token, by };
}

/** What is not kept must not go on working. */
async function giveBack(token: string, { settings, logger }: RedeemOptions): Promise<void> {
  const client = new WebClient(token, apiOptions(settings.apiUrl, logger));
  await client.auth.revoke().catch((error: unknown) => {
    logger.warn({ reason: slackFault(error).message }, 'a refused token of Slack could not be given back');
  });
}

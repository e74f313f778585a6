import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { Fault } from '#domain/fault.ts';
import type { Logger } from '#ports/logger.ts';
import { slackFault } from '../errors.ts';
import { scopes } from '../scopes.ts';
import * as pages from './install-pages.ts';
import { createInstallState, type InstallState } from './install-state.ts';
import type { Installations, SharedAppSettings } from './options.ts';
import { type Grant, redeemCode, redirectUri } from './redeem-code.ts';

export interface InstallRoutesOptions {
  readonly settings: SharedAppSettings;
  readonly installations: Installations;
  readonly logger: Logger;
  /** Opens what is installed now; tells what keeps the team from being reached, null when nothing does. */
  readonly open: (team: string) => Promise<string | null>;
}

/**
 * `GET /slack/install`, a page with the button, and `GET /slack/oauth_redirect`, where Slack sends the browser back to.
 * Both send browsers to Slack and to RECOURSE_PUBLIC_URL alone, whatever the request says.
 */
export function createInstallRoutes(options: InstallRoutesOptions): Hono {
  const { settings, installations } = options;
  const state = createInstallState(settings, installations.claim);
  const routes = new Hono();
  for (const path of ['/slack/install', '/slack/oauth_redirect']) routes.use(path, safeHeaders, neverStored);
  routes.get('/slack/install', async (c) =>
    show(c, pages.invitation(authorizeUrl(settings, await state.issue(c)))),
  );
  routes.get('/slack/oauth_redirect', async (c) => show(c, await finish(c, state, options)));
  return routes;
}

const safeHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: [pages.styleHash],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
});

const neverStored = async (c: Context, next: () => Promise<void>): Promise<void> => {
  await next();
  c.header('Cache-Control', 'no-store');
};

const show = (c: Context, page: pages.Page) => c.html(pages.drawPage(page), page.status);

/** Slack's own page is beside its API. */
function authorizeUrl({ clientId, apiUrl, ...settings }: SharedAppSettings, state: string): string {
  const url = new URL('/oauth/v2/authorize', apiUrl ?? 'https://slack.com');
  url.search = new URLSearchParams({
    client_id: clientId,
    scope: Object.keys(scopes).join(','),
    redirect_uri: redirectUri({ clientId, apiUrl, ...settings }),
    state,
  }).toString();
  return url.href;
}

async function finish(c: Context, state: InstallState, options: InstallRoutesOptions): Promise<pages.Page> {
  const { settings, installations, logger } = options;
  const again = { text: 'Begin again', url: `${settings.publicUrl}/slack/install` };
  try {
    if (!(await state.redeem(c, c.req.query('state') ?? ''))) return pages.strange(again);
    const code = c.req.query('code');
    if (code === undefined) return declined(c.req.query('error'), again);
    const answer = await redeemCode(code, { settings, admits: installations.admits, logger, again });
    return 'token' in answer ? await keep(answer, options) : answer;
  } catch (error) {
    const fault = error instanceof Fault ? error : slackFault(error);
    logger.error({ error: fault, advice: fault.advice }, 'an installation into Slack could not be kept');
    return pages.failed(fault, again);
  }
}

function declined(error: string | undefined, again: pages.Page['link']): pages.Page {
  if (error === undefined || error === 'access_denied') return pages.cancelled(again);
  return pages.refusedBySlack(/^[a-z_]{1,60}$/.test(error) ? error : 'an error', again);
}

async function keep(
  { team, token, by }: Grant,
  { installations, open, logger }: InstallRoutesOptions,
): Promise<pages.Page> {
  await installations.add(team, token, by);
  logger.info({ team: team.id, by }, 'the app was installed into a team of Slack');
  return pages.installed(team, await open(team.id));
}

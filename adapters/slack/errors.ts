import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { Fault } from '#domain/fault.ts';
import { ownValue } from '#domain/text/own-value.ts';

/** How long nothing is sent while only an operator can help; a token or a scope given then needs no restart of posts. */
const operatorPauseMs = 60_000;

const token =
  'Put a valid bot token into SLACK_BOT_TOKEN, or install the app again. Messages wait until then.';
/** What Slack refuses until somebody changes the installation. Not `rejected`: posts must outlive a new token. */
const forOperators: Readonly<Record<string, string>> = {
  invalid_auth: token,
  not_authed: token,
  token_revoked: token,
  token_expired: token,
  account_inactive: token,
  org_login_required: token,
  ekm_access_denied: 'An administrator of the workspace has suspended access. Ask them.',
  missing_scope:
    'Give the app the scopes of slack-manifest.yaml and install it again. Messages wait until then.',
  no_permission:
    'Give the app the scopes of slack-manifest.yaml and install it again. Messages wait until then.',
  not_allowed_token_type: 'SLACK_BOT_TOKEN must be the bot token, the one that begins with xoxb.',
};

const invite = 'Invite the bot to the channel with /invite, then ask again.';
const report = 'Please report this with the log.';
const tooLate = 'The press came here later than Slack takes an answer to it. Press again.';
/** What Slack refuses now and will refuse again. */
const refusals: Readonly<Record<string, string>> = {
  not_in_channel: invite,
  channel_not_found: `The channel is gone, or the bot is not in it. ${invite}`,
  user_not_in_channel: 'The person is not in the channel.',
  is_archived: 'The channel is archived. Restore it, or use another one.',
  restricted_action: 'A setting of the workspace forbids the bot to post there. Ask its administrators.',
  restricted_action_read_only_channel: 'Only some people may post in this channel. Ask its managers.',
  restricted_action_thread_locked: 'The thread is locked. Describe the problem in a new message.',
  cannot_dm_bot: 'The receiver is a bot.',
  user_not_found: 'The person is not known in this workspace.',
  expired_trigger_id: tooLate,
  invalid_trigger_id: tooLate,
  not_enabled: 'Turn on the Home Tab in the settings of the app, under App Home.',
  invalid_blocks: report,
  msg_blocks_too_long: report,
  msg_too_long: report,
  no_text: report,
};

/** Answers that say that Slack itself failed; whether the call had an effect is open. */
const passing: readonly string[] = [
  'internal_error',
  'fatal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
  'rate_limited',
  'ratelimited',
];

/** What the SDK throws, as the few kinds that the core knows. */
export function slackFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof WebAPIRateLimitedError) return rateLimited(error);
  if (error instanceof WebAPIPlatformError) return platformFault(error.data.error, error);
  const said = error instanceof WebAPIHTTPError ? `HTTP ${error.statusCode}` : messageOf(error);
  return new Fault(
    'unavailable',
    'slack-unavailable',
    `Slack does not answer: ${said}.`,
    'Messages wait and are sent when it answers again. See https://slack-status.com and the network of this machine.',
    error,
  );
}

/** The same of a call whose message stands already or whose kind has a limit of its own. */
export function adviseOtherwise(error: unknown, advice: { undone?: boolean; holdsUp?: 'edits' }): Fault {
  const { kind, code, message, advice: said, cause, ...fault } = slackFault(error);
  return new Fault(kind, code, message, said, cause, { ...fault, ...advice });
}

/** What Slack said, when it answered and refused: `channel_not_found`. */
export function slackErrorName(error: unknown): string | undefined {
  if (error instanceof WebAPIPlatformError) return error.data.error;
  return undefined;
}

function platformFault(name: string, error: WebAPIPlatformError): Fault {
  const code = `slack-${name.replaceAll('_', '-')}`;
  if (passing.includes(name))
    return new Fault(
      'unavailable',
      code,
      `Slack failed: ${name}.`,
      'Messages wait and are sent later.',
      error,
    );
  const advice = ownValue(forOperators, name);
  if (advice !== undefined)
    return new Fault('configuration', code, `Slack refuses the bot: ${name}.`, advice, error, {
      retryAfterMs: operatorPauseMs,
      holdsUp: 'workspace',
      undone: true,
    });
  return new Fault(
    'rejected',
    code,
    `Slack refuses this: ${name}.`,
    ownValue(refusals, name) ?? report,
    error,
    {
      undone: true,
    },
  );
}

function rateLimited(error: WebAPIRateLimitedError): Fault {
  return new Fault(
    'unavailable',
    'slack-rate-limited',
    `Slack takes nothing more for ${error.retryAfter} s.`,
    'Messages wait and are sent then, those that need a decision first.',
    error,
    { retryAfterMs: error.retryAfter * 1000, undone: true },
  );
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
}

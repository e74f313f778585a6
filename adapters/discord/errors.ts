import { RESTJSONErrorCodes as codes, DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { Fault } from '#domain/fault.ts';

/** How long nothing is sent while only an operator can help. */
const operatorPauseMs = 60_000;

const token =
  'Put a valid bot token into DISCORD_TOKEN (Developer Portal, Bot, Reset Token) and restart. Messages wait until then.';
/** What Discord refuses until somebody changes the application. Not `rejected`: posts must outlive a new token. */
const forOperators: Readonly<Record<number, string>> = {
  [codes.Unauthorized]: token,
  [codes.InvalidToken]: token,
  [codes.VerifyYourAccount]: 'Discord wants the owner of the application to verify their account.',
  [codes.UnknownApplication]: 'Put the application id of the Developer Portal into DISCORD_APPLICATION_ID.',
  [codes.CloudflareIsBlockingYourRequest]:
    'The address of this machine is blocked for a while, mostly for too many refused calls. Look at the log.',
};

const permissions =
  'Give the bot View Channel, Send Messages, Send Messages in Threads, Create Public Threads, Embed Links, Attach Files and Read Message History in the channel, then ask again.';
const report = 'Please report this with the log.';
const tooLate = 'The press came here later than Discord takes an answer to it. Press again.';
const autoMod = "Exempt the bot's role from AutoMod: Server Settings, Safety Setup, AutoMod.";
const newProblem = 'Describe the problem in a new message.';
/** What Discord refuses now and will refuse again. */
const refusals: Readonly<Record<number, string>> = {
  [codes.UnknownChannel]: 'The channel or thread was deleted. Use another one.',
  [codes.UnknownGuild]: 'The bot is not in that server any more. Invite it again; doctor prints the link.',
  [codes.UnknownMember]: 'The person has left the server.',
  [codes.UnknownMessage]: `The message was deleted. ${newProblem}`,
  [codes.UnknownUser]: 'The person is not known to Discord.',
  [codes.UnknownWebhook]: tooLate,
  [codes.InvalidWebhookToken]: tooLate,
  [codes.UnknownInteraction]: tooLate,
  [codes.MissingAccess]: `The bot does not see the channel. ${permissions}`,
  [codes.MissingPermissions]: permissions,
  [codes.CannotSendMessagesToThisUser]:
    'The person takes no direct messages from members of the server, or has blocked the bot. They can allow it in their privacy settings.',
  [codes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds]: 'The person shares no server with the bot.',
  [codes.CannotSendMessagesInNonTextChannel]: 'Nothing can be written in this channel. Use a text channel.',
  [codes.CannotSendAMessageInAForumChannel]:
    'A forum takes posts, not messages. Describe the problem in a post.',
  [codes.CannotExecuteActionOnThisChannelType]: 'Threads cannot be opened here. Use a text channel.',
  [codes.InvalidActionOnArchivedThread]:
    'The thread is archived. Write in it to open it again, then ask again.',
  [codes.ThreadLocked]: `The thread is locked. Ask a moderator to unlock it, or begin anew. ${newProblem}`,
  [codes.MaximumActiveThreads]:
    'The server has as many open threads as Discord allows. Close some, then ask again.',
  [codes.CannotReplyWithoutPermissionToReadMessageHistory]: permissions,
  [codes.MessageWasBlockedByAutomaticModeration]: autoMod,
  [codes.TitleWasBlockedByAutomaticModeration]: autoMod,
  [codes.MessageBlockedByHarmfulLinksFilter]: autoMod,
  [codes.RequestEntityTooLarge]: report,
  [codes.FileUploadedExceedsMaximumSize]: report,
  [codes.InvalidFormBodyOrContentType]: report,
};

/** Answers that say that Discord has no room or no service for a call now. It was not done. */
const passing: readonly (number | string)[] = [
  codes.ActionCannotBePerformedDueToSlowmodeRateLimit,
  codes.ChannelSendRateLimit,
  codes.ServerSendRateLimit,
  codes.OpeningDirectMessagesTooFast,
  codes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
  codes.SendMessagesHasBeenTemporarilyDisabled,
  codes.FeatureTemporarilyDisabledServerSide,
  codes.ServiceResourceIsBeingRateLimited,
  codes.APIResourceOverloaded,
  codes.IndexNotYetAvailable,
];

/** What discord.js throws, as the few kinds that the core knows. */
export function discordFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof RateLimitError) return rateLimited(error);
  if (error instanceof DiscordAPIError) return apiFault(error);
  const said = error instanceof HTTPError ? `HTTP ${error.status}` : messageOf(error);
  // discord.js forgets a token that was refused, and from then on refuses by itself.
  if (said.startsWith('Expected token to be set'))
    return refusedBot('discord-no-token', 'no token', token, error);
  return new Fault(
    'unavailable',
    'discord-unavailable',
    `Discord does not answer: ${said}.`,
    'Messages wait and are sent when it answers again. See https://discordstatus.com and the network of this machine.',
    error,
  );
}

/** The same of a call whose message may stand already or whose kind has a limit of its own. */
export function adviseOtherwise(error: unknown, advice: { undone?: boolean; holdsUp?: 'edits' }): Fault {
  const { kind, code, message, advice: said, cause, ...fault } = discordFault(error);
  return new Fault(kind, code, message, said, cause, { ...fault, ...advice });
}

/** What Discord said, when it answered and refused: 10003. */
export function discordErrorCode(error: unknown): number | undefined {
  return error instanceof DiscordAPIError && typeof error.code === 'number' ? error.code : undefined;
}

function apiFault(error: DiscordAPIError): Fault {
  const code = nameOf(error);
  const said = `${textOf(error)} (${error.code || error.status})`;
  if (typeof error.code !== 'number' && error.status !== 401) return strangerFault(error);
  const advice = error.status === 401 ? token : forOperators[Number(error.code)];
  if (advice !== undefined) return refusedBot(code, said, advice, error);
  if (passing.includes(error.code))
    return new Fault(
      'unavailable',
      code,
      `Discord takes this later: ${said}.`,
      'Messages wait and are sent later.',
      error,
      { undone: true },
    );
  const refusal = refusals[Number(error.code)] ?? (error.status === 403 ? permissions : report);
  return new Fault('rejected', code, `Discord refuses this: ${said}.`, refusal, error, { undone: true });
}

/** What answered is not Discord's API, whose refusals have a number: no verdict on a message, so none is given up. */
const strangerFault = (error: DiscordAPIError): Fault =>
  new Fault(
    'unavailable',
    `discord-http-${error.status}`,
    `Something in the way of Discord refuses the bot: HTTP ${error.status}.`,
    'Messages wait and are sent when it lets them pass. Look at the proxy or firewall of this machine; Discord also blocks an address for a while after too many refused calls.',
    error,
    { retryAfterMs: operatorPauseMs, holdsUp: 'workspace', undone: true },
  );

const refusedBot = (code: string, said: string, advice: string, error: unknown): Fault =>
  new Fault('configuration', code, `Discord refuses the bot: ${said}.`, advice, error, {
    retryAfterMs: operatorPauseMs,
    holdsUp: 'workspace',
    undone: true,
  });

/** `scope` `shared` and routes hold up their channel; the limit of the whole bot holds up everything. */
function rateLimited(error: RateLimitError): Fault {
  const waitMs = Math.ceil(Math.max(error.retryAfter, error.sublimitTimeout, 0));
  return new Fault(
    'unavailable',
    error.global ? 'discord-rate-limited-globally' : 'discord-rate-limited',
    `Discord takes nothing more for ${Math.ceil(waitMs / 100) / 10} s.`,
    'Messages wait and are sent then, those that need a decision first.',
    error,
    {
      ...(waitMs > 0 && { retryAfterMs: waitMs }),
      holdsUp: error.global ? 'workspace' : 'channel',
      undone: true,
    },
  );
}

/** `discord-unknown-channel` for what has a name, `discord-99999` or `discord-http-403` for the rest. */
function nameOf({ code, status }: DiscordAPIError): string {
  const name = typeof code === 'number' ? codes[code] : undefined;
  if (code === undefined || code === 0)
    return status === 401 ? 'discord-unauthorized' : `discord-http-${status}`;
  return `discord-${(name ?? String(code)).replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}`;
}

function textOf({ rawError, status }: DiscordAPIError): string {
  return 'message' in rawError && rawError.message !== ''
    ? rawError.message.replace(/\.$/, '')
    : `HTTP ${status}`;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
}

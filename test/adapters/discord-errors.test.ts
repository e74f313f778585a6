import { RESTJSONErrorCodes as codes, DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { adviseOtherwise, discordErrorCode, discordFault } from '#adapters/discord/errors.ts';
import { Fault } from '#domain/fault.ts';

const url = 'https://discord.example/api/v10/channels/1/messages';
const apiError = (code: number, status = 400, message = 'Said by Discord') =>
  new DiscordAPIError({ code, message }, code, status, 'POST', url, {});
const limit = (global: boolean, retryAfter: number) =>
  new RateLimitError({
    ...{ global, retryAfter, timeToReset: retryAfter, limit: 5, method: 'POST', hash: 'h', url },
    ...{ route: '/channels/:id/messages', majorParameter: '1', sublimitTimeout: 0, scope: 'user' },
  });

describe('what discord.js throws', () => {
  it.each([
    [codes.UnknownChannel, 404, 'discord-unknown-channel', 'deleted'],
    [codes.UnknownMessage, 404, 'discord-unknown-message', 'new message'],
    [codes.MissingAccess, 403, 'discord-missing-access', 'View Channel'],
    [codes.MissingPermissions, 403, 'discord-missing-permissions', 'Send Messages'],
    [
      codes.CannotSendMessagesToThisUser,
      403,
      'discord-cannot-send-messages-to-this-user',
      'privacy settings',
    ],
    [codes.ThreadLocked, 400, 'discord-thread-locked', 'unlock'],
    [codes.InvalidActionOnArchivedThread, 400, 'discord-invalid-action-on-archived-thread', 'Write in it'],
    [codes.UnknownInteraction, 404, 'discord-unknown-interaction', 'Press again'],
    [200_000, 400, 'discord-message-was-blocked-by-automatic-moderation', 'AutoMod'],
    [99_999, 400, 'discord-99999', 'report'],
    [99_999, 403, 'discord-99999', 'View Channel'],
  ])(
    'is a refusal on %i (%i), which gives the message up and says what to do',
    (code, status, name, advice) => {
      const fault = discordFault(apiError(code, status));
      expect(fault).toMatchObject({ kind: 'rejected', code: name, undone: true });
      expect(fault.message).toContain(`Said by Discord (${code})`);
      expect(fault.advice).toContain(advice);
    },
  );

  it.each([
    [0, 401, 'discord-unauthorized', 'DISCORD_TOKEN'],
    [codes.Unauthorized, 403, 'discord-unauthorized', 'DISCORD_TOKEN'],
    [codes.InvalidToken, 401, 'discord-invalid-token', 'DISCORD_TOKEN'],
    [codes.UnknownApplication, 404, 'discord-unknown-application', 'DISCORD_APPLICATION_ID'],
  ])('waits for an operator on %i (%i), and loses no message', (code, status, name, advice) => {
    const fault = discordFault(apiError(code, status));
    expect(fault).toMatchObject({
      ...{ kind: 'configuration', code: name, holdsUp: 'workspace', retryAfterMs: 60_000, undone: true },
    });
    expect(fault.advice).toContain(advice);
  });

  it('is the same when the client itself refuses, because it has forgotten a token', () => {
    const error = new Error('Expected token to be set for this request, but none was present');
    expect(discordFault(error)).toMatchObject({ kind: 'configuration', code: 'discord-no-token' });
  });

  it.each([
    codes.APIResourceOverloaded,
    codes.OpeningDirectMessagesTooFast,
    codes.ServerSendRateLimit,
    codes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
  ])('passes by itself on %i', (code) => {
    expect(discordFault(apiError(code, 403))).toMatchObject({ kind: 'unavailable', undone: true });
  });

  it('says how long to wait, and for what', () => {
    expect(discordFault(limit(false, 1234.5))).toMatchObject({
      ...{ kind: 'unavailable', code: 'discord-rate-limited', retryAfterMs: 1235, holdsUp: 'channel' },
      ...{ undone: true, message: 'Discord takes nothing more for 1.3 s.' },
    });
    expect(discordFault(limit(true, 500))).toMatchObject({ holdsUp: 'workspace', undone: true });
    expect(discordFault(limit(false, 0)).retryAfterMs).toBeUndefined();
  });

  it('leaves open whether a call without an answer had an effect', () => {
    const served = discordFault(new HTTPError(502, 'Bad Gateway', 'POST', url, {}));
    expect(served).toMatchObject({ kind: 'unavailable', code: 'discord-unavailable', undone: false });
    expect(served.message).toContain('HTTP 502');
    const refused = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
    expect(discordFault(refused)).toMatchObject({ kind: 'unavailable', undone: false });
    expect(discordFault(refused).message).toContain('ECONNREFUSED');
    expect(discordFault('odd').message).toContain('odd');
  });

  it('can be a page of something else than Discord, which gives no message up', () => {
    const page = new DiscordAPIError({} as never, undefined as never, 403, 'POST', url, {});
    expect(discordFault(page)).toMatchObject({
      ...{ kind: 'unavailable', code: 'discord-http-403', holdsUp: 'workspace', undone: true },
    });
  });
});

describe('a fault', () => {
  it('stays what it is, and can be told to wait otherwise', () => {
    const fault = new Fault('unavailable', 'x', 'Away.', 'Wait.');
    expect(discordFault(fault)).toBe(fault);
    expect(adviseOtherwise(limit(false, 100), { holdsUp: 'edits', undone: false })).toMatchObject({
      ...{ code: 'discord-rate-limited', holdsUp: 'edits', undone: false, retryAfterMs: 100 },
    });
  });

  it('has a code of Discord only where Discord answered with one', () => {
    expect(discordErrorCode(apiError(codes.UnknownMessage, 404))).toBe(10_008);
    expect(discordErrorCode(new Error('x'))).toBeUndefined();
  });
});

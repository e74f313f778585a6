import { RESTJSONErrorCodes as codes, type REST, Routes } from 'discord.js';
import { faultNotice } from '#domain/wording/fault-notice.ts';
import { discordErrorCode, discordFault } from '../errors.ts';
import { renderReply } from '../render/render-reply.ts';
import { nonceOf } from './find-posted.ts';

/** Discord opens no thread in this channel now, whatever would be said in it. */
const closed: readonly (number | undefined)[] = [
  codes.MissingPermissions,
  codes.CannotExecuteActionOnThisChannelType,
  codes.MaximumActiveThreads,
  codes.TitleWasBlockedByAutomaticModeration,
];

/**
 * Says below the message whose thread cannot be opened why that is so: whoever asked would wait in vain. Once within
 * minutes. Throws nothing, because what was refused is thrown by whoever tried.
 */
export async function tellNoThread(
  rest: REST,
  { channel, thread }: { readonly channel: string; readonly thread: string },
  refusal: unknown,
): Promise<void> {
  if (!closed.includes(discordErrorCode(refusal))) return;
  const body = {
    ...renderReply(faultNotice(discordFault(refusal))),
    message_reference: { message_id: thread, channel_id: channel, fail_if_not_exists: false },
    nonce: nonceOf(`no thread on ${thread}`),
    enforce_nonce: true,
  };
  await rest.post(Routes.channelMessages(channel), { body }).catch(() => undefined);
}

import { type APIMessage, RESTJSONErrorCodes as codes, type REST, Routes } from 'discord.js';
import type { Place } from '#domain/intent.ts';
import { discordErrorCode } from '../errors.ts';
import type { RenderedReply } from '../render/render-reply.ts';
import { channelOf } from './where.ts';
import { withdrawBare } from './withdraw-bare.ts';

/**
 * Puts new content into a message of ours; one that is gone, alone or with its thread, stays gone. A thread that is archived
 * opens for it. Throws what the SDK throws.
 */
export async function replaceMessage(
  rest: REST,
  place: Place,
  messageId: string,
  body: RenderedReply,
): Promise<void> {
  const channel = channelOf(place);
  const edit = async () => {
    const edited = await rest.patch(Routes.channelMessage(channel, messageId), { body });
    await withdrawBare(rest, body, edited as APIMessage);
  };
  try {
    await edit().catch(async (error) => {
      if (discordErrorCode(error) !== codes.InvalidActionOnArchivedThread) throw error;
      await rest.patch(Routes.channel(channel), { body: { archived: false } });
      await edit();
    });
  } catch (error) {
    if (!gone.includes(discordErrorCode(error))) throw error;
  }
}

const gone: readonly (number | undefined)[] = [codes.UnknownMessage, codes.UnknownChannel];

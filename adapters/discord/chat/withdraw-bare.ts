import { type APIMessage, type REST, Routes } from 'discord.js';
import type { RenderedReply } from '../render/render-reply.ts';

const why = 'The rest cannot be seen: the bot lacks Embed Links here, or somebody removed the embeds.';

/**
 * Without Embed Links Discord takes a message and leaves its embeds out, and says nothing. Then its buttons would decide
 * about what nobody sees: they are taken away, and the message says what is so. Throws what the SDK throws.
 */
export async function withdrawBare(rest: REST, sent: RenderedReply, stands: APIMessage): Promise<void> {
  if (sent.embeds.length === 0 || stands.embeds.length > 0) return;
  const body = { content: `${sent.content}\n-# ${why}`, components: [], allowed_mentions: { parse: [] } };
  await rest.patch(Routes.channelMessage(stands.channel_id, stands.id), { body });
}

import { RESTJSONErrorCodes as codes, type REST, Routes } from 'discord.js';
import type { Reply } from '#domain/reply.ts';
import { discordErrorCode } from '../errors.ts';
import { limits } from '../limits.ts';
import { plainText } from '../render/plain-text.ts';

/**
 * Makes the thread on the message whose id is `thread`, so that it can be posted into; one that is there already is fine.
 * Throws what the SDK throws: 10008 when the message is gone.
 */
export async function openThread(
  rest: REST,
  { channel, thread }: { readonly channel: string; readonly thread: string },
  { summary }: Reply,
): Promise<void> {
  const [firstLine = ''] = summary.trim().split('\n');
  const body = {
    name: plainText(firstLine, limits.threadName),
    auto_archive_duration: limits.threadArchiveMinutes,
  };
  try {
    await rest.post(Routes.threads(channel, thread), { body });
  } catch (error) {
    if (discordErrorCode(error) !== codes.ThreadAlreadyCreatedForMessage) throw error;
  }
}

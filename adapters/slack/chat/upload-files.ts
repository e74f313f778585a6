import type { WebClient } from '@slack/web-api';
import type { PostFile } from '#domain/reply.ts';
import type { Logger } from '#ports/logger.ts';
import { slackFault } from '../errors.ts';

/**
 * Puts files into a thread. What Slack refuses is logged and left out, because the message they belong to stands
 * already; throws a Fault when trying again may help.
 */
export async function uploadFiles(
  client: WebClient,
  logger: Logger,
  place: { readonly channel: string; readonly thread: string },
  files: readonly PostFile[],
): Promise<void> {
  for (const file of files) {
    try {
      await client.filesUploadV2({
        channel_id: place.channel,
        thread_ts: place.thread,
        filename: file.name,
        title: file.name,
        ...contentOf(file),
      });
    } catch (error) {
      const fault = slackFault(error);
      if (fault.kind === 'unavailable') throw fault;
      logger.warn({ error: fault, file: file.name, channel: place.channel }, 'Slack did not take a file');
    }
  }
}

const contentOf = (file: PostFile) =>
  file.kind === 'picture'
    ? { file: Buffer.from(file.png, 'base64'), alt_text: file.alt }
    : { content: file.text };

import type { Place } from '#domain/intent.ts';
import type { Reading } from './hearing.ts';

interface Where {
  readonly channel: string;
  readonly thread?: string | undefined;
  readonly channelName?: string | undefined;
}

/** Conversations with the bot alone have ids of their own kind, and no name. */
const isDirect = (channel: string): boolean => channel.startsWith('D');

/** Where something happened; asks for the channel's name when the payload did not say it. */
export async function readPlace(
  { workspace, directory }: Pick<Reading, 'workspace' | 'directory'>,
  { channel, thread, channelName }: Where,
): Promise<Place> {
  const direct = isDirect(channel);
  return {
    workspace,
    channel,
    thread: thread ?? null,
    channelName: direct ? undefined : (channelName ?? (await directory.channelName(channel))),
    direct,
  };
}

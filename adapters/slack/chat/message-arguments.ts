import type { Place } from '#domain/intent.ts';
import type { RenderedReply } from '../render/render-reply.ts';

/** A message in whose text Slack looks for no names and no links. */
export function messageArguments(place: Pick<Place, 'channel' | 'thread'>, { text, blocks }: RenderedReply) {
  return {
    channel: place.channel,
    text,
    blocks,
    parse: 'none' as const,
    link_names: false,
    ...(place.thread !== null && { thread_ts: place.thread }),
  };
}

export const withoutPreviews = { unfurl_links: false, unfurl_media: false } as const;

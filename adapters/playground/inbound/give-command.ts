import type { Place } from '#domain/intent.ts';
import type { Reply } from '#domain/reply.ts';
import type { Received } from '#ports/inbound.ts';
import { createPlaygroundChat } from '../chat/create-playground-chat.ts';
import type { LiveFeed } from '../chat/live-feed.ts';
import { type Refused, refuseFault } from '../errors.ts';
import type { PlaygroundOptions, PlaygroundPerson } from '../options.ts';
import { speakAs } from './find-sender.ts';
import type { TextMessage } from './post-message.ts';

/** What became of a command; its text is no message and stands nowhere. */
export type CommandOutcome =
  | (Exclude<Received, { kind: 'accepted' | 'invalid' }> & { readonly place: Place })
  | Refused;

const slash = /^\/recourse(?:\s+|$)/i;

export function isCommand(text: string): boolean {
  return slash.test(text);
}

/** Hands in what was typed after `/recourse`; what it shows stands in the conversation, for this person alone. */
export async function giveCommand(
  options: PlaygroundOptions,
  feed: LiveFeed,
  { id, channel, thread, author, body }: TextMessage,
): Promise<CommandOutcome> {
  const place = { workspace: options.workspace, channel, thread, channelName: channel, open: true };
  const text = body.text.replace(slash, '');
  try {
    const received = await options.inbound.receive(
      { kind: 'command-given', place, speaker: speakAs(author), text },
      id,
    );
    if (received.kind === 'shown') await showPrivately(options, feed, place, author, received.reply);
    if (received.kind === 'accepted' || received.kind === 'invalid') return { kind: 'duplicate', place };
    return { ...received, place };
  } catch (error) {
    const refused = refuseFault(error, options.logger);
    return { ...refused, error: `Not done: ${refused.error} Your text is still here.` };
  }
}

/** A notice in the conversation that only this person sees. */
export function showPrivately(
  options: PlaygroundOptions,
  feed: LiveFeed,
  place: Place,
  { externalId }: Pick<PlaygroundPerson, 'externalId'>,
  reply: Reply,
): Promise<void> {
  return createPlaygroundChat(options, feed).notify(place, externalId, reply);
}

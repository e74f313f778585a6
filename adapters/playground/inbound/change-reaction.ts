import { isTick } from '#domain/capture/is-tick.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import type { LiveFeed } from '../chat/live-feed.ts';
import { type Refused, refuse } from '../errors.ts';
import { reactionChoices } from '../limits.ts';
import type { PlaygroundOptions, PlaygroundPerson } from '../options.ts';
import { findSenderAndMessage, placeOf, type SenderAndMessage, speakAs } from './find-sender.ts';
import type { Fields } from './read-fields.ts';

export type ChangedReaction = { readonly kind: 'accepted' } | { readonly kind: 'duplicate' } | Refused;

type Change = 'added' | 'removed';

/** Adds or removes a reaction. One on a message of the bot, and a tick on any, is handed in, and taken back when that fails. */
export function createChangeReaction(options: PlaygroundOptions, feed: LiveFeed) {
  return async (fields: Fields): Promise<ChangedReaction> => {
    const emoji = reactionChoices.find((choice) => choice === fields.emoji);
    const change = readChange(fields.change);
    if (emoji === undefined || change === undefined) return refuse(400, 'There is no such reaction here.');
    const found = await findSenderAndMessage(options, fields);
    if (found.kind === 'refused') return found;
    const changed = await react(options, found.value, emoji, change);
    await feed.announce(found.value.message.id);
    return { kind: changed ? 'accepted' : 'duplicate' };
  };
}

async function react(
  options: PlaygroundOptions,
  { message, person }: SenderAndMessage,
  emoji: string,
  change: Change,
): Promise<boolean> {
  const { log, workspace } = options;
  if (!(await log.react(workspace, message.id, emoji, person.externalId, change))) return false;
  if (!message.author.isBot && !isTick(emoji)) return true;
  try {
    await handIn(options, message, person, emoji, change);
  } catch (error) {
    const opposite = change === 'added' ? 'removed' : 'added';
    await log.react(workspace, message.id, emoji, person.externalId, opposite);
    throw error;
  }
  return true;
}

function readChange(text: string | undefined): Change | undefined {
  return text === 'added' || text === 'removed' ? text : undefined;
}

/** Every change gets a delivery id of its own: the log has said already that it is a change. */
async function handIn(
  options: PlaygroundOptions,
  message: LoggedMessage,
  person: PlaygroundPerson,
  emoji: string,
  change: Change,
): Promise<void> {
  await options.inbound.receive(
    {
      kind: 'reaction-changed',
      at: Date.now(),
      place: placeOf(options, message),
      speaker: speakAs(person),
      messageId: message.id,
      emoji,
      change,
    },
    options.ids.next(),
  );
}

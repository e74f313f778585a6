import type { ChatIntent } from '#domain/intent.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import type { LiveFeed } from '../chat/live-feed.ts';
import { type Refused, refuse } from '../errors.ts';
import type { PlaygroundOptions, PlaygroundPerson } from '../options.ts';
import { type Found, findSenderAndMessage, placeOf, speakAs } from './find-sender.ts';
import { mentionsBot, readText, type TextMessage } from './post-message.ts';
import type { Fields } from './read-fields.ts';

export type ChangedMessage =
  | { readonly kind: 'accepted' }
  /** No new text came with the wish to edit: it is to be asked for. */
  | { readonly kind: 'text-wanted'; readonly message: TextMessage }
  | Refused;

/** Gives one's own message another text. The core hears of it first, so a failure leaves the old one standing. */
export function createEditMessage(options: PlaygroundOptions, feed: LiveFeed) {
  return async (fields: Fields): Promise<ChangedMessage> => {
    const own = await findOwn(options, fields);
    if (own.kind === 'refused') return own;
    const { message, person } = own.value;
    if (fields.text === undefined) return { kind: 'text-wanted', message };
    const text = readText(fields);
    if (typeof text !== 'string') return text;
    const said = { ...whereAndWho(options, message, person), text, mentionsBot: mentionsBot(text) };
    await handIn(options, { kind: 'message-edited', ...said, at: options.clock.now() });
    return replaceBody(options, feed, message, { kind: 'text', text });
  };
}

/** Takes one's own message away; its place stays, or its thread would have no beginning. */
export function createDeleteMessage(options: PlaygroundOptions, feed: LiveFeed) {
  return async (fields: Fields): Promise<ChangedMessage> => {
    const own = await findOwn(options, fields);
    if (own.kind === 'refused') return own;
    const { message, person } = own.value;
    await handIn(options, { kind: 'message-deleted', ...whereAndWho(options, message, person) });
    return replaceBody(options, feed, message, { kind: 'deleted' });
  };
}

/** "Ask Recourse about this": what the message says, asked in its thread by whoever wants to know. */
export function createAskAbout(options: PlaygroundOptions) {
  return async (fields: Fields): Promise<ChangedMessage> => {
    const found = await findSenderAndMessage(options, fields);
    if (found.kind === 'refused') return found;
    const { message, person } = found.value;
    if (!isText(message)) return refuse(400, 'Only what a person wrote can be asked about.');
    const { id, body } = message;
    const place = { ...placeOf(options, message), channelName: message.channel };
    const asked = { place, speaker: speakAs(person), id, text: body.text, mentionsBot: true };
    await handIn(options, { kind: 'message-posted', ...asked, at: options.clock.now() });
    return { kind: 'accepted' };
  };
}

const isText = (message: LoggedMessage): message is TextMessage => message.body.kind === 'text';

async function findOwn(
  options: PlaygroundOptions,
  fields: Fields,
): Promise<Found<{ readonly message: TextMessage; readonly person: PlaygroundPerson }>> {
  const found = await findSenderAndMessage(options, fields);
  if (found.kind === 'refused') return found;
  const { message, person } = found.value;
  return isText(message) && message.author.externalId === person.externalId
    ? { kind: 'found', value: { message, person } }
    : refuse(400, 'Only your own messages can be changed, until they are deleted.');
}

function whereAndWho(
  { workspace }: PlaygroundOptions,
  { id, channel, thread }: LoggedMessage,
  person: PlaygroundPerson,
) {
  return { place: { workspace, channel, thread, channelName: channel }, speaker: speakAs(person), id };
}

/** Each of these is a delivery of its own: the core knows what it has heard of the message. */
async function handIn({ inbound, ids }: PlaygroundOptions, intent: ChatIntent): Promise<void> {
  await inbound.receive(intent, ids.next());
}

async function replaceBody(
  { log, workspace, clock }: PlaygroundOptions,
  feed: LiveFeed,
  { id }: LoggedMessage,
  body: LoggedMessage['body'],
): Promise<ChangedMessage> {
  await log.edit(workspace, id, body, clock.now());
  await feed.announce(id);
  return { kind: 'accepted' };
}

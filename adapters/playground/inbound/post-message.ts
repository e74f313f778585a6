import type { MessagePosted } from '#domain/intent.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import type { LiveFeed } from '../chat/live-feed.ts';
import { type Refused, refuse, refuseFault } from '../errors.ts';
import { limits } from '../limits.ts';
import type { PlaygroundOptions } from '../options.ts';
import { findPlace, findSender, speakAs } from './find-sender.ts';
import { type CommandOutcome, giveCommand, isCommand } from './give-command.ts';
import type { Fields } from './read-fields.ts';

export type PostedMessage =
  | {
      readonly kind: 'accepted';
      readonly id: string;
      readonly channel: string;
      readonly thread: string | null;
      readonly person: string;
    }
  | CommandOutcome
  /** `id` is the message's, when the page shows it already: sending again with it makes no second message. */
  | (Refused & { readonly id?: string });

const mention = /(?:^|[^\w@])@recourse\b/i;

export const mentionsBot = (text: string): boolean => mention.test(text);

/**
 * Posts what a person typed: first into the log, so that it is on the page whatever happens, then to the core.
 * When the core cannot take it, the refusal carries the id under which the same text is sent again.
 */
export function createPostMessage(options: PlaygroundOptions, feed: LiveFeed) {
  return async (fields: Fields): Promise<PostedMessage> => {
    const message = await readMessage(options, fields);
    if ('status' in message) return message;
    if (isCommand(message.body.text)) return giveCommand(options, feed, message);
    try {
      await keep(options, message);
      await feed.announce(message.id);
      await options.inbound.receive(readIntent(options, message), message.id);
    } catch (error) {
      const refused = refuseFault(error, options.logger);
      return { ...refused, error: `Not sent: ${refused.error} Your text is still here.`, id: message.id };
    }
    const { id, channel, thread, author } = message;
    return { kind: 'accepted', id, channel, thread, person: author.externalId };
  };
}

export type TextMessage = LoggedMessage & { readonly body: { readonly kind: 'text' } };

async function readMessage(options: PlaygroundOptions, fields: Fields): Promise<TextMessage | Refused> {
  const person = findSender(options.people, fields);
  if (person.kind === 'refused') return person;
  const text = readText(fields);
  if (typeof text !== 'string') return text;
  const place = await findPlace(options, fields);
  if (place.kind === 'refused') return place;
  const { externalId, name } = person.value;
  return {
    id: (await readEarlierId(options, fields)) ?? options.ids.next(),
    channel: place.value.channel,
    thread: place.value.thread,
    author: { externalId, name, isBot: false },
    body: { kind: 'text', text },
    onlyFor: null,
    reactions: {},
    at: options.clock.now(),
    editedAt: null,
  };
}

/** What was typed, or why it cannot be a message. */
export function readText(fields: Fields): string | Refused {
  const text = (fields.text ?? '').replaceAll('\r\n', '\n').trim();
  if (text === '') return refuse(400, 'Nothing to send yet: type what is wrong first.');
  const length = [...text].length;
  if (length <= limits.longestMessage) return text;
  const count = (value: number) => value.toLocaleString('en-US');
  return refuse(
    413,
    `This has ${count(length)} characters; ${count(limits.longestMessage)} are the most. Keep the lines that matter.`,
  );
}

/** An id counts only when it is that of this person's own message in the same place: the one sent before. */
async function readEarlierId(
  { log, workspace }: PlaygroundOptions,
  fields: Fields,
): Promise<string | undefined> {
  const earlier = fields.id ? await log.find(workspace, fields.id) : undefined;
  const same =
    earlier?.body.kind === 'text' &&
    earlier.author.externalId === fields.person &&
    earlier.channel === fields.channel &&
    earlier.thread === (fields.thread || null);
  return same ? earlier.id : undefined;
}

async function keep({ log, workspace }: PlaygroundOptions, message: TextMessage): Promise<void> {
  const earlier = await log.find(workspace, message.id);
  if (earlier === undefined) return log.add(workspace, message);
  const same = earlier.body.kind === 'text' && earlier.body.text === message.body.text;
  if (!same) await log.edit(workspace, message.id, message.body, message.at);
}

function readIntent({ workspace }: PlaygroundOptions, message: TextMessage): MessagePosted {
  const { id, channel, thread, author, body, at } = message;
  const { text } = body;
  return {
    kind: 'message-posted',
    place: { workspace, channel, thread, channelName: channel },
    speaker: speakAs(author),
    id,
    text,
    mentionsBot: mentionsBot(text),
    at,
  };
}

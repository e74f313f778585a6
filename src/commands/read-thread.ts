import type { IncidentThread, ThreadMessage, ThreadReaction } from '#domain/capture/thread.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A thread out of a JSON value as exports have it, or a sentence about the first thing that is wrong with it. */
export function readThread(value: unknown): { readonly thread: IncidentThread } | { readonly wrong: string } {
  try {
    return { thread: threadIn(value) };
  } catch (error) {
    if (error instanceof WrongField) return { wrong: error.message };
    throw error;
  }
}

/** Ends the reading of one thread; it never leaves this file. */
class WrongField extends Error {}

function threadIn(value: unknown): IncidentThread {
  const thread = fieldsOf(fieldsOf(value, 'the line').thread, 'thread');
  const messages = asEdited(
    listOf(thread.messages, 'thread.messages').map((one, index) =>
      messageIn(one, `thread.messages[${index}]`),
    ),
  );
  const [first] = messages;
  if (!first) throw new WrongField('thread.messages is empty: a thread has at least one message');
  return {
    platform: textOf(thread.platform, 'thread.platform'),
    channel: textOf(thread.channel, 'thread.channel'),
    startedAt: thread.startedAt === undefined ? first.at : timeOf(thread.startedAt, 'thread.startedAt'),
    resolvedAt: isAbsent(thread.resolvedAt) ? null : timeOf(thread.resolvedAt, 'thread.resolvedAt'),
    // Exports are not always in order; two messages of one moment stay as they are.
    messages: messages.toSorted((a, b) => a.at - b.at),
  };
}

/** Exports may hold a message as it was and as it was edited: the last counts, in the place of the first. */
function asEdited(messages: readonly ThreadMessage[]): readonly ThreadMessage[] {
  const edited = new Map<string, ThreadMessage>();
  for (const one of messages) edited.set(JSON.stringify([one.id, one.author, one.at]), one);
  return [...edited.values()];
}

function messageIn(value: unknown, where: string): ThreadMessage {
  const message = fieldsOf(value, where);
  return {
    id: textOf(message.id, `${where}.id`),
    author: textOf(message.author, `${where}.author`),
    isBot: message.isBot === undefined ? false : flagOf(message.isBot, `${where}.isBot`),
    at: timeOf(message.at, `${where}.at`),
    // Who sends only a file says nothing.
    text: isAbsent(message.text) ? '' : textOf(message.text, `${where}.text`),
    reactions: isAbsent(message.reactions)
      ? []
      : listOf(message.reactions, `${where}.reactions`).map((one, index) =>
          reactionIn(one, `${where}.reactions[${index}]`),
        ),
  };
}

/** Some exports count the users of a reaction instead of naming them. */
function reactionIn(value: unknown, where: string): ThreadReaction {
  const { emoji, users } = fieldsOf(value, where);
  const named = Array.isArray(users) ? users.map((one, at) => textOf(one, `${where}.users[${at}]`)) : [];
  return { emoji: textOf(emoji, `${where}.emoji`), users: named };
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  if (where === 'thread' && value === undefined) throw new WrongField('the line has no "thread"');
  throw new WrongField(`${where} is not a JSON object`);
}

function listOf(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new WrongField(`${where} is not a list`);
}

function textOf(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  throw new WrongField(`${where} is not a text`);
}

function flagOf(value: unknown, where: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new WrongField(`${where} is neither true nor false`);
}

/** ISO 8601; seconds as Slack writes them (`"1767225600.000100"`); or a number of milliseconds or seconds. */
function timeOf(value: unknown, where: string): number {
  const number = typeof value === 'string' && /^\d{9,13}(?:\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number < 1e11 ? number * 1000 : number;
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isFinite(time)) return time;
  throw new WrongField(`${where} is no time: write 2026-11-25T12:30:00Z`);
}

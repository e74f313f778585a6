import { type APIEmbed, type APIMessageTopLevelComponent, ComponentType, MessageType } from 'discord.js';
import type { DiscordMessage } from './discord-message.ts';
import { readText, type TextKnowledge } from './read-text.ts';

const mostLines = 400;

type Knowledge = Omit<TextKnowledge, 'mentions'>;
type Said = Pick<DiscordMessage, 'content' | 'embeds' | 'components'>;

/**
 * All that a message says, as plain lines. People's words are in `content`, and their embeds are what Discord shows of
 * their links; alert bots and webhooks say what is wrong in embeds or components, alone or once more: each line counts
 * once. What was forwarded counts as said, and so does the title of a post in a forum, where most of it stands.
 */
export function readContent(message: DiscordMessage, knowledge: Knowledge): string {
  const { id, channel_id, referenced_message: first, type } = message;
  // A thread begins with a copy of the message that it was made on.
  if (type === MessageType.ThreadStarterMessage && first) return readContent(first, knowledge);
  // The first message of a post has the id of its thread.
  const title = id === channel_id ? knowledge.names.channel(id) : undefined;
  const words = readWords(message, knowledge);
  return title === undefined ? words : `${title}\n${words}`.trim();
}

function readWords(message: DiscordMessage, knowledge: Knowledge): string {
  const { mentions, author, webhook_id } = message;
  const isProgram = webhook_id !== undefined || author.bot === true;
  const forwarded = (message.message_snapshots ?? []).flatMap(({ message: said }) => wordsOf(said));
  const reading = { ...knowledge, mentions };
  if (!isProgram && forwarded.length === 0) return readText(message.content, reading);
  const words = [...(isProgram ? wordsOf(message) : [message.content]), ...forwarded];
  const lines = words
    .flatMap((text) => readText(text, reading).split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return [...new Set(lines)].slice(0, mostLines).join('\n');
}

function wordsOf({ content, embeds, components }: Said): readonly string[] {
  return [content, ...(embeds ?? []).flatMap(inOrder), ...displayed(components ?? [])];
}

function inOrder({ author, title, description, fields, footer }: APIEmbed): readonly string[] {
  const named = (fields ?? []).map(({ name, value }) => `${name}: ${value}`);
  return [author?.name, title, description, ...named, footer?.text].filter((text) => text !== undefined);
}

/** A message made of components has neither content nor embeds. Containers hold no containers. */
function displayed(components: readonly APIMessageTopLevelComponent[]): readonly string[] {
  return components.flatMap((component) => {
    switch (component.type) {
      case ComponentType.TextDisplay:
        return component.content;
      case ComponentType.Section:
      case ComponentType.Container:
        return displayed(component.components);
      default:
        return [];
    }
  });
}

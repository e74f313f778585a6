import type { APIMessage } from 'discord.js';
import { isJson, type Json, type Upload, type World } from './world.ts';

/** A message as people see it. */
export type SeenMessage = APIMessage & {
  /** The one person who sees it; undefined for everybody. */
  readonly onlyFor: string | undefined;
  /** What its attachments hold. */
  readonly files: readonly Upload[];
};

export interface SeenButton {
  readonly custom_id: string;
  readonly label: string;
  readonly disabled: boolean;
}

export interface Screen {
  /** Everything in a channel or thread, the oldest first; a thread begins with the message it was made on. */
  messages(channel: string): Promise<readonly SeenMessage[]>;
  /** What one person alone was shown anywhere, the oldest first. */
  ephemerals(person: string): Promise<readonly SeenMessage[]>;
}

export function createScreen(world: World): Screen {
  const { prisma } = world.twin;
  const see = (message: APIMessage): SeenMessage => ({
    ...message,
    onlyFor: world.ephemerals.get(message.id),
    files: message.attachments.flatMap(({ id }) => world.uploads.get(id) ?? []),
  });
  const messages = async (channel: string) => (await world.twin.channel(channel).getMessages()).map(see);
  return {
    messages,
    ephemerals: async (person) => {
      const ids = [...world.ephemerals].flatMap(([id, who]) => (who === person ? [id] : []));
      const found = await prisma.message.findMany({ where: { id: { in: ids } }, distinct: ['channelId'] });
      const all = await Promise.all(found.map(({ channelId }) => messages(channelId)));
      return all.flat().filter(({ onlyFor }) => onlyFor === person);
    },
  };
}

/** All that a person reads on a message. */
export function wordsOf({
  content,
  embeds,
  components,
}: Pick<SeenMessage, 'content' | 'embeds' | 'components'>) {
  return [content, ...embeds.flatMap(wordsIn), ...labelsIn(components)]
    .filter((text) => text !== '')
    .join('\n');
}

const wordsIn = (embed: SeenMessage['embeds'][number]): readonly string[] => [
  embed.author?.name ?? '',
  embed.title ?? '',
  embed.description ?? '',
  ...(embed.fields ?? []).map(({ name, value }) => `${name}: ${value}`),
  embed.footer?.text ?? '',
];

const labelsIn = (components: unknown): readonly string[] =>
  rowsIn(components).map(({ label }) => String(label));

export const buttonsOf = ({ components }: Pick<SeenMessage, 'components'>): readonly SeenButton[] =>
  rowsIn(components).map(({ custom_id, label, disabled }) => ({
    custom_id: String(custom_id),
    label: String(label),
    disabled: disabled === true,
  }));

const rowsIn = (components: unknown): readonly Json[] =>
  listOf(components)
    .flatMap(({ components: inside }) => listOf(inside))
    .filter(({ type }) => type === 2);

const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

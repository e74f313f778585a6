import type { APIMessage, APIMessageApplicationCommandInteraction } from 'discord.js';
import type { ChatIntent } from '#domain/intent.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { messageMenus } from '../commands.ts';
import type { Asked } from './asked.ts';
import { idTime } from './discord-message.ts';
import { readContent } from './read-content.ts';
import { readRoot } from './read-place.ts';
import type { Reading, Tenant } from './reading.ts';
import { readWhoAndWhere, type WhoAndWhere } from './who-and-where.ts';

/** Picked in the menu of a message: a question about it, or the wish to keep its thread as a case. */
export function readMenu(
  reading: Reading,
  interaction: APIMessageApplicationCommandInteraction,
  tenant: Tenant,
): Asked | undefined {
  const { name, target_id, resolved } = interaction.data;
  const message = resolved.messages[target_id];
  const make = ownValue(makers, name);
  if (!message || !make) return undefined;
  return {
    opens: name === messageMenus.saveCase,
    read: async () => {
      const { speaker, place } = await readWhoAndWhere(reading, interaction, tenant);
      const thread = place.thread ?? (await rootOf(reading, message, tenant));
      return make({
        who: { speaker, place: { ...place, thread } },
        thread,
        message,
        at: idTime(interaction.id),
        text: readContent(message, { ...reading, guild: tenant.guild }),
      });
    },
  };
}

interface Picked {
  readonly who: WhoAndWhere;
  readonly thread: string;
  readonly message: APIMessage;
  readonly at: number;
  readonly text: string;
}

const makers: Readonly<Record<string, (picked: Picked) => ChatIntent>> = {
  [messageMenus.saveCase]: ({ who, thread }) => ({
    kind: 'button-pressed',
    ...who,
    action: { verb: 'save-case', id: thread },
  }),
  [messageMenus.ask]: ({ who, message, text, at }) => ({
    kind: 'message-posted',
    ...who,
    id: message.id,
    text,
    mentionsBot: true,
    at,
  }),
};

async function rootOf(reading: Reading, message: APIMessage, { direct }: Tenant): Promise<string> {
  return direct ? readRoot(reading, message.channel_id, message) : message.id;
}

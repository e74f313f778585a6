import { type Client, Routes } from 'discord.js';
import type { LocalDiscord } from './local-discord.ts';
import type { SeenMessage } from './screen.ts';

/** Posts a message of the bot with buttons of these ids. */
export async function postButtons(
  client: Client,
  { screen }: Pick<LocalDiscord, 'screen'>,
  channel: string,
  ids: readonly string[],
): Promise<SeenMessage> {
  const components = ids.map((custom_id) => ({
    type: 2,
    style: 2,
    custom_id,
    label: custom_id.slice(0, 80),
  }));
  const body = { content: 'a card', components: [{ type: 1, components }] };
  const { id } = (await client.rest.post(Routes.channelMessages(channel), { body })) as {
    readonly id: string;
  };
  const posted = (await screen.messages(channel)).find((message) => message.id === id);
  if (!posted) throw new Error('the card was not posted');
  return posted;
}

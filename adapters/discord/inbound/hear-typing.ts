import {
  type APIApplicationCommandAutocompleteInteraction,
  InteractionResponseType,
  Routes,
} from 'discord.js';
import { ownValue } from '#domain/text/own-value.ts';
import type { Inquiry, Suggestion } from '#ports/inbound.ts';
import { limits } from '../limits.ts';
import { plainText } from '../render/plain-text.ts';
import type { Hearing } from './hearing.ts';
import { inTime } from './in-time.ts';
import { readSubcommand } from './read-command.ts';
import { type Reading, tenantOf } from './reading.ts';
import { readWhoAndWhere } from './who-and-where.ts';

/** Suggests while somebody types. There is nothing to be told to them when that fails: the list is empty. */
export async function hearTyping(
  hearing: Hearing,
  reading: Reading,
  interaction: APIApplicationCommandAutocompleteInteraction,
): Promise<void> {
  const looking = look(hearing, reading, interaction).catch((error: unknown) => {
    hearing.logger.warn({ error }, 'nothing could be suggested while somebody typed');
    return [];
  });
  const found = (await inTime(looking)) ?? [];
  const choices = found
    .filter(({ value }) => value.length <= limits.autocompleteChoice)
    .slice(0, limits.autocompleteChoices);
  const body = {
    type: InteractionResponseType.ApplicationCommandAutocompleteResult,
    data: {
      choices: choices.map(({ label, value }) => ({
        name: plainText(label, limits.autocompleteChoice),
        value,
      })),
    },
  };
  await hearing.prompt.post(Routes.interactionCallback(interaction.id, interaction.token), {
    body,
    auth: false,
  });
}

const fields: Readonly<Record<string, Inquiry['about']>> = { runbook: 'runbook', host: 'host' };

async function look(
  { inbound }: Hearing,
  reading: Reading,
  interaction: APIApplicationCommandAutocompleteInteraction,
): Promise<readonly Suggestion[]> {
  const tenant = tenantOf(reading, interaction.guild_id);
  const { focused = '', given = {} } = readSubcommand(interaction) ?? {};
  const about = ownValue(fields, focused);
  if (!tenant || !about) return [];
  const who = await readWhoAndWhere(reading, interaction, tenant);
  return inbound.suggest({ ...who, about, typed: given[focused] ?? '' });
}

import { type APIInteraction, ApplicationCommandType, InteractionType } from 'discord.js';
import type { Asked } from './asked.ts';
import { readCommand } from './read-command.ts';
import { readMenu } from './read-menu.ts';
import { readPress, readSubmission } from './read-press.ts';
import type { Reading, Tenant } from './reading.ts';

/** What an interaction asks for; undefined for a button, a form or a command that is none of the bot's. */
export function readAsked(reading: Reading, interaction: APIInteraction, tenant: Tenant): Asked | undefined {
  switch (interaction.type) {
    case InteractionType.MessageComponent:
      return readPress(reading, interaction, tenant);
    case InteractionType.ModalSubmit:
      return readSubmission(reading, interaction, tenant);
    case InteractionType.ApplicationCommand:
      return readGiven(reading, interaction, tenant);
    default:
      return undefined;
  }
}

type Command = Extract<APIInteraction, { type: InteractionType.ApplicationCommand }>;

function readGiven(reading: Reading, interaction: Command, tenant: Tenant): Asked | undefined {
  // The kind stands in the data, where it does not tell the types of interactions apart.
  if (isChatInput(interaction)) return readCommand(reading, interaction, tenant);
  return isMenu(interaction) ? readMenu(reading, interaction, tenant) : undefined;
}

type OfKind<Kind> = Extract<Command, { data: { type: Kind } }>;

const isChatInput = (command: Command): command is OfKind<ApplicationCommandType.ChatInput> =>
  command.data.type === ApplicationCommandType.ChatInput;

const isMenu = (command: Command): command is OfKind<ApplicationCommandType.Message> =>
  command.data.type === ApplicationCommandType.Message;

import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteractionDataBasicOption,
  type APIChatInputApplicationCommandInteraction,
  ApplicationCommandOptionType,
} from 'discord.js';
import { openingCommands } from '#domain/command.ts';
import { slashCommand } from '../commands.ts';
import type { Asked } from './asked.ts';
import { readText } from './read-text.ts';
import type { Reading, Tenant } from './reading.ts';
import { readWhoAndWhere } from './who-and-where.ts';

/** The options of a subcommand by their names, as text. */
export type Given = Readonly<Record<string, string>>;

interface Subcommand {
  readonly verb: string;
  readonly given: Given;
  /** The option in which somebody types right now. */
  readonly focused: string | undefined;
}

/** What follows the verb, where it is not the options one after the other; whom a role is for is said with its kind. */
const writers: Readonly<Record<string, (given: Given) => readonly (string | undefined)[]>> = {
  run: ({ runbook }) => [runbook],
  mode: ({ mode, quiet }) => [mode, labelled('quiet ', quiet)],
  freeze: ({ state, time, reason }) => [state, time, reason],
  role: ({ person, group, channel, role }) => [
    labelled('user:', person),
    labelled('group:', group),
    labelled('channel:', channel),
    role,
  ],
};

/** Hands in `/recourse …` as the text that the core reads; undefined for another command. */
export function readCommand(
  reading: Reading,
  interaction: APIChatInputApplicationCommandInteraction,
  tenant: Tenant,
): Asked | undefined {
  const subcommand = readSubcommand(interaction);
  if (!subcommand) return undefined;
  const { verb, given } = subcommand;
  // Who is mentioned in a field of words comes without a name.
  const knowledge = { ...reading, guild: tenant.guild, mentions: [] };
  const done = () => readWhoAndWhere(reading, interaction, tenant);
  return {
    opens: openingCommands.some((opening) => opening === verb),
    host: given.host,
    read:
      verb === 'home'
        ? async () => ({ kind: 'home-opened', ...(await done()) })
        : async () => ({
            kind: 'command-given',
            ...(await done()),
            text: readText(textOf(subcommand), knowledge),
          }),
  };
}

export function readSubcommand({
  data,
}: APIChatInputApplicationCommandInteraction | APIApplicationCommandAutocompleteInteraction):
  | Subcommand
  | undefined {
  const [subcommand] = data.options ?? [];
  if (data.name !== slashCommand || subcommand?.type !== ApplicationCommandOptionType.Subcommand)
    return undefined;
  const options = (subcommand.options ?? []) as readonly APIApplicationCommandInteractionDataBasicOption[];
  return {
    verb: subcommand.name,
    given: Object.fromEntries(options.map((option) => [option.name, textIn(option)])),
    focused: options.find((option) => 'focused' in option && option.focused)?.name,
  };
}

function textOf({ verb, given }: Subcommand): string {
  const words = writers[verb]?.(given) ?? Object.values(given);
  return [verb, ...words.filter((word) => word !== undefined)].join(' ');
}

const textIn = (option: APIApplicationCommandInteractionDataBasicOption): string =>
  'value' in option ? String(option.value) : '';

function labelled(label: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${label}${value}`;
}

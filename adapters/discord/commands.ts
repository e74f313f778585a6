import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandChannelOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { CommandVerb } from '#domain/command.ts';
import { channelModes } from '#domain/hearing/channel-mode.ts';
import { defaultInsightsDays, longestInsightsDays } from '#domain/insights/insights-days.ts';
import { roles } from '#domain/person.ts';

const { String: Text, Integer, User, Role, Channel, Subcommand } = ApplicationCommandOptionType;
const { ChatInput, Message } = ApplicationCommandType;

export const slashCommand = 'recourse';

/** What people read in the menu of a message; Discord knows such a command by this name alone. */
export const messageMenus = { saveCase: 'Save thread as case', ask: 'Ask Recourse about this' } as const;

const longestQuestion = 2000;
const longestName = 200;

interface Definition {
  readonly what: string;
  readonly options: readonly APIApplicationCommandBasicOption[];
}

/** A role in a thread is that in its channel, and nobody speaks in a category. */
const placesToWork: NonNullable<APIApplicationCommandChannelOption['channel_types']> = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
];

const choices = (names: readonly string[]) => names.map((name) => ({ name, value: name }));
const alone = (what: string): Definition => ({ what, options: [] });

/** What follows each verb, as fields: `adapters/discord/inbound` makes the text of them that the core reads. */
const subcommands = {
  ask: {
    what: 'Ask for a problem; the answer comes in a thread for everybody',
    options: [
      {
        type: Text,
        name: 'text',
        description: 'What is wrong',
        required: true,
        max_length: longestQuestion,
      },
    ],
  },
  run: {
    what: 'Start a runbook by its name; its steps still wait for approvals',
    options: [
      {
        type: Text,
        name: 'runbook',
        description: 'Its name, or the beginning of it',
        required: true,
        autocomplete: true,
        max_length: longestName,
      },
      {
        type: Text,
        name: 'host',
        description: 'The host that it is for',
        autocomplete: true,
        max_length: longestName,
      },
    ],
  },
  save: alone('Keep what solved an incident as a past case'),
  runbooks: {
    what: 'List runbooks, how often each one worked and who keeps it',
    options: [{ type: Text, name: 'words', description: 'Only those about this', max_length: longestName }],
  },
  runs: alone('List the latest runs'),
  insights: {
    what: 'Show what works, what fails and what found no good answer',
    options: [
      {
        type: Integer,
        name: 'days',
        description: `How far back, ${defaultInsightsDays} days when left out`,
        min_value: 1,
        max_value: longestInsightsDays,
      },
    ],
  },
  review: {
    what: 'Show what waits for a review, to approve or reject it',
    options: [{ type: Text, name: 'words', description: 'Only this runbook', max_length: longestName }],
  },
  mode: {
    what: 'Show when I speak in this channel, or set it',
    options: [
      {
        type: Text,
        name: 'mode',
        description: 'How much I say here',
        choices: choices([...channelModes, 'default']),
      },
      {
        type: Text,
        name: 'quiet',
        description: 'Quiet hours, such as 22:00-07:00 Europe/Berlin, or off',
        max_length: longestName,
      },
    ],
  },
  visibility: {
    what: 'Show in which channels cases are shown, or set it',
    options: [
      {
        type: Text,
        name: 'words',
        description: 'A name and channel, team or workspace; new WHO; team NAME',
        max_length: longestName,
      },
    ],
  },
  role: {
    what: 'Show roles, or give one to a person, a role of Discord or a channel',
    options: [
      { type: User, name: 'person', description: 'Who gets it' },
      { type: Role, name: 'group', description: 'The role of Discord whose members get it' },
      {
        type: Channel,
        name: 'channel',
        description: 'The channel in which everybody has it',
        channel_types: placesToWork,
      },
      { type: Text, name: 'role', description: 'What they may do', choices: choices([...roles, 'none']) },
    ],
  },
  freeze: {
    what: 'Show whether changes are frozen, freeze them, or end that',
    options: [
      {
        type: Text,
        name: 'state',
        description: 'Freeze all changes, or end it',
        choices: choices(['on', 'off']),
      },
      {
        type: Text,
        name: 'time',
        description: 'How long, such as 2h; until somebody ends it without',
        max_length: longestName,
      },
      { type: Text, name: 'reason', description: 'Why changes are frozen', max_length: 300 },
    ],
  },
  thanks: {
    what: 'Show whether you hear when a case of yours helped, or set it',
    options: [
      { type: Text, name: 'state', description: 'Hear of it or not', choices: choices(['on', 'off']) },
    ],
  },
  forget: alone('Delete what I keep of your words'),
  help: alone('Show what you can do here'),
  home: alone('Show what is open and what waits for you'),
} as const satisfies Record<CommandVerb | 'home', Definition>;

/**
 * Every command that the bot has at Discord. Anybody sees them: what each person may do is decided by their role in
 * Recourse, and an administrator of the guild can narrow it under Integrations.
 */
export function defineCommands({
  directMessages,
}: {
  readonly directMessages: boolean;
}): RESTPutAPIApplicationCommandsJSONBody {
  const where = {
    contexts: [InteractionContextType.Guild, ...(directMessages ? [InteractionContextType.BotDM] : [])],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    default_member_permissions: null,
  };
  return [
    {
      ...where,
      type: ChatInput,
      name: slashCommand,
      description: 'Find and run what helps, and see what did',
      options: Object.entries(subcommands).map(([name, { what, options }]) => ({
        type: Subcommand,
        name,
        description: what,
        options: [...options],
      })),
    },
    ...Object.values(messageMenus).map((name) => ({ ...where, type: Message, name }) as const),
  ];
}

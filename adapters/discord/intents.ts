import { ApplicationFlags, GatewayIntentBits } from 'discord.js';

interface Wanted {
  readonly directMessages: boolean;
  /** The flags of the application, which tell what its owner allows. */
  readonly flags: number;
}

/** Every intent that the bot may ask the gateway for, and what is heard through it; docs/discord.md has the same. */
export const intents = {
  Guilds: 'channels, threads, roles, and that the bot joined or left a guild',
  GuildMessages: 'messages in channels, and that one was edited or deleted',
  MessageContent: 'what messages say',
  GuildMessageReactions: 'votes',
  GuildMembers: 'at once that somebody left or lost a role',
  DirectMessages: 'direct messages',
  DirectMessageReactions: 'votes there',
} as const satisfies Partial<Readonly<Record<keyof typeof GatewayIntentBits, string>>>;

type Intent = keyof typeof intents;

const forDirectMessages: readonly Intent[] = ['DirectMessages', 'DirectMessageReactions'];

/** Message Content is asked for always: a bot that reads nothing is of no use, so the gateway had better refuse. */
export function chooseIntents({ directMessages, flags }: Wanted): readonly GatewayIntentBits[] {
  const chosen = (Object.keys(intents) as readonly Intent[]).filter((intent) => {
    if (intent === 'GuildMembers') return hasMembersIntent(flags);
    return directMessages || !forDirectMessages.includes(intent);
  });
  return chosen.map((intent) => GatewayIntentBits[intent]);
}

const anyOf = (flags: number, wanted: number): boolean => (flags & wanted) !== 0;

/** Discord gives the first of each pair to verified applications, the limited one to those in few guilds. */
export const hasMembersIntent = (flags: number): boolean =>
  anyOf(flags, ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited);

export const hasContentIntent = (flags: number): boolean =>
  anyOf(flags, ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited);

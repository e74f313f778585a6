import { PermissionsBitField, type PermissionsString } from 'discord.js';

/** Every permission that the bot needs in a channel, and what does not work there without it. */
export const permissions = {
  ViewChannel: 'the channel is not seen: nothing is heard and nothing can be posted',
  ReadMessageHistory: 'what was missed is not read back, and reactions on older messages do not count',
  SendMessages: 'nothing can be posted',
  CreatePublicThreads: 'problems cannot be answered in a thread of their own',
  SendMessagesInThreads: 'nothing can be posted in threads',
  EmbedLinks: 'of a card only its first line is shown, without buttons',
  AttachFiles: 'long output cannot be given as a file',
} as const satisfies Partial<Readonly<Record<PermissionsString, string>>>;

type Permission = keyof typeof permissions;

const names = Object.keys(permissions) as readonly Permission[];

/** All of them as the number that an invite link carries. */
export const permissionBits = PermissionsBitField.resolve(names);

/** Those of them that are not among `given`. */
export function missingPermissions(given: bigint): readonly Permission[] {
  const held = new PermissionsBitField(given);
  return names.filter((name) => !held.has(name));
}

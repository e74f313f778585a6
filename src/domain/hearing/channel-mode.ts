/**
 * How much the bot says in a channel, from least to most. `off`: it neither reads nor answers. `mention`: it answers
 * when it is spoken to. `suggest`: it also answers a problem unasked, once an incident. `auto`: it also drafts.
 */
export const channelModes = ['off', 'mention', 'suggest', 'auto'] as const;
export type ChannelMode = (typeof channelModes)[number];

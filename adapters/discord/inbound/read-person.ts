import type { GatewayGuildMemberRemoveDispatchData, GatewayGuildMemberUpdateDispatchData } from 'discord.js';
import type { Speaker } from '#domain/intent.ts';
import type { Heard } from './hearing.ts';
import { displayName, memberSpeaker } from './read-speaker.ts';
import { type Reading, tenantOf } from './reading.ts';

/** Somebody's roles or screening are others than before, or only their name: Discord does not say what changed. */
export function readMember(
  reading: Reading,
  member: GatewayGuildMemberUpdateDispatchData,
): Heard | undefined {
  return personChanged(reading, member.guild_id, memberSpeaker(member.user, member));
}

/** Somebody left the guild, or was put out. */
export function readLeaving(
  reading: Reading,
  { guild_id, user }: GatewayGuildMemberRemoveDispatchData,
): Heard | undefined {
  const name = displayName(user);
  return personChanged(reading, guild_id, { externalId: user.id, name, standing: 'deactivated', groups: [] });
}

function personChanged(reading: Reading, guild: string, speaker: Speaker): Heard | undefined {
  reading.directory.forget(guild, speaker.externalId);
  const tenant = tenantOf(reading, guild);
  if (!tenant) return undefined;
  const place = { workspace: tenant.workspace, channel: '', thread: null };
  return {
    intent: { kind: 'person-changed', place, speaker },
    delivery: `person:${guild}:${speaker.externalId}:${Date.now()}`,
  };
}

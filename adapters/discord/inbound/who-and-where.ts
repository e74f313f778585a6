import { type APIInteraction, type APIMessage, MessageFlags } from 'discord.js';
import { Fault } from '#domain/fault.ts';
import type { Place, Speaker } from '#domain/intent.ts';
import { privateNotice } from '#domain/wording/press-notices.ts';
import { readPlace, readRoot } from './read-place.ts';
import { memberSpeaker } from './read-speaker.ts';
import type { Reading, Tenant } from './reading.ts';

export interface WhoAndWhere {
  readonly place: Place;
  readonly speaker: Speaker;
}

/** Who did it, as they are now, and where: in a channel outside of threads, the message that they pressed on begins one. */
export async function readWhoAndWhere(
  reading: Reading,
  interaction: APIInteraction,
  tenant: Tenant,
): Promise<WhoAndWhere> {
  const [speaker, place] = await Promise.all([
    whoDid(reading, interaction, tenant),
    whereDone(reading, interaction, tenant),
  ]);
  const pressed = 'message' in interaction ? interaction.message : undefined;
  if (place.thread !== null || !pressed) return { speaker, place };
  return { speaker, place: { ...place, thread: await threadOf(reading, pressed, tenant) } };
}

/** What is shown to one person alone can have no thread of its own. */
async function threadOf(reading: Reading, message: APIMessage, { direct }: Tenant): Promise<string | null> {
  if (((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0) return null;
  return direct ? readRoot(reading, message.channel_id, message) : message.id;
}

async function whoDid(
  { directory }: Reading,
  { member, user }: APIInteraction,
  { guild, direct }: Tenant,
): Promise<Speaker> {
  if (member) return memberSpeaker(member.user, member);
  const speaker = await directory.speaker(guild, user?.id ?? '');
  if (direct && speaker.standing === 'deactivated') throw notForOutsiders();
  return speaker;
}

async function whereDone(
  reading: Reading,
  { channel, channel_id }: APIInteraction,
  tenant: Tenant,
): Promise<Place> {
  const id = channel?.id ?? channel_id ?? '';
  if (tenant.direct || channel === undefined) return readPlace(reading, id, tenant);
  const parent = 'parent_id' in channel ? channel.parent_id : undefined;
  const located = reading.channels.place({ id, type: channel.type, parent_id: parent });
  return { workspace: tenant.workspace, ...located, direct: false };
}

function notForOutsiders(): Fault {
  const { summary } = privateNotice();
  return new Fault(
    'rejected',
    'discord-no-member',
    summary,
    'Only members of the server may ask in private.',
  );
}

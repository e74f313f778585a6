import { ChannelType } from 'discord.js';
import { refused, unknownChannel, unknownMessage } from '../answers.ts';
import { bot } from '../guild.ts';
import { isJson, type Json, type Play } from '../world.ts';
import { jsonOf, ok, partOf } from './answer-body.ts';
import { lacks, permission } from './permissions.ts';

/** A thread made on a message has the message's id, which the server does otherwise. */
export const startThread: Play = async (call, world) => {
  const [channelId, id] = [partOf(call.path, 1), partOf(call.path, 3)];
  const { prisma } = world.twin;
  const wrong = await lacks(world, channelId, permission.createThreads);
  if (wrong) return wrong;
  const channel = await prisma.channel.findUnique({ where: { id: channelId } });
  if (!channel) return unknownChannel;
  if (!(await prisma.message.findUnique({ where: { id } }))) return unknownMessage;
  const body = jsonOf(call.body);
  const name = String(body.name ?? '');
  if (name.length < 1 || name.length > 100) return refused(400, 50035, 'Invalid Form Body: name');
  if (await prisma.channel.findUnique({ where: { id } }))
    return refused(400, 160004, 'A thread has already been created for this message');
  await prisma.channel.create({
    data: {
      id,
      name,
      guildId: channel.guildId,
      type: ChannelType.PublicThread,
      parentId: channelId,
      ownerId: bot.id,
      autoArchiveDuration: Number(body.auto_archive_duration ?? 1440),
      archiveTimestamp: new Date(),
      starterMessageId: id,
      memberCount: 1,
    },
  });
  await prisma.threadMember.create({ data: { channelId: id, userId: bot.id } });
  const thread = { ...jsonOf(await world.twin.channel(id).getChannel()), newly_created: true };
  world.broadcast('THREAD_CREATE', thread);
  return { status: 201, body: thread };
};

/** The server has no list of archived threads. */
export const archivedThreads: Play = async (call, world) => {
  const wrong = await lacks(world, partOf(call.path, 1), permission.readHistory);
  if (wrong) return wrong;
  const threads = await world.twin.channel(partOf(call.path, 1)).getThreads();
  const archived = threads.filter(
    (thread) => isJson(metadata(thread)) && metadata(thread)?.archived === true,
  );
  return ok({ threads: archived, members: [], has_more: false });
};

const metadata = (thread: unknown): Json | undefined => {
  const { thread_metadata } = jsonOf(thread);
  return isJson(thread_metadata) ? thread_metadata : undefined;
};

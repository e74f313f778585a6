import { unknownMessage } from '../answers.ts';
import type { Play } from '../world.ts';
import { ok, partOf } from './answer-body.ts';
import { lacks, permission } from './permissions.ts';

/** Who reacted with one emoji; the server has no such list. */
export const listReactions: Play = async ({ path, query }, world) => {
  const { prisma } = world.twin;
  const [channel, messageId, emoji] = [partOf(path, 1), partOf(path, 3), partOf(path, 5)];
  const wrong = await lacks(world, channel, permission.readHistory);
  if (wrong) return wrong;
  if (!(await prisma.message.findUnique({ where: { id: messageId } }))) return unknownMessage;
  const reactions = await prisma.reaction.findMany({
    where: { messageId, emoji, userId: { gt: query.get('after') ?? '0' } },
    orderBy: { userId: 'asc' },
    take: Number(query.get('limit') ?? 25),
  });
  const users = await prisma.user.findMany({ where: { id: { in: reactions.map(({ userId }) => userId) } } });
  return ok(users.map(({ globalName, ...user }) => ({ ...user, global_name: globalName })));
};

export const addReaction: Play = async ({ path }, world) =>
  lacks(world, partOf(path, 1), permission.addReactions, permission.readHistory);

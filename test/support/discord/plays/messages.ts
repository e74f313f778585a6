import { missingPermissions, refused, unknownMessage } from '../answers.ts';
import { messageFindings } from '../check-limits.ts';
import { bot } from '../guild.ts';
import { mentionsIn, pingedBy } from '../mentions.ts';
import type { Json, Play, World } from '../world.ts';
import { invalidBody, jsonOf, ok, partOf, succeeded } from './answer-body.ts';
import { keepUploads } from './keep-uploads.ts';
import { lacks, permission } from './permissions.ts';

const ephemeral = 64;
export const isEphemeral = (message: Json): boolean => (Number(message.flags ?? 0) & ephemeral) !== 0;

/** Limits, permissions, nonces, uploads, locked and archived threads; who would be called is noted. */
export const postMessage: Play = async (call, world, next) => {
  const channel = partOf(call.path, 1);
  const body = await seenBy(world, channel, jsonOf(call.body));
  const wrong =
    (await lacks(world, channel, await speaking(world, channel), ...neededBy(body, call.uploads.length))) ??
    (world.closedDms.has(channel) ? refused(403, 50007, 'Cannot send messages to this user') : undefined) ??
    invalidBody(messageFindings(body, call.uploads.length)) ??
    (await openThread(world, channel));
  if (wrong) return wrong;
  const nonce = body.enforce_nonce === true ? `${channel}/${body.nonce}` : undefined;
  const made = nonce === undefined ? undefined : world.nonces.get(nonce);
  if (made) return made;
  const answer = await next(body);
  if (!succeeded(answer)) return answer;
  const message = await keepUploads(world, jsonOf(answer.body), call.uploads);
  notePings(world, String(message.id), body);
  if (nonce !== undefined) world.nonces.set(nonce, ok(message));
  return ok(message);
};

const speaking = async ({ twin }: World, id: string): Promise<bigint> => {
  const channel = await twin.prisma.channel.findUnique({ where: { id } });
  return channel?.parentId ? permission.sendInThreads : permission.sendMessages;
};

/** Where embeds are not allowed, those beside a text are left out without a word; those alone are refused. */
async function seenBy(world: World, channel: string, body: Json): Promise<Json> {
  const isText = typeof body.content === 'string' && body.content !== '';
  const isBare = isText && (await lacks(world, channel, permission.embedLinks)) === missingPermissions;
  return isBare ? { ...body, embeds: [] } : body;
}

const neededBy = (body: Json, uploads: number): readonly bigint[] => [
  ...(Array.isArray(body.embeds) && body.embeds.length > 0 ? [permission.embedLinks] : []),
  ...(uploads > 0 ? [permission.attachFiles] : []),
  ...(body.message_reference ? [permission.readHistory] : []),
];

export function notePings({ pings }: World, message: string, body: Json): void {
  for (const who of pingedBy(body)) pings.push({ message, who });
}

/** A message opens an archived thread; a locked one stays shut. */
async function openThread({ twin, broadcast }: World, id: string) {
  const thread = await twin.prisma.channel.findUnique({ where: { id } });
  if (!thread?.archived && !thread?.locked) return undefined;
  if (thread.locked) return refused(400, 160005, 'Thread is locked');
  await twin.prisma.channel.update({ where: { id }, data: { archived: false } });
  broadcast('THREAD_UPDATE', await twin.channel(id).getChannel());
  return undefined;
}

/** Only the bot's own messages can be edited, and what one person alone sees is not there for this route. */
export const patchMessage: Play = async (call, world, next) => {
  const [channel, id] = [partOf(call.path, 1), partOf(call.path, 3)];
  const found = await world.twin.prisma.message.findUnique({ where: { id } });
  if (!found || isEphemeral({ flags: found.flags })) return unknownMessage;
  if (found.authorId !== bot.id) return refused(403, 50005, 'Cannot edit a message authored by another user');
  const body = await seenBy(world, channel, jsonOf(call.body));
  const merged = { content: found.content, embeds: JSON.parse(found.embeds), ...body };
  const wrong = (await lacks(world, channel)) ?? invalidBody(messageFindings(merged, 0));
  if (wrong) return wrong;
  notePings(world, id, { content: found.content, ...body });
  return next(body);
};

/** The newest first whatever was asked, without what single people see, with reactions and mentions. */
export const listMessages: Play = async (call, world, next) => {
  const channel = partOf(call.path, 1);
  const wrong = await lacks(world, channel, permission.readHistory);
  if (wrong) return wrong;
  const answer = await next();
  if (!Array.isArray(answer.body)) return answer;
  const public_ = (answer.body as readonly Json[]).filter((message) => !isEphemeral(message));
  const newestFirst = public_.toSorted((one, other) =>
    BigInt(String(one.id)) < BigInt(String(other.id)) ? 1 : -1,
  );
  return ok(await Promise.all(newestFirst.map((message) => complete(world, message))));
};

export const getMessage: Play = async (call, world, next) => {
  const wrong = await lacks(world, partOf(call.path, 1), permission.readHistory);
  if (wrong) return wrong;
  const answer = await next();
  if (!succeeded(answer)) return answer;
  const message = jsonOf(answer.body);
  return isEphemeral(message) ? unknownMessage : ok(await complete(world, message));
};

/** A message with who is mentioned in it and how people reacted. */
async function complete(world: World, message: Json): Promise<Json> {
  const reactions = await world.twin.prisma.reaction.groupBy({
    by: ['emoji'],
    where: { messageId: String(message.id) },
    _count: true,
  });
  return {
    ...message,
    mentions: await mentioned(world, String(message.content)),
    reactions: reactions.map(({ emoji, _count: count }) => ({
      count,
      me: false,
      me_burst: false,
      burst_colors: [],
      count_details: { burst: 0, normal: count },
      emoji: { id: null, name: emoji },
    })),
  };
}

const mentioned = async ({ twin }: World, content: string) =>
  (await twin.prisma.user.findMany({ where: { id: { in: [...mentionsIn(content).users] } } })).map(
    ({ globalName, ...user }) => ({ ...user, global_name: globalName }),
  );

import { commandFindings } from '../check-limits.ts';
import { guild, otherGuild } from '../guild.ts';
import { isJson, type Json, type Play } from '../world.ts';
import { invalidBody, jsonOf, ok, partOf, succeeded } from './answer-body.ts';
import { withOverwrites, withOverwritesEach } from './permissions.ts';

/** The application as the test wants it: flags, an endpoint for interactions. */
export const getApplication: Play = async (_call, world, next) => {
  const answer = await next();
  return succeeded(answer) ? ok({ ...jsonOf(answer.body), ...world.application }) : answer;
};

/** Global commands have `global` as their scope, those of a guild its id. */
export const scopeOf = (path: string): string => (partOf(path, 2) === 'guilds' ? partOf(path, 3) : 'global');

/** Commands as Discord keeps them: with what the server drops. */
export const putCommands: Play = async (call, world, next) => {
  const asked = Array.isArray(call.body) ? call.body.filter(isJson) : [];
  const wrong = invalidBody(commandFindings(asked));
  if (wrong) return wrong;
  const answer = await next();
  if (!Array.isArray(answer.body)) return answer;
  const kept = (answer.body as readonly Json[]).map((command, n) => ({ ...command, ...asked[n] }));
  world.commands.set(scopeOf(call.path), kept);
  return ok(kept);
};

/** The server has no list of them. */
export const listCommands: Play = async (call, world) => ok(world.commands.get(scopeOf(call.path)) ?? []);

export const listGuilds: Play = async () =>
  ok(
    [guild, otherGuild].map((one) => ({ ...one, icon: null, owner: false, permissions: '0', features: [] })),
  );

export const getChannel: Play = async (_call, world, next) => {
  const answer = await next();
  const channel = jsonOf(answer.body);
  return succeeded(answer) && channel.guild_id ? ok(withOverwrites(channel, world)) : answer;
};

export const listChannels: Play = async (_call, world, next) => {
  const answer = await next();
  return succeeded(answer) ? ok(withOverwritesEach(answer.body, world)) : answer;
};

/** The server knows no direct messages: a channel without a guild is one. */
export const openDirect: Play = async (call, world) => {
  const person = String(jsonOf(call.body).recipient_id);
  const id = await directChannel(world, person);
  return ok({
    id,
    type: 1,
    recipients: [{ id: person, username: person, discriminator: '0', avatar: null }],
  });
};

export async function directChannel({ twin, dms }: Parameters<Play>[1], person: string): Promise<string> {
  const known = dms.get(person);
  if (known !== undefined) return known;
  const id = String(BigInt(person) + 800n);
  dms.set(person, id);
  await twin.prisma.channel.create({ data: { id, type: 1 } });
  return id;
}

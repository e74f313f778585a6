import {
  type APIGuild,
  type APIGuildMember,
  type APIOverwrite,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord.js';

/** What Discord's REST API tells of a place and a person, as far as it matters here. */
export interface Viewing {
  readonly guild: Pick<APIGuild, 'id' | 'owner_id'> & {
    readonly roles: readonly Pick<APIGuild['roles'][number], 'id' | 'permissions'>[];
  };
  readonly overwrites: readonly Pick<APIOverwrite, 'id' | 'type' | 'allow' | 'deny'>[];
  readonly member: { readonly id: string; readonly roles: APIGuildMember['roles'] };
}

/**
 * Whether a member sees a channel, in the order that Discord documents: the roles' permissions, then what the channel says of
 * everybody, of the member's roles together, and of the member.
 * https://docs.discord.com/developers/topics/permissions#permission-overwrites
 */
export function mayView({ guild, overwrites, member }: Viewing): boolean {
  const mine = [guild.id, ...member.roles];
  const granted = guild.roles
    .filter(({ id }) => mine.includes(id))
    .reduce((all, { permissions }) => all | BigInt(permissions), 0n);
  if (guild.owner_id === member.id || has(granted, PermissionFlagsBits.Administrator)) return true;
  const layers = [
    overwrites.filter(({ id }) => id === guild.id),
    overwrites.filter(
      ({ id, type }) => type === OverwriteType.Role && id !== guild.id && member.roles.includes(id),
    ),
    overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === member.id),
  ];
  return has(layers.reduce(overwrite, granted), PermissionFlagsBits.ViewChannel);
}

/** Within a layer what allows wins over what denies. */
function overwrite(permissions: bigint, layer: Viewing['overwrites']): bigint {
  const all = (which: 'allow' | 'deny') => layer.reduce((sum, one) => sum | BigInt(one[which]), 0n);
  return (permissions & ~all('deny')) | all('allow');
}

const has = (permissions: bigint, flag: bigint): boolean => (permissions & flag) === flag;

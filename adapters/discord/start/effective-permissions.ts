import { type APIGuild, type APIOverwrite, PermissionFlagsBits } from 'discord.js';

export interface Holder {
  readonly user: string;
  readonly roles: readonly string[];
}

const everything = Object.values(PermissionFlagsBits).reduce((all, one) => all | one, 0n);

/**
 * What somebody may do in a channel, as Discord computes it: their roles together, then what the channel says of
 * everybody, of their roles, of them. https://discord.com/developers/docs/topics/permissions#permission-overwrites
 */
export function effectivePermissions(
  { id: everybody, owner_id, roles }: Pick<APIGuild, 'id' | 'owner_id' | 'roles'>,
  holder: Holder,
  overwrites: readonly APIOverwrite[],
): bigint {
  const held = [everybody, ...holder.roles];
  const base = union(roles.filter(({ id }) => held.includes(id)).map(({ permissions }) => permissions));
  const isUnlimited = owner_id === holder.user || (base & PermissionFlagsBits.Administrator) !== 0n;
  if (isUnlimited) return everything;
  const levels = [[everybody], holder.roles, [holder.user]];
  return levels.reduce((given, ids) => {
    const said = overwrites.filter(({ id }) => ids.includes(id));
    return (given & ~union(said.map(({ deny }) => deny))) | union(said.map(({ allow }) => allow));
  }, base);
}

const union = (bits: readonly string[]): bigint => bits.reduce((all, one) => all | BigInt(one), 0n);

import type { ConfiguredAdmin } from '#adapters/config/config.ts';

/** Whoever is named as an administrator brings their guild along: all guilds share hosts and runbooks. */
export function admittedGuilds(admins: readonly ConfiguredAdmin[]): readonly string[] {
  return [...new Set(admins.flatMap(({ platform, workspace }) => (platform === 'discord' ? workspace : [])))];
}

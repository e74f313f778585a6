/** One application with its bot, in every guild that serves. */
export interface DiscordSettings {
  readonly token: string;
  readonly applicationId: string;
  /** Null means Discord's own. */
  readonly apiUrl: string | null;
  /** The guild in whose name direct messages are heard; null when they are not. */
  readonly directMessages: string | null;
  /** The connections that this process holds, of so many in all; `auto` is as many as Discord asks for, all of them here. */
  readonly shards: 'auto' | { readonly ids: readonly number[]; readonly count: number };
}

export interface GuildName {
  readonly id: string;
  readonly name: string;
}

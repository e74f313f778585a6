import type { DailySpan } from '#domain/daily-span.ts';
import type { ChannelMode } from '#domain/hearing/channel-mode.ts';
import type { Visibility } from '#domain/visibility/visibility.ts';

/** What was set in a channel; null where nothing was, so that the default counts. */
export interface ChannelSettings {
  readonly mode: ChannelMode | null;
  readonly quiet: DailySpan | null;
  /** The team whose channel it is. */
  readonly team: string | null;
  /** Who is shown the cases that are saved here, unless somebody says otherwise. */
  readonly visibility: Visibility | null;
}

export interface ChannelStore {
  settings(channel: string): Promise<ChannelSettings>;
  /** Replaces what was set of these, and leaves the rest; in force for every message that is handled from now on. */
  set(channel: string, settings: Partial<ChannelSettings>): Promise<void>;
}

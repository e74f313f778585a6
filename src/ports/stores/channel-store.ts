import type { DailySpan } from '#domain/daily-span.ts';
import type { ChannelMode } from '#domain/hearing/channel-mode.ts';

/** What was set in a channel; null where nothing was, so that the default counts. */
export interface ChannelSettings {
  readonly mode: ChannelMode | null;
  readonly quiet: DailySpan | null;
}

export interface ChannelStore {
  settings(channel: string): Promise<ChannelSettings>;
  /** Replaces what was set; in force for every message that is handled from now on. */
  set(channel: string, settings: ChannelSettings): Promise<void>;
}

import type { ChannelMode } from '#domain/hearing/channel-mode.ts';
import type { QuietHours } from '#domain/hearing/quiet-hours.ts';

/** What was set in a channel; null where nothing was, so that the default counts. */
export interface ChannelSettings {
  readonly mode: ChannelMode | null;
  readonly quiet: QuietHours | null;
}

export interface ChannelStore {
  settings(channel: string): Promise<ChannelSettings>;
  /** Replaces what was set; in force for every message that is handled from now on. */
  set(channel: string, settings: ChannelSettings): Promise<void>;
}

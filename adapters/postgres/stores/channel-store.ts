import { eq } from 'drizzle-orm';
import type { ChannelSettings, ChannelStore } from '#ports/stores/channel-store.ts';
import { first } from '../rows.ts';
import { channelSettings } from '../schema/channels.ts';
import type { StoreScope } from '../unit-of-work.ts';

const unset: ChannelSettings = { mode: null, quiet: null, team: null, visibility: null };
const { workspaceId, channel: channelColumn, mode, quiet, team, visibility } = channelSettings;
const target = [workspaceId, channelColumn];

export function createChannelStore({ executor, workspace }: StoreScope): ChannelStore {
  return {
    settings: async (channel) =>
      first(
        await executor
          .select({ mode, quiet, team, visibility })
          .from(channelSettings)
          .where(eq(channelColumn, channel)),
      ) ?? unset,
    set: async (channel, settings) => {
      await executor
        .insert(channelSettings)
        .values({ ...settings, channel, workspaceId: workspace })
        .onConflictDoUpdate({ target, set: settings });
    },
  };
}

import { setTimeout } from 'node:timers/promises';
import type { CommandGiven, HomeOpened } from '#domain/intent.ts';
import type { Core } from './core.ts';

/** Somebody waits for the list, and a platform that is asked answers within moments or not at all. */
const patienceMs = 1_000;
/** Channels that are asked about, those first in which something was run last. */
const mostChannels = 40;

type Needs = Pick<Core, 'unitOfWork' | 'mayRead'>;

/**
 * The channels of which somebody may be told what goes on there: where they ask, and where the platform says that they may
 * read along. Of a channel about which it says nothing in time nothing is told. Asks the platform, so outside of transactions.
 */
export async function readableChannels(
  { unitOfWork, mayRead }: Needs,
  { kind, place, speaker }: CommandGiven | HomeOpened,
): Promise<readonly string[]> {
  const { workspace } = place;
  // The home page is in no channel.
  const here = kind === 'command-given' ? [place.channel] : [];
  const busy = await unitOfWork.within(workspace, ({ overview }) => overview.busyChannels(mostChannels));
  const others = busy.filter((channel) => !here.includes(channel));
  const asked = others.map(async (channel) => {
    const answer = mayRead(workspace, channel, speaker.externalId).catch(() => false);
    const given = await Promise.race([answer, setTimeout(patienceMs, false, { ref: false })]);
    return given ? [channel] : [];
  });
  return [...here, ...(await Promise.all(asked)).flat()];
}

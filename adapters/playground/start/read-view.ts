import { isVisibleTo } from '../inbound/find-sender.ts';
import { limits } from '../limits.ts';
import type { PlaygroundChannel, PlaygroundOptions, PlaygroundPerson } from '../options.ts';
import type { Shown } from '../render/panes.ts';
import type { View } from '../render/viewer.ts';

export interface Asked {
  readonly person: PlaygroundPerson;
  readonly channel: PlaygroundChannel;
  readonly view: View;
}

/**
 * What an address asks for: `person`, `channel`, `thread`. An unknown or missing name gives the first responder and
 * the first channel, so that an old address still opens a page.
 */
export function readAsked({ people, channels }: PlaygroundOptions, query: URLSearchParams): Asked {
  const person =
    people.find((one) => one.externalId === query.get('person')) ??
    people.find((one) => one.role === 'responder') ??
    people[0];
  const channel = channels.find((one) => one.name === query.get('channel')) ?? channels[0];
  return { person, channel, view: { channel: channel.name, thread: query.get('thread') || null } };
}

/** The newest messages of what is asked for, without the notices for others. */
export async function readShown(
  { log, workspace }: PlaygroundOptions,
  { person, view }: Asked,
): Promise<Shown> {
  const roots = await log.channel(workspace, view.channel, limits.channelMessages);
  const replies =
    view.thread === null ? null : await log.thread(workspace, view.thread, limits.threadMessages);
  return {
    roots: roots.filter(({ message }) => isVisibleTo(message, person)),
    replies:
      replies?.filter((message) => message.channel === view.channel && isVisibleTo(message, person)) ?? null,
  };
}

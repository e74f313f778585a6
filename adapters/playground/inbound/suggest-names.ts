import type { Suggestion } from '#ports/inbound.ts';
import type { PlaygroundOptions } from '../options.ts';
import type { Asked } from '../start/read-view.ts';
import { speakAs } from './find-sender.ts';

const typing = /^\/recourse\s+run\s+(\S.*)?$/i;

/** What may be meant while somebody types the name of a runbook after `/recourse run`; nothing for any other text. */
export async function suggestNames(
  { workspace, inbound }: PlaygroundOptions,
  { person, channel, view }: Asked,
  text: string,
): Promise<readonly Suggestion[]> {
  const found = typing.exec(text);
  if (!found) return [];
  const place = { workspace, channel: channel.name, thread: view.thread, channelName: channel.name };
  return inbound.suggest({ place, speaker: speakAs(person), about: 'runbook', typed: found[1] ?? '' });
}

import { Fault } from '#domain/fault.ts';
import type { Reply } from '#domain/reply.ts';
import type { PlaygroundOptions, PlaygroundPerson } from '../options.ts';
import { speakAs } from './find-sender.ts';

/** What the core shows to a person on their own page, as it is now. */
export async function openHome(
  { workspace, inbound, ids }: PlaygroundOptions,
  { person }: { readonly person: PlaygroundPerson },
): Promise<Reply> {
  const place = { workspace, channel: '', thread: null };
  const received = await inbound.receive(
    { kind: 'home-opened', place, speaker: speakAs(person) },
    ids.next(),
  );
  if (received.kind === 'shown') return received.reply;
  throw new Fault('internal', 'no-home', 'There is nothing to show here.', 'Please report it.');
}

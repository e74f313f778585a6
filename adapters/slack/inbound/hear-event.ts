import { hearPeople } from './hear-people.ts';
import type { Heard, Hearing, Reading } from './hearing.ts';
import type { EventCallback, PeopleChange } from './payloads.ts';
import { readChange, readGone, readMessage } from './read-message.ts';
import { placeOf } from './read-place.ts';
import { readReaction } from './read-reaction.ts';

/** Hands in what happened in a channel. Resolves once that is durable; throws when it must be delivered again. */
export function createHearEvent(hearing: Hearing) {
  return async (callback: EventCallback): Promise<undefined> => {
    const { event, event_id } = callback;
    if (event.type === 'user_change' || event.type === 'subteam_members_changed')
      return void (await hearPeople(hearing, event, event_id));
    const heard = await readEvent(hearing, event, event_id);
    if (!heard) return;
    const received = await hearing.inbound.receive(heard.intent, heard.delivery);
    if (received.kind !== 'shown') return;
    const { place, speaker, kind } = heard.intent;
    if (kind === 'home-opened') await hearing.show.home(speaker.externalId, received.reply);
    else await hearing.show.privately(place, speaker.externalId, received.reply);
  };
}

type ConversationEvent = Exclude<EventCallback['event'], PeopleChange>;

async function readEvent(
  reading: Reading,
  event: ConversationEvent,
  event_id: string,
): Promise<Heard | undefined> {
  switch (event.type) {
    case 'reaction_added':
    case 'reaction_removed':
      return readReaction(reading, event, event_id);
    case 'app_home_opened':
      return {
        intent: {
          kind: 'home-opened',
          place: placeOf(reading, { channel: event.channel ?? event.user }),
          speaker: await reading.directory.speaker(event.user),
        },
        delivery: `event:${event_id}`,
      };
    default:
      if ('deleted_ts' in event) return readGone(reading, event);
      return 'message' in event ? readChange(reading, event) : readMessage(reading, event);
  }
}

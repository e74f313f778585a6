import { readAction, savingVerbs } from '#domain/action.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import type { Hearing, Reading } from './hearing.ts';
import type { BlockActions } from './payloads.ts';
import { placeOf, withOpenness } from './read-place.ts';

/** Hands in a pressed button, and opens what it asks for while its trigger is good. */
export function createHearAction(hearing: Hearing) {
  return async (payload: BlockActions): Promise<undefined> => {
    const pressed = await readPress(hearing, payload);
    if (!pressed) return;
    const { place, speaker } = pressed;
    const received = await hearing.inbound.receive(pressed, deliveryOf(payload));
    if (received.kind === 'form') await hearing.show.form(payload.trigger_id, received.form, place);
    if (received.kind === 'shown') await hearing.show.privately(place, speaker.externalId, received.reply);
  };
}

async function readPress(reading: Reading, payload: BlockActions): Promise<ButtonPressed | undefined> {
  const { actions, channel, user } = payload;
  const action = readAction(actions[0]?.action_id ?? '');
  if (!action) return undefined;
  // On the App Home there is no channel: what is to be said goes to the person.
  const where = channel ? { channel: channel.id, thread: threadOf(payload) } : { channel: user.id };
  const plain = placeOf(reading, where);
  const isSaving = channel !== undefined && savingVerbs.some((verb) => verb === action.verb);
  const [place, speaker] = await Promise.all([
    isSaving ? withOpenness(reading, plain) : plain,
    reading.directory.speaker(user.id),
  ]);
  return { kind: 'button-pressed', place, speaker, action };
}

/** What is shown to one person alone stands in a thread or outside of one, and can never have one of its own. */
function threadOf({ container, message }: BlockActions): string | undefined {
  const within = message?.thread_ts ?? container.thread_ts;
  return container.is_ephemeral ? within : (within ?? message?.ts ?? container.message_ts);
}

/** Slack gives a press no id; who pressed what where and when is one press. */
function deliveryOf({ actions, channel, container, user }: BlockActions): string {
  const on = `${channel?.id ?? 'home'}:${container.message_ts ?? container.view_id ?? ''}`;
  return `action:${on}:${user.id}:${actions[0]?.action_id}:${actions[0]?.action_ts}`;
}

import { readAction } from '#domain/action.ts';
import type { ChatIntent } from '#domain/intent.ts';
import type { Hearing, Reading } from './hearing.ts';
import type { MessageShortcut } from './payloads.ts';
import { readContent } from './read-content.ts';
import { milliseconds } from './read-message.ts';
import { readAnyPlace, withOpenness } from './read-place.ts';

/** The `callback_id`s of the message shortcuts, as slack-manifest.yaml names them. */
export const shortcuts = { ask: 'ask_recourse', saveCase: 'save_case' } as const;

/** Hands in a message shortcut: a question about the message, or the wish to keep its thread as a case. */
export function createHearShortcut(hearing: Hearing) {
  return async (payload: MessageShortcut): Promise<undefined> => {
    const intent = await readShortcut(hearing, payload);
    if (!intent) return;
    const { channel, message, callback_id, user, action_ts } = payload;
    const delivery = `shortcut:${channel.id}:${message.ts}:${callback_id}:${user.id}:${action_ts}`;
    const { place, speaker } = intent;
    const received = await hearing.inbound.receive(intent, delivery);
    if (received.kind === 'form') await hearing.show.form(payload.trigger_id, received.form, place);
    if (received.kind === 'shown') await hearing.show.privately(place, speaker.externalId, received.reply);
  };
}

async function readShortcut(reading: Reading, payload: MessageShortcut): Promise<ChatIntent | undefined> {
  const { callback_id, channel, message, user, action_ts } = payload;
  const root = message.thread_ts ?? message.ts;
  const [place, speaker] = await Promise.all([
    readAnyPlace(reading, { channel: channel.id, channelName: channel.name, thread: root }),
    reading.directory.speaker(user.id),
  ]);
  if (callback_id === shortcuts.saveCase) {
    const action = readAction(`save-case:${root}`);
    return action && { kind: 'button-pressed', place: await withOpenness(reading, place), speaker, action };
  }
  if (callback_id !== shortcuts.ask) return undefined;
  const text = readContent(message, reading.self.user);
  return {
    kind: 'message-posted',
    place,
    speaker,
    id: message.ts,
    text,
    mentionsBot: true,
    at: milliseconds(action_ts || message.ts),
  };
}

import { readAction } from '#domain/action.ts';
import type { Place } from '#domain/intent.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import type { Received } from '#ports/inbound.ts';
import { type Refused, refuse } from '../errors.ts';
import type { PlaygroundOptions } from '../options.ts';
import { findSenderAndMessage, speakAs } from './find-sender.ts';
import type { Fields } from './read-fields.ts';

export type Answered = (Received & { readonly message: LoggedMessage }) | Refused;

/**
 * Hands in a pressed button or, with `submits`, a filled form. Whether the message still shows the button is not
 * asked: the core knows what has been decided meanwhile and says so.
 */
export function createPressButton(options: PlaygroundOptions, submits: boolean) {
  return async (fields: Fields): Promise<Answered> => {
    const action = readAction(fields.action ?? '');
    const delivery = fields.delivery ?? '';
    if (action === undefined || !isDelivery(delivery)) {
      return refuse(
        400,
        'The request names no known action, or no delivery of 8 to 100 letters, digits and hyphens.',
      );
    }
    const found = await findSenderAndMessage(options, fields);
    if (found.kind === 'refused') return found;
    const { person, message } = found.value;
    const where = { place: placeOf(options, message), speaker: speakAs(person), action };
    const received = await options.inbound.receive(
      submits
        ? { kind: 'form-submitted', ...where, values: readValues(fields) }
        : { kind: 'button-pressed', ...where },
      delivery,
    );
    return { ...received, message };
  };
}

/** A root message stands in the thread that it opens: what a button on it does belongs there. */
export function placeOf({ workspace }: PlaygroundOptions, message: LoggedMessage): Place {
  return { workspace, channel: message.channel, thread: message.thread ?? message.id };
}

const valuePrefix = 'value.';

function readValues(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => name.startsWith(valuePrefix))
      .map(([name, value]) => [name.slice(valuePrefix.length), value]),
  );
}

function isDelivery(text: string): boolean {
  return /^[\w-]{8,100}$/.test(text);
}

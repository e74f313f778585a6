import { type Action, readAction } from '#domain/action.ts';
import type { ChatIntent, Place } from '#domain/intent.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import type { Received } from '#ports/inbound.ts';
import type { LiveFeed } from '../chat/live-feed.ts';
import { type Refused, refuse } from '../errors.ts';
import type { PlaygroundOptions, PlaygroundPerson } from '../options.ts';
import { type Found, findPlace, findSender, findSenderAndMessage, placeOf, speakAs } from './find-sender.ts';
import { showPrivately } from './give-command.ts';
import type { Fields } from './read-fields.ts';

export type Answered =
  | (Received & {
      readonly place: Place /** Where the button was; null for a command's form. */;
      readonly message: LoggedMessage | null;
    })
  | Refused;

/**
 * Hands in a pressed button or, with `submits`, a filled form. Whether the message still shows the button is not
 * asked: the core knows what has been decided meanwhile and says so.
 */
export function createPressButton(options: PlaygroundOptions, feed: LiveFeed, submits: boolean) {
  return async (fields: Fields): Promise<Answered> => {
    const pressed = readPressed(fields);
    if (pressed.kind === 'refused') return pressed;
    const { action, delivery } = pressed.value;
    const found = await findPress(options, fields);
    if (found.kind === 'refused') return found;
    const { person, place, message } = found.value;
    const where = { place, speaker: speakAs(person), action };
    const intent: ChatIntent = submits
      ? { kind: 'form-submitted', ...where, values: readValues(fields) }
      : { kind: 'button-pressed', ...where };
    const received = await options.inbound.receive(intent, delivery);
    if (received.kind === 'shown') await showPrivately(options, feed, place, person, received.reply);
    return { ...received, place, message };
  };
}

function readPressed(fields: Fields): Found<{ readonly action: Action; readonly delivery: string }> {
  const action = readAction(fields.action ?? '');
  const delivery = fields.delivery ?? '';
  if (action !== undefined && isDelivery(delivery)) return { kind: 'found', value: { action, delivery } };
  return refuse(
    400,
    'The request names no known action, or no delivery of 8 to 100 letters, digits and hyphens.',
  );
}

interface Press {
  readonly person: PlaygroundPerson;
  readonly place: Place;
  readonly message: LoggedMessage | null;
}

/** Who presses, and where: on a message, or in the form of a command, which has none. */
async function findPress(options: PlaygroundOptions, fields: Fields): Promise<Found<Press>> {
  if (fields.message !== '') {
    const found = await findSenderAndMessage(options, fields);
    if (found.kind === 'refused') return found;
    const { person, message } = found.value;
    return { kind: 'found', value: { person, message, place: placeOf(options, message) } };
  }
  const person = findSender(options.people, fields);
  if (person.kind === 'refused') return person;
  const place = await findPlace(options, fields);
  if (place.kind === 'refused') return place;
  return { kind: 'found', value: { person: person.value, place: place.value, message: null } };
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

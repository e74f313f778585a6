import type { Place, Speaker } from '#domain/intent.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import { type Refused, refuse } from '../errors.ts';
import type { PlaygroundOptions, PlaygroundPerson } from '../options.ts';
import type { Fields } from './read-fields.ts';

export type Found<T> = { readonly kind: 'found'; readonly value: T } | Refused;

/** Who the request says it is: a pretence of the playground, where one browser plays everybody. */
export function findSender(people: readonly PlaygroundPerson[], fields: Fields): Found<PlaygroundPerson> {
  const person = people.find((one) => one.externalId === fields.person);
  return person === undefined
    ? refuse(400, `There is no person "${fields.person ?? ''}" here. Choose one from the list.`)
    : { kind: 'found', value: person };
}

/** Everybody in the playground is a full member. */
export function speakAs({ externalId, name }: Pick<PlaygroundPerson, 'externalId' | 'name'>): Speaker {
  return { externalId, name, standing: 'member', groups: [] };
}

/** Whether a page of this person may show the message. */
export function isVisibleTo(message: LoggedMessage, person: PlaygroundPerson): boolean {
  return message.onlyFor === null || message.onlyFor === person.externalId;
}

export interface SenderAndMessage {
  readonly person: PlaygroundPerson;
  readonly message: LoggedMessage;
}

/** Who sends and which message it is about, when the sender may see that message. */
export async function findSenderAndMessage(
  { log, workspace, people }: PlaygroundOptions,
  fields: Fields,
): Promise<Found<SenderAndMessage>> {
  const person = findSender(people, fields);
  if (person.kind === 'refused') return person;
  const message = await log.find(workspace, fields.message ?? '');
  return message === undefined || !isVisibleTo(message, person.value)
    ? refuse(404, 'This message is gone. Load the page again.')
    : { kind: 'found', value: { person: person.value, message } };
}

/** The channel or thread that the fields name. */
export async function findPlace(
  { channels, log, workspace }: PlaygroundOptions,
  { channel = '', thread = '' }: Fields,
): Promise<Found<Place>> {
  if (!channels.some((one) => one.name === channel)) {
    return refuse(404, `There is no channel "${channel}". Choose one from the list.`);
  }
  if (thread === '') return { kind: 'found', value: { workspace, channel, thread: null, open: true } };
  const root = await log.find(workspace, thread);
  return root?.channel === channel && root?.thread === null
    ? { kind: 'found', value: { workspace, channel, thread, open: true } }
    : refuse(404, 'This thread is gone. Load the page again.');
}

/**
 * A root message stands in the thread that it opens: what a button on it does belongs there. One that only its reader
 * sees opens none. Everybody reads every channel of the playground.
 */
export function placeOf({ workspace }: PlaygroundOptions, message: LoggedMessage): Place {
  const { id, channel, thread, onlyFor } = message;
  return { workspace, channel, thread: thread ?? (onlyFor === null ? id : null), open: true };
}

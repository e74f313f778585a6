import type { WebClient } from '@slack/web-api';
import type { Chat } from '#ports/chat.ts';
import { slackErrorName, slackFault } from '../errors.ts';
import { isOpen } from '../inbound/is-open.ts';
import { createKnown } from '../inbound/known.ts';

const minute = 60_000;
/** Somebody who left a channel is not shown for much longer what goes on there. */
const age = { freshMs: minute, longestMs: 2 * minute };
const pageOfMembers = 1000;
const mostPages = 20;

/** Whether a person may read along in a channel: anybody in an open one, in others their members. */
export function createMayRead(client: WebClient): Chat['mayRead'] {
  const readers = createKnown(age, (channel) => askReaders(client, channel));
  return async (channel, person) => {
    const { value } = await readers.of(channel);
    return value === 'everybody' || value.has(person);
  };
}

async function askReaders(client: WebClient, channel: string): Promise<'everybody' | ReadonlySet<string>> {
  try {
    const { channel: found } = await client.conversations.info({ channel });
    return isOpen(found ?? {}) ? 'everybody' : await askMembers(client, channel);
  } catch (error) {
    // The bot is in no such channel, so nobody is known to be.
    if (slackErrorName(error) === 'channel_not_found') return new Set();
    throw slackFault(error);
  }
}

async function askMembers(client: WebClient, channel: string): Promise<ReadonlySet<string>> {
  const members = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const more = cursor === undefined ? {} : { cursor };
    const answer = await client.conversations.members({ channel, limit: pageOfMembers, ...more });
    for (const member of answer.members ?? []) members.add(member);
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) break;
  }
  return members;
}

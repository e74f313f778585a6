import { Fault } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { retryPause } from '#domain/retry-pause.ts';
import type { Chat } from '#ports/chat.ts';
import type { HeldChannel, Outbox, OutgoingPost } from '#ports/stores/outbox.ts';
import type { Core } from './core.ts';
import { keepTrying } from './keep-trying.ts';

/** Longer than any call to a platform takes; after it, a sender that gave no sign of life is believed dead. */
export const senderLeaseMs = 120_000;
/** After so many messages a channel is given back, so that no busy one keeps its place for ever. */
const portion = 16;
const longestHoldMs = 3_600_000;

export type SenderNeeds = Pick<Core, 'unitOfWork' | 'logger' | 'postsWaiting' | 'redact'>;

/** A channel to send into, and `enough` tells to give it back. */
export interface Sending {
  readonly workspace: WorkspaceId;
  readonly chat: Chat;
  readonly held: HeldChannel;
  readonly enough: () => boolean;
}

/** What became of an attempt: kept in the same transaction that asks for the next message. */
interface Outcome {
  readonly record: (outbox: Outbox) => Promise<void>;
  /** Whether the channel may be sent into at once. */
  readonly goOn: boolean;
}

/** Sends what waits in a channel, one message after the other, and gives the channel back. */
export async function sendInto(needs: SenderNeeds, sending: Sending): Promise<void> {
  const { workspace, held, enough } = sending;
  const within = <T>(work: (outbox: Outbox) => Promise<T>): Promise<T> =>
    keepTrying(needs.logger, () => needs.unitOfWork.within(workspace, ({ outbox }) => work(outbox)), enough);
  let post = await within((outbox) => outbox.next(held, senderLeaseMs));
  for (let count = 1; post !== undefined; count += 1) {
    const { record, goOn } = await attempt(needs, sending, post);
    const last = !goOn || count >= portion || enough();
    post = await within(async (outbox) => {
      await record(outbox);
      return last ? undefined : outbox.next(held, senderLeaseMs);
    });
  }
  await within((outbox) => outbox.release(held));
}

async function attempt(needs: SenderNeeds, sending: Sending, post: OutgoingPost): Promise<Outcome> {
  try {
    const externalId = await send(sending, post);
    return wentThrough(needs, sending, post, externalId);
  } catch (error) {
    return failed(needs, sending, post, error);
  }
}

async function send({ workspace, chat }: Sending, post: OutgoingPost): Promise<string | null> {
  const place = { workspace, channel: post.channel, thread: post.thread };
  if (post.onlyFor !== null) {
    await chat.notify(place, post.onlyFor, post.reply);
    return null;
  }
  if (post.externalId === null) return chat.post(place, post.reply, post.id);
  await chat.edit(place, post.externalId, post.reply);
  return post.externalId;
}

function wentThrough(
  { postsWaiting }: SenderNeeds,
  { chat, held }: Sending,
  { id, revision, channel, ...post }: OutgoingPost,
  externalId: string | null,
): Outcome {
  const isNew = post.externalId === null && post.onlyFor === null;
  const pauseMs = isNew ? chat.capabilities.postEveryMs : 0;
  if (pauseMs > 0) callLater(postsWaiting, pauseMs);
  return {
    goOn: true,
    record: async (outbox) => {
      await outbox.sent(id, revision, externalId);
      if (pauseMs > 0 || held.failures > 0) await outbox.passed(channel, pauseMs);
    },
  };
}

/**
 * What a platform refuses once it refuses again: given up. One that does not answer keeps the whole channel waiting, or
 * all of them. Anything else is about this message alone, and its thread waits for it.
 */
function failed(
  { logger, postsWaiting, redact }: SenderNeeds,
  { held }: Sending,
  { id, channel, attempts }: OutgoingPost,
  error: unknown,
): Outcome {
  const kind = error instanceof Fault ? error.kind : 'internal';
  const dead = kind === 'rejected';
  const away = kind === 'unavailable';
  const pauseMs = pauseAfter(error, away ? held.failures : attempts);
  logger[dead ? 'error' : 'warn']({ error, post: id, channel, dead, pauseMs }, 'a message could not be sent');
  if (!dead) callLater(postsWaiting, pauseMs);
  return {
    goOn: !away,
    record: async (outbox) => {
      await outbox.failed(id, redact(reasonOf(error)), away || dead ? 0 : pauseMs, dead);
      if (away) await outbox.holdUp(holdsUpAll(error) ? null : channel, pauseMs);
    },
  };
}

/** The platform's own code first: it is what its documentation explains. */
const reasonOf = (error: unknown): string =>
  error instanceof Fault ? `${error.code}: ${error.message}` : String(error);

const holdsUpAll = (error: unknown): boolean => error instanceof Fault && error.holdsUp === 'workspace';

function pauseAfter(error: unknown, failures: number): number {
  const named = error instanceof Fault ? error.retryAfterMs : undefined;
  return Math.min(named ?? retryPause(failures + 1, Math.random()), longestHoldMs);
}

/** Wakes the outbox when a pause is over; a process that ends meanwhile need not wait for it. */
function callLater(wake: () => void, ms: number): void {
  setTimeout(wake, ms + 5).unref();
}

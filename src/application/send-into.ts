import { Fault } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { redactReply } from '#domain/redaction/redact-reply.ts';
import { retryPause } from '#domain/retry-pause.ts';
import type { Chat } from '#ports/chat.ts';
import type { HeldChannel, OutgoingPost } from '#ports/stores/outbox.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { isShortSince } from './is-short-since.ts';
import { keepTrying } from './keep-trying.ts';
import { passOnCall } from './pass-on-call.ts';
import { repeat } from './repeat.ts';
import { tellUnopened } from './tell-unopened.ts';

/**
 * After so long, a sender that gave no sign of life is believed dead. Short, because what its channel waits with may be that a
 * step is unknown; a call to a platform may take longer, and the sender renews the lease meanwhile.
 */
export const senderLeaseMs = 12_000;
/** After so many messages a channel is given back, so that no busy one keeps its place for ever. */
const portion = 16;
const longestHoldMs = 3_600_000;
const renewEveryMs = senderLeaseMs / 4;

export type SenderNeeds = Pick<
  Core,
  'unitOfWork' | 'ids' | 'clock' | 'logger' | 'postsWaiting' | 'redact'
> & {
  /** Wakes the inbox: a thread was opened in which something may go on. */
  readonly deliveriesWaiting: () => void;
};

/** A channel to send into, and `enough` tells to give it back. */
export interface Sending {
  readonly workspace: WorkspaceId;
  readonly chat: Chat;
  readonly held: HeldChannel;
  readonly enough: () => boolean;
}

/** What became of an attempt: kept in the same transaction that asks for the next message. */
interface Outcome {
  readonly record: (transaction: Transaction) => Promise<void>;
  /** Whether the channel may be sent into at once. */
  readonly goOn: boolean;
  /** What to do once it is recorded. */
  readonly after?: () => void;
}

/** Sends what waits in a channel, one message after the other, and gives the channel back. */
export async function sendInto(needs: SenderNeeds, sending: Sending): Promise<void> {
  const { workspace, held, enough } = sending;
  const within = <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> =>
    keepTrying(needs.logger, () => needs.unitOfWork.within(workspace, work), enough);
  let askedAt = needs.clock.now();
  let post = await within(({ outbox }) => outbox.next(held, senderLeaseMs));
  for (let count = 1; post !== undefined; count += 1) {
    const { record, goOn, after } = await attempt(needs, sending, post, askedAt);
    const last = !goOn || count >= portion || enough();
    askedAt = needs.clock.now();
    post = await within(async (transaction) => {
      await record(transaction);
      return last ? undefined : transaction.outbox.next(held, senderLeaseMs);
    });
    after?.();
  }
  await within(({ outbox }) => outbox.release(held));
}

/** Another sender goes on with the channel, and with the message too. */
const overtaken: Outcome = { record: async () => undefined, goOn: false };

async function attempt(
  needs: SenderNeeds,
  sending: Sending,
  post: OutgoingPost,
  askedAt: number,
): Promise<Outcome> {
  const { workspace, held } = sending;
  const renew = () => needs.unitOfWork.within(workspace, ({ outbox }) => outbox.renew(held, senderLeaseMs));
  if (!(await isStillOurs(needs, sending, renew, askedAt))) return overtaken;
  const beat = async () => void (await renew());
  const beats = repeat(beat, renewEveryMs, needs.logger, 'the lease of a channel could not be renewed');
  try {
    const externalId = await send(needs, sending, post);
    return wentThrough(needs, sending, post, externalId);
  } catch (error) {
    return failed(needs, sending, post, error);
  } finally {
    await beats.stop();
  }
}

/**
 * The last look at the lease before a message leaves. The process may have been stopped since it asked for the message; a
 * clock that shows no such gap saves the question.
 */
async function isStillOurs(
  { clock, logger }: SenderNeeds,
  { enough }: Sending,
  renew: () => Promise<boolean>,
  askedAt: number,
): Promise<boolean> {
  if (isShortSince(clock, askedAt, renewEveryMs)) return true;
  return keepTrying(logger, renew, enough);
}

/**
 * The last look before a text leaves: what was queued may hold a secret that became known since, or that a path here
 * forgot. The queued reply stays as it is.
 */
async function send(
  { redact }: SenderNeeds,
  { workspace, chat }: Sending,
  post: OutgoingPost,
): Promise<string | null> {
  const reply = redactReply(post.reply, redact);
  const place = { workspace, channel: post.channel, thread: post.thread };
  if (post.onlyFor !== null) {
    await chat.notify(place, post.onlyFor, reply);
    return null;
  }
  if (post.externalId === null) return chat.post(place, reply, post.id, post.mayStand);
  await chat.edit(place, post.externalId, reply);
  return post.externalId;
}

function wentThrough(
  { postsWaiting, deliveriesWaiting }: SenderNeeds,
  { chat, held }: Sending,
  { id, revision, thread, ...post }: OutgoingPost,
  externalId: string | null,
): Outcome {
  const isNew = post.externalId === null && post.onlyFor === null;
  const { postEveryMs, editEveryMs } = chat.capabilities;
  const pauses = {
    postMs: isNew ? postEveryMs : 0,
    progressMs: post.externalId === null ? 0 : editEveryMs,
  };
  const pauseMs = Math.max(pauses.postMs, pauses.progressMs);
  if (pauseMs > 0) callLater(postsWaiting, pauseMs);
  return {
    goOn: true,
    record: async ({ outbox }) => {
      await outbox.sent(held, id, revision, externalId);
      if (pauseMs > 0 || held.failures > 0) await outbox.passed(held, pauses);
    },
    ...(isNew && thread === null && { after: deliveriesWaiting }),
  };
}

/**
 * What a platform refuses once it refuses again: given up. One that does not answer keeps the whole channel waiting, or
 * all of them. Anything else is about this message alone, and its thread waits for it.
 */
function failed(needs: SenderNeeds, { held }: Sending, post: OutgoingPost, error: unknown): Outcome {
  const { id, channel, attempts } = post;
  const { waits, undone } = judge(error);
  const dead = waits === 'nothing';
  const away = waits === 'channel' || waits === 'workspace';
  const pauseMs = pauseAfter(error, away ? held.failures : attempts);
  needs.logger[dead ? 'error' : 'warn'](
    { error, post: id, channel, dead, pauseMs },
    'a message could not be sent',
  );
  if (!dead) callLater(needs.postsWaiting, pauseMs);
  return {
    goOn: !away,
    record: async (transaction) => {
      const delayMs = waits === 'message' ? pauseMs : 0;
      const failure = { error: needs.redact(reasonOf(error)), delayMs, dead, undone };
      if (!(await transaction.outbox.failed(held, id, failure))) return;
      await holdUp(transaction, waits, held, pauseMs);
      if (!dead) return;
      await tellUnopened(needs, transaction, post, error);
      await passOnCall(needs, transaction, post, failure.error);
    },
  };
}

async function holdUp(
  { outbox }: Transaction,
  waits: Judgement['waits'],
  held: HeldChannel,
  pauseMs: number,
) {
  if (waits === 'edits') await outbox.holdUpEdits(held, pauseMs);
  if (waits === 'channel' || waits === 'workspace') await outbox.holdUp(held, waits, pauseMs);
}

/** What a failure keeps waiting; nothing, when the message is given up. `undone` when it certainly does not stand. */
interface Judgement {
  readonly waits: 'nothing' | 'message' | 'edits' | 'channel' | 'workspace';
  readonly undone: boolean;
}

function judge(error: unknown): Judgement {
  if (!(error instanceof Fault)) return { waits: 'message', undone: false };
  const { kind, holdsUp, undone } = error;
  if (holdsUp === 'workspace') return { waits: holdsUp, undone };
  if (kind === 'rejected') return { waits: 'nothing', undone };
  return { waits: kind === 'unavailable' ? holdsUp : 'message', undone };
}

/** The platform's own code first: it is what its documentation explains. */
const reasonOf = (error: unknown): string =>
  error instanceof Fault ? `${error.code}: ${error.message}` : String(error);

function pauseAfter(error: unknown, failures: number): number {
  const named = error instanceof Fault ? error.retryAfterMs : undefined;
  return Math.min(named ?? retryPause(failures + 1, Math.random()), longestHoldMs);
}

/** Wakes the outbox when a pause is over; a process that ends meanwhile need not wait for it. */
function callLater(wake: () => void, ms: number): void {
  setTimeout(wake, ms + 5).unref();
}

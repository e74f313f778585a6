import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '#domain/fault.ts';
import type { Reply } from '#domain/reply.ts';
import type { Chat } from '#ports/chat.ts';

/** One call that the chat accepted. */
export interface Accepted {
  readonly kind: 'post' | 'edit' | 'notice';
  readonly channel: string;
  readonly thread: string | null;
  readonly text: string;
  readonly key: string;
  readonly at: number;
}

export interface StrictChat extends Chat {
  readonly accepted: readonly Accepted[];
  /** Calls that were refused, by what they would have said. */
  readonly refused: readonly string[];
  /** The most calls for one channel, and for all, that were ever under way at once. */
  readonly atOnce: { channel: number; all: number };
}

interface Rules {
  /** At most one new message a channel in this time; sooner ones are told to come back. */
  readonly everyMs?: number;
  /** Whether the chat tells its pause as a capability, or leaves it to be learnt from refusals. */
  readonly tells?: boolean;
  readonly latencyMs?: number;
  /** A fault for this call, or nothing. */
  readonly fault?: (channel: string, reply: Reply, call: number) => Fault | undefined;
}

/** A platform with rules, as a value: what it takes is noted, a key that it knows makes no second message. */
export function createStrictChat({
  everyMs = 0,
  tells = true,
  latencyMs = 1,
  fault,
}: Rules = {}): StrictChat {
  const accepted: Accepted[] = [];
  const refused: string[] = [];
  const keys = new Set<string>();
  const lastPost = new Map<string, number>();
  const busy = new Map<string, number>();
  const atOnce = { channel: 0, all: 0 };
  let calls = 0;

  const enter = (channel: string, change: number): void => {
    busy.set(channel, (busy.get(channel) ?? 0) + change);
    atOnce.channel = Math.max(atOnce.channel, busy.get(channel) ?? 0);
    atOnce.all = Math.max(
      atOnce.all,
      [...busy.values()].reduce((sum, count) => sum + count, 0),
    );
  };
  const tooSoon = (channel: string): Fault | undefined => {
    const waitMs = (lastPost.get(channel) ?? -Infinity) + everyMs - performance.now();
    return waitMs > 0 ? tooMany(waitMs) : undefined;
  };
  const judge = (kind: Accepted['kind'], channel: string, reply: Reply): Fault | undefined => {
    calls += 1;
    return fault?.(channel, reply, calls) ?? (kind === 'post' ? tooSoon(channel) : undefined);
  };
  const accept = (kind: Accepted['kind'], entry: Omit<Accepted, 'kind' | 'at'>): void => {
    const at = performance.now();
    if (kind === 'post') lastPost.set(entry.channel, at);
    const known = kind === 'post' && keys.has(entry.key);
    keys.add(entry.key);
    if (!known) accepted.push({ kind, ...entry, at });
  };
  const call = async (kind: Accepted['kind'], entry: Omit<Accepted, 'kind' | 'at'>, reply: Reply) => {
    enter(entry.channel, 1);
    const wrong = judge(kind, entry.channel, reply);
    await sleep(latencyMs);
    enter(entry.channel, -1);
    if (!wrong) return accept(kind, entry);
    refused.push(entry.text);
    throw wrong;
  };
  return {
    accepted,
    refused,
    atOnce,
    capabilities: {
      platform: 'slack',
      edits: true,
      privateNotices: true,
      reactions: true,
      longestCommand: 2000,
      postEveryMs: tells ? everyMs : 0,
      editEveryMs: 0,
    },
    post: async ({ channel, thread }, reply, key) => {
      await call('post', { channel, thread, text: reply.summary, key }, reply);
      return `m-${key}`;
    },
    edit: ({ channel, thread }, id, reply) =>
      call('edit', { channel, thread, text: reply.summary, key: id }, reply),
    notify: ({ channel, thread }, person, reply) =>
      call('notice', { channel, thread, text: reply.summary, key: person }, reply),
    mayRead: () => Promise.resolve(true),
    read: () => Promise.resolve({ messages: [], isWhole: true }),
  };
}

export const tooMany = (retryAfterMs: number, holdsUp: 'channel' | 'workspace' = 'channel'): Fault =>
  new Fault('unavailable', 'rate-limited', 'Too many calls.', 'Wait.', undefined, { retryAfterMs, holdsUp });

export const away = (): Fault => new Fault('unavailable', 'server-error', '503', 'Wait.');
export const refusal = (): Fault =>
  new Fault('rejected', 'channel_not_found', 'No such channel.', 'Invite me.');

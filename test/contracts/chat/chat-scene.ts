import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { Fault } from '#domain/fault.ts';
import type { ChatIntent, Place } from '#domain/intent.ts';
import type { Reply } from '#domain/reply.ts';
import type { Chat } from '#ports/chat.ts';
import type { Inquiry, Received } from '#ports/inbound.ts';
import { eventually } from '#test/support/slack/team.ts';
import { type Card, type Stage, waitForCard } from '#test/support/stage/stage.ts';
import type { ChatPeer, PlayedCore } from './chat-peer.ts';

type Kind = ChatIntent['kind'];
type Of<K extends Kind> = Extract<ChatIntent, { kind: K }>;

/** What the tests of the contract have in hand, from the first of them to the last. */
export interface ChatScene {
  readonly peer: () => ChatPeer;
  readonly stage: () => Stage;
  /** The chat, as patient as the outbox is with it. */
  readonly chat: Omit<Chat, 'capabilities'>;
  /** What the core answers to what is handed in, until the end of the test. */
  answer: (intent: ChatIntent) => Received;
  readonly inquiries: readonly Inquiry[];
  readonly newKey: () => string;
  readonly placeOf: (thread: string) => Place;
  /** The newest intent that `accept` takes; waits for it. */
  readonly heard: <K extends Kind>(kind: K, accept?: (intent: Of<K>) => boolean) => Promise<Of<K>>;
  /** A thread with a message of the bot in it. */
  readonly posted: (
    reply: Reply,
  ) => Promise<{ readonly thread: string; readonly message: string; readonly card: Card }>;
}

const accepted = (): Received => ({ kind: 'accepted' });

/** Opens the chat before the first test and closes it after the last. */
export function createChatScene(open: (core: PlayedCore) => Promise<ChatPeer>): ChatScene {
  const inquiries: Inquiry[] = [];
  let opened: ChatPeer | undefined;
  let keys = 0;
  const peer = (): ChatPeer => {
    if (!opened) throw new Error('the chat is not open');
    return opened;
  };
  const newKey = () => `00000000-0000-7000-8000-${String(++keys).padStart(12, '0')}`;
  const placeOf = (thread: string): Place => ({
    workspace: peer().workspace,
    channel: peer().stage.channel,
    thread,
  });
  const chat: ChatScene['chat'] = {
    post: (...given) =>
      insist(() =>
        peer()
          .chat()
          .post(...given),
      ),
    edit: (...given) =>
      insist(() =>
        peer()
          .chat()
          .edit(...given),
      ),
    notify: (...given) =>
      insist(() =>
        peer()
          .chat()
          .notify(...given),
      ),
    mayRead: (...given) =>
      insist(() =>
        peer()
          .chat()
          .mayRead(...given),
      ),
    read: (...given) =>
      insist(() =>
        peer()
          .chat()
          .read(...given),
      ),
  };
  const scene: ChatScene = {
    peer,
    stage: () => peer().stage,
    chat,
    answer: accepted,
    inquiries,
    newKey,
    placeOf,
    heard: async <K extends Kind>(kind: K, accept: (intent: Of<K>) => boolean = () => true) => {
      const isWanted = (intent: ChatIntent): intent is Of<K> =>
        intent.kind === kind && accept(intent as Of<K>);
      const find = () =>
        peer()
          .received.map(({ intent }) => intent)
          .findLast(isWanted);
      await eventually(() => expect(find()).toBeDefined());
      return find() as Of<K>;
    },
    posted: async (reply) => {
      const thread = await peer().stage.say('rae', 'the disk is full');
      const message = await chat.post(placeOf(thread), reply, newKey(), false);
      const card = await waitForCard(peer().stage, thread, 'the post', ({ id }) => id === message);
      return { thread, message, card };
    },
  };
  beforeAll(async () => {
    opened = await open({
      answer: async (intent) => scene.answer(intent),
      suggest: async (inquiry) => {
        inquiries.push(inquiry);
        return [{ label: 'Disk full', value: 'disk-full' }];
      },
    });
  });
  afterAll(() => opened?.[Symbol.asyncDispose]());
  beforeEach(() => {
    scene.answer = accepted;
  });
  return scene;
}

/** Waits as long as the platform says, and tries again. */
async function insist<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Fault) || error.retryAfterMs === undefined) throw error;
      await sleep(error.retryAfterMs);
    }
  }
}

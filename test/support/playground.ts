import { createHttpListener } from '#adapters/http/create-http-listener.ts';
import type { PlaygroundChannel, PlaygroundPerson } from '#adapters/playground/options.ts';
import { startPlayground } from '#adapters/playground/start/start-playground.ts';
import type { AnyId, WorkspaceId } from '#domain/ids.ts';
import type { ChatIntent } from '#domain/intent.ts';
import type { Chat } from '#ports/chat.ts';
import type { ConversationLog, LoggedMessage } from '#ports/conversation-log.ts';
import type { Inbound, Received } from '#ports/inbound.ts';
import type { Logger } from '#ports/logger.ts';

export const token = 'the-token-of-this-test';

export const people: readonly [PlaygroundPerson, ...PlaygroundPerson[]] = [
  { externalId: 'vic', name: 'Vic', role: 'viewer' },
  { externalId: 'rae', name: 'Rae', role: 'responder' },
  { externalId: 'ada', name: 'Ada', role: 'approver' },
  { externalId: 'ben', name: 'Ben', role: 'approver' },
  { externalId: 'max', name: 'Max', role: 'admin' },
];

const channels: readonly [PlaygroundChannel, ...PlaygroundChannel[]] = [
  {
    name: 'incidents',
    topic: 'Something is broken',
    hint: 'Type: disk is filling up on demo-web-01, nginx returns 500',
  },
  { name: 'general', topic: 'Everything else', hint: 'Nothing is read here.' },
];

export interface TestPlayground extends AsyncDisposable {
  readonly chat: Chat;
  readonly log: ConversationLog;
  readonly workspace: WorkspaceId;
  readonly received: { readonly intent: ChatIntent; readonly delivery: string }[];
  /** `host:port` of the listener. */
  readonly host: string;
  /** Ends every live stream, as a lost connection does. */
  readonly dropStreams: () => void;
  /** A request with the cookie's stand-in, a bearer token; JSON is sent when `body` is an object. */
  readonly call: (path: string, body?: unknown) => Promise<Response>;
}

/** What the core answers to a delivery; `accepted` unless the test says otherwise. */
export type Answer = (intent: ChatIntent, delivery: string) => Promise<Received>;

/** The playground on a real listener of a free port, with a log of its own and a core that the test plays. */
export async function openTestPlayground(
  answer: Answer = async () => ({ kind: 'accepted' }),
  suggest: Inbound['suggest'] = async () => [],
): Promise<TestPlayground> {
  const workspace = '00000000-0000-7000-8000-000000000001' as WorkspaceId;
  const log = createPlainLog();
  const received: TestPlayground['received'] = [];
  const seen = new Set<string>();
  const allowedHosts: string[] = [];
  let next = 0;
  const playground = await startPlayground({
    workspace,
    inbound: {
      suggest,
      async receive(intent, delivery) {
        if (seen.has(delivery)) return { kind: 'duplicate' };
        const outcome = await answer(intent, delivery);
        received.push({ intent, delivery });
        if (outcome.kind === 'accepted') seen.add(delivery);
        return outcome;
      },
    },
    log,
    clock: { now: () => Date.now() },
    ids: {
      next: <T extends AnyId>() => {
        next += 1;
        return `00000000-0000-7000-9000-${String(next).padStart(12, '0')}` as T;
      },
      nonce: () => 'unused',
    },
    logger: silentLogger,
    token,
    allowedHosts,
    channels,
    people,
  });
  const listener = await createHttpListener({
    address: '127.0.0.1:0',
    routes: playground.routes,
    logger: silentLogger,
    variable: 'RECOURSE_LOCAL_ADDRESS',
  });
  allowedHosts.push(listener.address, listener.address.replace('127.0.0.1', 'localhost'));
  return {
    chat: playground.chat,
    log,
    workspace,
    received,
    host: listener.address,
    dropStreams: playground.close,
    call: (path, body) => call(`http://${listener.address}${path}`, body),
    async [Symbol.asyncDispose]() {
      playground.close();
      await listener.close();
    },
  };
}

function call(url: string, body: unknown): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json' };
  if (body === undefined) return fetch(url, { headers });
  return fetch(url, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** The port's promises over a map, for tests of the page alone; the real log has its own tests and the journeys. */
function createPlainLog(): ConversationLog {
  const messages = new Map<string, LoggedMessage>();
  const change = (id: string, edit: (message: LoggedMessage) => LoggedMessage): boolean => {
    const message = messages.get(id);
    if (message !== undefined) messages.set(id, edit(message));
    return message !== undefined;
  };
  const repliesTo = (thread: string) => [...messages.values()].filter((one) => one.thread === thread);
  return {
    async add(_workspace, message) {
      if (!messages.has(message.id)) messages.set(message.id, message);
    },
    edit: async (_workspace, id, body, at) => change(id, (message) => ({ ...message, body, editedAt: at })),
    async react(_workspace, id, emoji, person, kind) {
      const by = messages.get(id)?.reactions[emoji] ?? [];
      if (by.includes(person) === (kind === 'added')) return false;
      const others = by.filter((one) => one !== person);
      const reactions = { [emoji]: kind === 'added' ? [...others, person] : others };
      return change(id, (message) => ({ ...message, reactions: { ...message.reactions, ...reactions } }));
    },
    find: async (_workspace, id) => messages.get(id),
    async channel(_workspace, channel, limit) {
      const roots = [...messages.values()].filter((one) => one.channel === channel && one.thread === null);
      return roots.slice(-limit).map((message) => ({
        message,
        replies: repliesTo(message.id).filter((reply) => reply.onlyFor === null).length,
      }));
    },
    async thread(_workspace, thread, limit) {
      const root = messages.get(thread);
      return root === undefined ? [] : [root, ...repliesTo(thread).slice(-limit)];
    },
  };
}

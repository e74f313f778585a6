import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { buildClose, buildFrame, createFrameCutter, isText, textOf } from '#test/support/frames.ts';
import { mendDispatch } from './dispatches.ts';
import { isJson, type Json, type World } from './world.ts';

/** What happens to connections and events on their way to the bot: nothing, until a test says otherwise. */
export interface GatewayRules {
  /** Whether a session that was cut is taken up again; otherwise the bot has to identify anew, and nothing is replayed. */
  resume: 'replays' | 'refused';
  /** Nobody gets through. */
  down: boolean;
  /** How often each event reaches the bot. */
  copies: number;
  /** Changes an event; undefined keeps it from the bot. */
  reshape: ((event: string, data: Json) => Json | undefined) | undefined;
}

/** How connections began. */
export interface GatewayLog {
  readonly kind: 'identified' | 'resumed' | 'refused';
  readonly at: number;
}

export interface Gateway {
  upgrade(incoming: IncomingMessage, client: Duplex): void;
  /** Cuts every connection, as a lost network does; returns how many there were. */
  cut(): number;
  /** Ends every connection with one of Discord's close codes. */
  end(code: number): void;
  readonly log: readonly GatewayLog[];
  close(): void;
}

interface GatewayOptions {
  readonly rules: GatewayRules;
  readonly world: () => World;
  readonly serverPort: () => number;
  readonly gatewayUrl: () => string;
}

/** One identified connection to the server. It outlives the bot's, so that a resumed one misses nothing. */
interface Session {
  readonly intents: number;
  readonly sent: { readonly s: number; readonly frame: Buffer }[];
  readonly upstream: Socket;
  to: Duplex | undefined;
}

/** Between the bot's connection and the server's. */
interface Link {
  readonly client: Duplex;
  readonly upstream: Socket;
  intents: number;
  session: Session | undefined;
}

const opcode = { dispatch: 0, identify: 2, resume: 6, invalidSession: 9 };
/** Intents that the application must have been given: GuildMembers, MessageContent, and the flags that say so. */
const privileged = [
  { intent: 1 << 1, flags: (1 << 14) | (1 << 15) },
  { intent: 1 << 15, flags: (1 << 18) | (1 << 19) },
];

export function createGateway({ rules, world, serverPort, gatewayUrl }: GatewayOptions): Gateway {
  const open = new Set<Duplex>();
  const sessions = new Map<string, Session>();
  const log: GatewayLog[] = [];
  const note = (kind: GatewayLog['kind']) => log.push({ kind, at: Date.now() });

  const begin = (link: Link, data: Json): void => {
    link.session = { intents: link.intents, sent: [], upstream: link.upstream, to: link.client };
    sessions.set(String(data.session_id), link.session);
    note('identified');
  };
  const dispatch = (link: Link, { t, s, d }: Json): void => {
    const event = String(t);
    const data = isJson(d) ? d : {};
    if (event === 'READY') begin(link, data);
    const { session } = link;
    const told = session && reshaped(event, data, session);
    if (told) record(session, Number(s), { t, d: told }, event === 'READY' ? 1 : rules.copies);
  };
  const reshaped = (event: string, data: Json, { intents }: Session): Json | undefined => {
    const mended = mendDispatch(event, data, world(), { intents, gatewayUrl: gatewayUrl() });
    return mended && rules.reshape ? rules.reshape(event, mended) : mended;
  };
  const record = (session: Session, s: number, message: Json, copies: number): void => {
    const frame = buildFrame(JSON.stringify({ op: opcode.dispatch, s, ...message }));
    session.sent.push({ s, frame });
    for (let copy = 0; copy < copies; copy += 1) session.to?.write(frame);
  };
  const resume = ({ client }: Link, { session_id, seq }: Json): Session | undefined => {
    const session = sessions.get(String(session_id));
    if (!session || rules.resume === 'refused') {
      note('refused');
      client.write(buildFrame(JSON.stringify({ op: opcode.invalidSession, d: false, s: null, t: null })));
      return undefined;
    }
    note('resumed');
    session.to = client;
    for (const { s, frame } of session.sent) if (s > Number(seq)) client.write(frame);
    const last = session.sent.at(-1)?.s ?? Number(seq);
    client.write(buildFrame(JSON.stringify({ op: opcode.dispatch, t: 'RESUMED', s: last, d: {} })));
    return session;
  };
  const forbidden = (intents: number): boolean => {
    const { flags } = world().application;
    if (flags === undefined) return false;
    return privileged.some((one) => (intents & one.intent) !== 0 && (Number(flags) & one.flags) === 0);
  };
  /** What the bot says; false keeps it from the server. */
  const hear = (link: Link, frame: Buffer): boolean => {
    const { op, d } = isText(frame) ? (JSON.parse(textOf(frame)) as Json) : {};
    if (!isJson(d)) return true;
    if (op === opcode.identify) return identify(link, d);
    if (op === opcode.resume) return takeUp(link, d);
    return true;
  };
  const identify = (link: Link, data: Json): boolean => {
    link.intents = Number(data.intents);
    if (!forbidden(link.intents)) return true;
    link.client.end(buildClose(4014));
    return false;
  };
  const takeUp = (link: Link, data: Json): false => {
    const resumed = resume(link, data);
    link.client.once('close', () => leave(resumed, link.client));
    return false;
  };
  const leave = (session: Session | undefined, client: Duplex): void => {
    if (session?.to === client) session.to = undefined;
  };

  return {
    log,
    upgrade: (incoming, client) => {
      if (rules.down) return void client.destroy();
      const upstream = connect(serverPort(), '127.0.0.1');
      const link: Link = { client, upstream, intents: 0, session: undefined };
      open.add(client);
      greet(incoming, upstream);
      const cutClient = createFrameCutter();
      client.on('data', (chunk) => {
        for (const frame of cutClient(chunk)) if (hear(link, frame)) upstream.write(frame);
      });
      client.on('error', () => client.destroy());
      client.once('close', () => {
        open.delete(client);
        leave(link.session, client);
        if (!link.session) upstream.destroy();
      });
      upstream.on('error', () => client.destroy());
      upstream.once('close', () => link.session?.to?.destroy() ?? client.destroy());
      readFrames(upstream, client, (frame) => {
        const message = isText(frame) ? (JSON.parse(textOf(frame)) as Json) : undefined;
        if (message?.op === opcode.dispatch) dispatch(link, message);
        else client.write(frame);
      });
    },
    cut: () => {
      const count = open.size;
      for (const socket of open) socket.destroy();
      return count;
    },
    end: (code) => {
      for (const socket of open) socket.end(buildClose(code));
    },
    close: () => {
      for (const socket of open) socket.destroy();
      for (const { upstream } of sessions.values()) upstream.destroy();
    },
  };
}

function greet({ url, headers }: IncomingMessage, upstream: Socket): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  upstream.write(`GET ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
}

/** Passes the server's handshake on, and hands over every frame after it. */
function readFrames(upstream: Socket, client: Duplex, take: (frame: Buffer) => void): void {
  const cut = createFrameCutter();
  let greeting = Buffer.alloc(0);
  let greeted = false;
  upstream.on('data', (chunk: Buffer) => {
    if (greeted) return cut(chunk).forEach(take);
    greeting = Buffer.concat([greeting, chunk]);
    const end = greeting.indexOf('\r\n\r\n');
    if (end === -1) return;
    greeted = true;
    client.write(greeting.subarray(0, end + 4));
    cut(greeting.subarray(end + 4)).forEach(take);
  });
}

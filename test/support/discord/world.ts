import type { DigitalDiscord } from 'discord-digital-twin';
import type { Answer } from './answers.ts';

export type Json = Readonly<Record<string, unknown>>;
export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** A file as it was uploaded. */
export interface Upload {
  readonly name: string;
  readonly text: string;
  /** The bytes that `text` reads. */
  readonly base64: string;
}

/** A request of the bot on its way to the server; `number` counts those of this route, from 1. */
export interface Call {
  /** Method and path without what varies, like `POST /channels/:id/messages`. */
  readonly route: string;
  readonly method: string;
  /** Without `/api/v10` and the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly number: number;
  readonly token: string;
  readonly body: unknown;
  readonly uploads: readonly Upload[];
}

/** How the bot answered one interaction of a person. */
export interface Callback {
  readonly interaction: string;
  readonly type: number;
  readonly data: Json;
  /** From the interaction's way out to this answer, in milliseconds. */
  readonly ms: number;
}

/** Whose interaction a token is, and what they see of its answers alone. */
export interface Interaction {
  readonly id: string;
  readonly person: string;
  /** `performance.now()` when it was sent. */
  readonly at: number;
  /** A deferred reply has not been filled yet: its flags go to what fills it. */
  deferredFlags?: number | undefined;
}

/** A mention that Discord would have made a notification of. */
export interface Ping {
  readonly message: string;
  readonly who: string;
}

/** The server and what only this side of it knows. */
export interface World {
  readonly twin: DigitalDiscord;
  /** Tells every connected bot. */
  broadcast(event: string, data: unknown): void;
  /** By token. */
  readonly interactions: Map<string, Interaction>;
  readonly callbacks: Callback[];
  /** By message id: the one person who sees it. */
  readonly ephemerals: Map<string, string>;
  readonly uploads: Map<string, Upload>;
  /** By command scope: what the last PUT left. */
  readonly commands: Map<string, readonly Json[]>;
  /** By channel and nonce: the message that was made under it. */
  readonly nonces: Map<string, Answer>;
  readonly pings: Ping[];
  /** Fields of the application that a test sets, like `flags` or `interactions_endpoint_url`. */
  application: Json;
  /** By channel: the permissions (bits) that the bot lacks there. */
  readonly denied: Map<string, bigint>;
  /** Channels of direct messages whose person takes none. */
  readonly closedDms: Set<string>;
  /** What was told of each guild when the bot entered it. */
  readonly guilds: Map<string, Json>;
  /** Channels of direct messages, by person. */
  readonly dms: Map<string, string>;
}

/** One more request to the server; returns what it answers. */
export type Next = (body?: unknown) => Promise<Answer>;
/** Plays what the server lacks around one route; undefined where the server is to answer by itself. */
export type Play = (call: Call, world: World, next: Next) => Promise<Answer | undefined>;

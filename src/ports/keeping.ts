import type { Fault } from '#domain/fault.ts';
import type { Logger } from './logger.ts';

/** A connection that stands. `ended` resolves with the reason when it does no more; undefined for a plain loss. */
export interface Connection {
  readonly ended: Promise<Fault | undefined>;
  close(): Promise<void>;
}

export interface ConnectionStatus {
  readonly connected: boolean;
  /** Since when there is no connection and what to do, or that all is well. */
  readonly detail: string;
}

export interface KeptConnection {
  /** Resolves when the first attempt has succeeded or failed. */
  readonly attempted: Promise<void>;
  status(): ConnectionStatus;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  /** How the log names the chat. */
  readonly name: string;
  readonly logger: Logger;
  /** Gives up when the signal comes: nobody waits for the connection any more. */
  readonly connect: (signal: AbortSignal) => Promise<Connection>;
  /** What `connect` throws, as a Fault. */
  readonly faultOf: (error: unknown) => Fault;
}

export interface CaughtUp {
  /** A delivery could not be kept, or was not heard, at this time (milliseconds since the epoch), so it has to be read back. */
  missed(at: number): void;
  /** Nothing was heard from this time on, until now. */
  gap(since: number): void;
  /** Resolves after the end. */
  readonly ended: Promise<void>;
}

export interface CaughtUpOptions {
  /** How the log names the chat. */
  readonly name: string;
  readonly logger: Logger;
  /** Reads back what is missing since a time in milliseconds, or since what is stored; throws to be tried again. */
  readonly readBack: (since: number | undefined) => Promise<void>;
  readonly signal: AbortSignal;
}

/** What every chat keeps up for as long as it runs, however often it fails. */
export interface Keeping {
  /**
   * Connects, and again after every loss: at once when the connection had settled, with growing pauses otherwise, slower
   * still while only an operator can help. Each new trouble is one line in the log.
   */
  connected(options: ConnectionOptions): KeptConnection;
  /** Reads back at once, again until it succeeded, and again after each loss. */
  caughtUp(options: CaughtUpOptions): CaughtUp;
}

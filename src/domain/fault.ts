/**
 * The few kinds of fault that cross a port. Expected outcomes (denied, expired, already decided) are never
 * faults: they are returned as tagged unions.
 */
export type FaultKind =
  | 'configuration' // the operator must change a setting before anything can work
  | 'unavailable' // a peer (database, host, chat, model) does not answer now; trying again may help
  | 'rejected' // a peer answered and refused: wrong token, missing right, bad request
  | 'in-use' // somebody else holds what is needed: a port, the embedded database
  | 'incompatible' // versions do not fit: an old server, a database newer than the program
  | 'internal'; // a defect of Recourse itself

/** `edits`: changes of messages in the channel; new ones may go on. */
type HoldsUp = 'edits' | 'channel' | 'workspace';

/** What a peer said about trying again: one that is `unavailable`, or that waits for an operator. */
interface RetryAdvice {
  /** Milliseconds to wait before anything is sent again; undefined when the peer named no time. */
  readonly retryAfterMs?: number | undefined;
  /**
   * What has to wait while a peer is `unavailable`: the channel that the message goes to (the default), or everything
   * for its workspace. `workspace` makes everything wait whatever the kind, as with a token that is revoked.
   */
  readonly holdsUp?: HoldsUp;
  /** True when the peer certainly did nothing of what it was asked for. */
  readonly undone?: boolean;
}

/** A thrown fault: `message` says what happened, `advice` what to do about it. SDK errors become this at the edge. */
export class Fault extends Error {
  readonly kind: FaultKind;
  readonly code: string;
  readonly advice: string;
  readonly retryAfterMs: number | undefined;
  readonly holdsUp: HoldsUp;
  readonly undone: boolean;

  constructor(
    kind: FaultKind,
    code: string,
    message: string,
    advice: string,
    cause?: unknown,
    { retryAfterMs, holdsUp = 'channel', undone = false }: RetryAdvice = {},
  ) {
    super(message, { cause });
    this.name = 'Fault';
    this.kind = kind;
    this.code = code;
    this.advice = advice;
    this.retryAfterMs = retryAfterMs;
    this.holdsUp = holdsUp;
    this.undone = undone;
  }
}

/** Closes a switch over a union: the compiler refuses the call while a case is unhandled. */
export function unreachable(value: never): never {
  throw new Fault(
    'internal',
    'unreachable',
    `Unhandled case: ${JSON.stringify(value)}`,
    'Please report this.',
  );
}

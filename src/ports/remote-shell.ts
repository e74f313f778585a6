import type { Host } from '#domain/host.ts';

/** Why a host was not entered; nothing was sent. `advice` names what to do, such as the command that pins a key. */
export interface HostRefusal {
  readonly kind: 'refused';
  readonly reason:
    | 'unreachable'
    | 'host-key-unknown'
    | 'host-key-changed'
    | 'host-key-revoked'
    | 'host-certificate-refused'
    | 'login-failed'
    | 'jump-failed'
    | 'handshake-failed'
    | 'cancelled';
  readonly message: string;
  readonly advice: string;
}

/** What a host can do for safe execution; without all of it, mutating steps are refused. */
export interface HostAbilities {
  readonly setsid: boolean;
  readonly timeout: boolean;
  /** It has a place where attempts can be recorded. */
  readonly records: boolean;
}

export interface RemoteCommand {
  /** Exactly what `/bin/sh -c` gets on the host, whatever the login shell is; standard input is empty unless `input` fills it. */
  readonly command: string;
  readonly timeoutMs: number;
  /** Exported before the command runs; names are [A-Z_][A-Z0-9_]*. The values are in no argument list. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * What the command reads from this file descriptor (0, or 3 to 9), byte for byte and then its end. It is sent once the
   * host has begun the command, and is in no argument list, environment or file there.
   */
  readonly input?: { readonly descriptor: number; readonly text: string };
  /**
   * Asked once the command has its turn on the host and nothing but its bytes is left to be sent; false: nothing is sent,
   * and `run` throws a Fault.
   */
  readonly mayBegin?: () => Promise<boolean>;
  /**
   * The name under which the host records the attempt (letters, digits and dashes), so that `inquire` can tell what
   * became of it; the host begins an attempt once and never again. Null: nothing is recorded.
   */
  readonly attempt: string | null;
}

/**
 * One stream of output, kept in bounds: at most 128 KB of head and 128 KB of tail, with the count of all bytes that
 * came. Between the two stands one line that says how many are left out. Bytes that are no UTF-8 are U+FFFD. Where a
 * stream was cut, head and tail are redacted: what a cut hides can make a secret of what is left.
 */
export interface CapturedStream {
  readonly text: string;
  readonly bytes: number;
  readonly truncated: boolean;
}

/**
 * How a sent command ended. `lost` means the connection broke after it was sent: whether it ran is unknown and
 * it must never be run again by itself. `killed`: a signal ended the leader of its process group. `confirmed` tells whether the
 * group is known to be gone.
 */
export type RemoteResult = {
  readonly stdout: CapturedStream;
  readonly stderr: CapturedStream;
  readonly durationMs: number;
} & (
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'killed'; readonly signal: string; readonly confirmed: boolean }
  | { readonly kind: 'timed-out'; readonly confirmed: boolean }
  | { readonly kind: 'cancelled'; readonly confirmed: boolean }
  | { readonly kind: 'lost'; readonly message: string }
);

/**
 * What a host knows of an attempt. `running` names the process group; `isSure` is false where the host cannot tell whether
 * that is still the same one: its leader has gone, or there is no /proc. `never-started` is for good: the host will not
 * begin that attempt any more, even if its command is still on the way. Death by a signal is exit code 128 + n.
 */
export type AttemptFate =
  | { readonly kind: 'running'; readonly group: number; readonly isSure: boolean }
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'never-started' }
  /** Nothing of it is there any more, and nobody noted how it ended. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown'; readonly why: string };

export interface RemoteSession {
  readonly abilities: HostAbilities;
  /**
   * Sends one command. `onOutput` gets raw text as it arrives (possibly cut anywhere). Aborting `signal` kills
   * the process group on the host and resolves with `cancelled`. Throws a Fault only when nothing was sent: the
   * connection was gone before, the host opened no channel, the command cannot be sent at all (NUL) or may not begin any
   * more, or the host did not begin the attempt: it was begun or given up before, or there is no place to record it.
   */
  run(command: RemoteCommand, onOutput: (text: string) => void, signal: AbortSignal): Promise<RemoteResult>;
  /**
   * What became of an attempt that was sent at most `ageMs` ago, by this process or another, to the same host with the
   * same login: another login has other records, and none of it. Never throws.
   */
  inquire(attempt: string, ageMs: number): Promise<AttemptFate>;
  /** The same, once the group of an attempt that surely still runs was ended there. Never throws. */
  end(attempt: string, ageMs: number): Promise<AttemptFate>;
  /** Gives the connection back; call it once every `run` has ended. */
  close(): Promise<void>;
}

export interface RemoteShell {
  /**
   * Connects and logs in, through `jumps` in order (outermost first). Unknown or changed host keys are refused.
   * Probes the host for its abilities. A connection may serve several sessions one after another and at a time, but
   * only with the same host of the same workspace, login, pinned key and way.
   */
  connect(
    host: Host,
    jumps: readonly Host[],
    signal: AbortSignal,
  ): Promise<{ readonly kind: 'connected'; readonly session: RemoteSession } | HostRefusal>;
  /** Ends every connection; commands that still run are lost. */
  close(): Promise<void>;
}
